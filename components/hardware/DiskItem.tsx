'use client';
import { useLibrary } from '@/components/live/live-hooks';
import { Code } from '@/components/ui/Copy';
import { Select } from '@/components/ui/Select';
import { Hint } from '@/components/ui/Tooltip';
import type { DiskBus, DiskDraft, DiskFormat } from '@/lib/shared/device';
import { removeDevice, updateDevice } from '@/lib/shared/spec-draft';
import { BUS_LABELS, deviceLabel } from '@/lib/shared/spec-labels';
import { formatBytes, formatExactBytes } from '@/lib/shared/units';
import type { DiskFileView } from '@/lib/shared/vm';
import { DeviceItem } from './DeviceList';
import { SizeField } from './SizeField';
import { fieldTexts, type SpecEditor } from './spec-editor';

const BUSES: readonly DiskBus[] = ['virtio', 'sata', 'ide'];
const BUS_ABOUT: Record<DiskBus, string> = {
  virtio: 'Fastest. Linux and BSD know it; Windows needs a driver',
  sata: 'Every system of the last 15 years',
  ide: 'Slow; for old systems on the pc machine',
};

interface DiskItemProps {
  editor: SpecEditor;
  disk: DiskDraft;
  /** The disk's file, when it is there already. */
  file: DiskFileView | undefined;
  /** Whether size and format of a new disk stand here. */
  hasSize: boolean;
}

/** One disk: what it holds, its bus, and for a new one its size and format. */
export function DiskItem({ editor, disk, file, hasSize }: DiskItemProps) {
  const { draft, change } = editor;
  const key = `devices.${disk.id}`;
  const update = (next: Partial<DiskDraft>) =>
    change(updateDevice(draft, 'disk', disk.id, (old) => ({ ...old, ...next })));
  const isNew = disk.source.kind !== 'vm-folder';
  return (
    <DeviceItem
      editor={editor}
      deviceId={disk.id}
      summary={<DiskSummary disk={disk} file={file} />}
      onRemove={() => change(removeDevice(draft, disk.id))}
      removeLabel={isNew ? `Remove ${deviceLabel(disk.id)}` : `Detach ${deviceLabel(disk.id)}; its file stays`}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Select<DiskBus>
          label="Bus"
          {...fieldTexts(editor, `${key}.bus`)}
          options={BUSES.map((value) => ({
            value,
            label: BUS_LABELS[value],
            about: BUS_ABOUT[value],
            disabledReason: busRefusal(value, draft.machine.type),
          }))}
          value={disk.bus}
          onChange={(bus) => update({ bus })}
        />
        {isNew && hasSize && <FormatSelect editor={editor} disk={disk} onChange={(format) => update({ format })} />}
        {disk.source.kind === 'blank' && hasSize && (
          <SizeField
            label="Size"
            {...fieldTexts(editor, [`${key}.source.sizeBytes`, `${key}.source`])}
            bytes={disk.source.sizeBytes}
            onChange={(sizeBytes) => update({ source: { kind: 'blank', sizeBytes } })}
            granuleBytes={512}
            units={['MiB', 'GiB', 'TiB']}
          />
        )}
      </div>
    </DeviceItem>
  );
}

function busRefusal(bus: DiskBus, machine: 'q35' | 'pc'): string | null {
  return bus === 'ide' && machine === 'q35' ? 'The q35 machine has no IDE bus.' : null;
}

/** The format of a disk that is still to be made. */
function FormatSelect({
  editor,
  disk,
  onChange,
}: {
  editor: SpecEditor;
  disk: DiskDraft;
  onChange: (format: DiskFormat) => void;
}) {
  return (
    <Select<DiskFormat>
      label="Format"
      {...fieldTexts(editor, `devices.${disk.id}.format`)}
      options={[
        { value: 'qcow2', label: 'qcow2', about: 'Takes only the space it needs' },
        { value: 'raw', label: 'raw', about: 'The plain bytes; needs room for its whole size' },
      ]}
      value={disk.format}
      onChange={onChange}
    />
  );
}

function DiskSummary({ disk, file }: { disk: DiskDraft; file: DiskFileView | undefined }) {
  const library = useLibrary();
  if (disk.source.kind === 'blank') return 'new and blank';
  if (disk.source.kind === 'copy') {
    const { libraryFile } = disk.source;
    const bytes = library.find((one) => one.ref === libraryFile)?.virtualBytes ?? null;
    return (
      <>
        copy of <Code>{libraryFile}</Code>
        {bytes !== null && `, ${formatBytes(bytes)}`}
      </>
    );
  }
  return (
    <>
      <Code>{disk.source.file}</Code>
      {file && (
        <>
          , {formatBytes(file.virtualBytes)},{' '}
          <Hint text={formatExactBytes(file.allocatedBytes)}>
            {formatBytes(file.allocatedBytes)} in use on the host
          </Hint>
        </>
      )}
    </>
  );
}

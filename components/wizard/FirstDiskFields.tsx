'use client';
import { SizeField } from '@/components/hardware/SizeField';
import { fieldTexts, type SpecEditor } from '@/components/hardware/spec-editor';
import { Select } from '@/components/ui/Select';
import { devicesOf, type DiskFormat } from '@/lib/shared/device';
import { updateDevice } from '@/lib/shared/spec-draft';

/** Size and format of the first disk, as long as it is a blank one. */
export function FirstDiskFields({ editor }: { editor: SpecEditor }) {
  const { draft, change } = editor;
  const disk = devicesOf(draft, 'disk').find((one) => one.id === 'disk0');
  if (disk?.source.kind !== 'blank') return null;
  const update = (next: Partial<typeof disk>) =>
    change(updateDevice(draft, 'disk', disk.id, (old) => ({ ...old, ...next })));
  const key = `devices.${disk.id}`;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SizeField
        label="Disk size"
        {...fieldTexts(editor, [`${key}.source.sizeBytes`, `${key}.source`])}
        bytes={disk.source.sizeBytes}
        onChange={(sizeBytes) => update({ source: { kind: 'blank', sizeBytes } })}
        granuleBytes={512}
        units={['MiB', 'GiB', 'TiB']}
      />
      <Select<DiskFormat>
        label="Disk format"
        {...fieldTexts(editor, `${key}.format`)}
        options={[
          { value: 'qcow2', label: 'qcow2', about: 'Takes only the space it needs' },
          { value: 'raw', label: 'raw', about: 'The plain bytes; needs room for its whole size' },
        ]}
        value={disk.format}
        onChange={(format) => update({ format })}
      />
    </div>
  );
}

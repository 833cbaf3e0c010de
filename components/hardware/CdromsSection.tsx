'use client';
import { Disc, Plus } from 'lucide-react';
import { useState } from 'react';
import { LibraryPicker } from '@/components/library/LibraryPicker';
import { Button } from '@/components/ui/Button';
import { Code } from '@/components/ui/Copy';
import { Dialog } from '@/components/ui/Dialog';
import { devicesOf, type CdromDevice } from '@/lib/shared/device';
import { addCdrom, removeDevice, updateDevice, whyNoMore } from '@/lib/shared/spec-draft';
import { BUS_LABELS, deviceLabel } from '@/lib/shared/spec-labels';
import { DeviceItem, DeviceList } from './DeviceList';
import { PartError, restartNote, type SpecEditor } from './spec-editor';

interface CdromsSectionProps {
  editor: SpecEditor;
  /** Changes a drive of the running VM at once; null for drives that only the draft has, or when nothing runs. */
  changeNow?: ((cdromId: string, file: string | null) => void) | null;
  /** Drives that the running VM has. */
  liveIds?: readonly string[];
}

/** The CD-ROM drives: choose or eject a disc, add or remove a drive. */
export function CdromsSection({ editor, changeNow = null, liveIds = [] }: CdromsSectionProps) {
  const [pickingFor, setPickingFor] = useState<string | null>(null);
  const { draft, change } = editor;
  const cdroms = devicesOf(draft, 'cdrom');
  const setDisc = (cdromId: string, file: string | null) => {
    setPickingFor(null);
    if (changeNow && liveIds.includes(cdromId)) return changeNow(cdromId, file);
    const media = file === null ? null : ({ kind: 'library', file } as const);
    change(updateDevice(draft, 'cdrom', cdromId, (cdrom) => ({ ...cdrom, media })));
  };
  return (
    <div className="flex flex-col gap-3">
      {cdroms.length === 0 && <p className="text-muted">No CD-ROM drive.</p>}
      <DeviceList label="CD-ROM drives">
        {cdroms.map((cdrom) => (
          <CdromItem
            key={cdrom.id}
            editor={editor}
            cdrom={cdrom}
            onPick={() => setPickingFor(cdrom.id)}
            onEject={() => setDisc(cdrom.id, null)}
          />
        ))}
      </DeviceList>
      <PartError editor={editor} fieldKey="devices" />
      {changeNow && <p className="text-sm text-muted">A disc is changed at once, as long as the VM runs.</p>}
      {!editor.isReadOnly && (
        <div>
          <Button
            size="sm"
            icon={<Plus aria-hidden className="size-3.5" />}
            disabledReason={whyNoMore(draft, 'cdrom')}
            onPress={() => change(addCdrom(draft))}
          >
            Add CD-ROM drive
          </Button>
        </div>
      )}
      <Dialog
        title={`Disc for ${pickingFor ? deviceLabel(pickingFor) : 'the drive'}`}
        isOpen={pickingFor !== null}
        onClose={() => setPickingFor(null)}
      >
        <LibraryPicker
          wish="iso"
          value={cdroms.find((cdrom) => cdrom.id === pickingFor)?.media?.file ?? null}
          onChange={(file) => pickingFor && setDisc(pickingFor, file.ref)}
        />
      </Dialog>
    </div>
  );
}

interface CdromItemProps {
  editor: SpecEditor;
  cdrom: CdromDevice;
  onPick: () => void;
  onEject: () => void;
}

function CdromItem({ editor, cdrom, onPick, onEject }: CdromItemProps) {
  const { draft, change } = editor;
  const restart = restartNote(editor, `devices.${cdrom.id}.media`);
  const error = editor.notes[`devices.${cdrom.id}.media`];
  const name = deviceLabel(cdrom.id);
  return (
    <DeviceItem
      editor={editor}
      deviceId={cdrom.id}
      summary={`on ${BUS_LABELS[cdrom.bus]}`}
      onRemove={() => change(removeDevice(draft, cdrom.id))}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="flex min-w-0 items-center gap-2">
          <Disc aria-hidden className="size-4 shrink-0 text-muted" />
          {cdrom.media ? <Code>{cdrom.media.file}</Code> : <span className="text-muted">Empty</span>}
        </span>
        {!editor.isReadOnly && (
          <span className="flex gap-2">
            <Button size="sm" onPress={onPick} aria-label={`Choose a disc for ${name}`}>
              {cdrom.media ? 'Change…' : 'Choose a disc…'}
            </Button>
            {cdrom.media && (
              <Button size="sm" onPress={onEject} aria-label={`Eject the disc of ${name}`}>
                Eject
              </Button>
            )}
          </span>
        )}
      </div>
      {error && <p className="text-sm text-danger">{error.message}</p>}
      {restart && <p className="text-sm text-attention">{restart}</p>}
    </DeviceItem>
  );
}

'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { LibraryPicker } from '@/components/library/LibraryPicker';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Menu, MenuItem } from '@/components/ui/Menu';
import { devicesOf } from '@/lib/shared/device';
import { addDisk, whyNoMore } from '@/lib/shared/spec-draft';
import { gibToBytes } from '@/lib/shared/spec-system';
import type { DiskFileView } from '@/lib/shared/vm';
import { DeviceList } from './DeviceList';
import { DiskItem } from './DiskItem';
import { PartError, type SpecEditor } from './spec-editor';

const NEW_DISK_GIB = 20;

interface DisksSectionProps {
  editor: SpecEditor;
  /** The VM's disk files; none while it is being made. */
  files: readonly DiskFileView[];
  /** The id of a disk whose size and format the page shows at another place. */
  sizeElsewhere?: string;
}

/** The disks, and a button that adds a blank one or a copy of an image. */
export function DisksSection({ editor, files, sizeElsewhere }: DisksSectionProps) {
  const [isPicking, setPicking] = useState(false);
  const { draft, change } = editor;
  const disks = devicesOf(draft, 'disk');
  const fileOf = (name: string) => files.find((file) => file.file === name);
  return (
    <div className="flex flex-col gap-3">
      {disks.length === 0 && <p className="text-muted">No disk. The VM can still run from a CD-ROM.</p>}
      <DeviceList label="Disks">
        {disks.map((disk) => (
          <DiskItem
            key={disk.id}
            editor={editor}
            disk={disk}
            hasSize={disk.id !== sizeElsewhere || disk.source.kind !== 'blank'}
            file={disk.source.kind === 'vm-folder' ? fileOf(disk.source.file) : undefined}
          />
        ))}
      </DeviceList>
      <PartError editor={editor} fieldKey="devices" />
      {!editor.isReadOnly && (
        <div>
          <Menu
            label="Add a disk"
            placement="bottom start"
            trigger={
              <Button
                size="sm"
                icon={<Plus aria-hidden className="size-3.5" />}
                disabledReason={whyNoMore(draft, 'disk')}
              >
                Add disk
              </Button>
            }
          >
            <MenuItem onAction={() => change(addDisk(draft, { kind: 'blank', sizeBytes: gibToBytes(NEW_DISK_GIB) }))}>
              New blank disk
            </MenuItem>
            <MenuItem onAction={() => setPicking(true)}>Copy of a disk image…</MenuItem>
          </Menu>
        </div>
      )}
      <Dialog title="Add a copy of a disk image" isOpen={isPicking} onClose={() => setPicking(false)}>
        <LibraryPicker
          wish="image"
          value={null}
          help="The copy becomes the VM’s own; the image in the library stays as it is."
          onChange={(file) => {
            const format = file.kind === 'raw' ? 'raw' : 'qcow2';
            change(addDisk(draft, { kind: 'copy', libraryFile: file.name }, format));
            setPicking(false);
          }}
        />
      </Dialog>
    </div>
  );
}

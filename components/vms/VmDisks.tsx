'use client';
import { Trash2 } from 'lucide-react';
import { devicesOf } from '@/lib/shared/device';
import { formatBytes, formatExactBytes } from '@/lib/shared/units';
import type { DiskFileView, VmView } from '@/lib/shared/vm';
import { removeDiskFile } from '@/lib/web/vm-actions';
import { IconButton } from '../ui/Button';
import { Code } from '../ui/Copy';
import { useConfirm } from '../ui/Confirm';
import { Section } from '../ui/Facts';
import { Hint } from '../ui/Tooltip';
import { useTrash } from '../live/live-hooks';
import { useDeletedNotice } from '../trash/use-restore';
import { useAction } from '../use-action';
import { protectedReason } from '@/lib/shared/vm-can';

/** The disks of a VM: how large the guest sees them, and what they take on the host. */
export function VmDisks({ vm }: { vm: VmView }) {
  if (vm.disks.length === 0) return null;
  return (
    <Section title="Disks">
      <ul className="flex flex-col">
        {vm.disks.map((disk) => (
          <DiskRow key={disk.file} vm={vm} disk={disk} />
        ))}
      </ul>
    </Section>
  );
}

function DiskRow({ vm, disk }: { vm: VmView; disk: DiskFileView }) {
  const device = devicesOf(vm.spec, 'disk').find((d) => d.id === disk.deviceId);
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-0.5 border-b py-1 last:border-b-0">
      <Code className="min-w-24">{disk.deviceId ?? disk.file}</Code>
      <Hint text={formatExactBytes(disk.virtualBytes)} className="tabular">
        {formatBytes(disk.virtualBytes)}
      </Hint>
      <Hint text={formatExactBytes(disk.allocatedBytes)} className="text-muted tabular">
        {formatBytes(disk.allocatedBytes)} on the host
      </Hint>
      <span className="text-muted">
        {disk.format}
        {device ? `, ${device.bus === 'virtio' ? 'virtio' : device.bus.toUpperCase()}` : ''}
      </span>
      {!disk.deviceId && <Unattached vm={vm} disk={disk} />}
    </li>
  );
}

function Unattached({ vm, disk }: { vm: VmView; disk: DiskFileView }) {
  const confirm = useConfirm();
  const remove = useAction(removeDiskFile);
  const notice = useDeletedNotice();
  const { keepDays } = useTrash();
  const ask = async () => {
    const isSure =
      keepDays > 0 ||
      (await confirm({
        title: `Delete ${disk.file} of ${vm.name}?`,
        text: `Its ${formatBytes(disk.allocatedBytes)} are gone for good. No device uses this file now.`,
        confirmLabel: `Delete ${disk.file}`,
        isDanger: true,
      }));
    const result = isSure && (await remove.run(vm.name, disk.file));
    if (result && result.ok) notice(disk.file, result.value);
  };
  return (
    <span className="ml-auto flex items-center gap-2">
      <span className="text-muted">not attached</span>
      <IconButton
        size="sm"
        label={`Delete ${disk.file}`}
        icon={<Trash2 aria-hidden className="size-4" />}
        isPending={remove.isPending}
        disabledReason={vm.isProtected ? protectedReason(vm.name) : null}
        onPress={() => void ask()}
      />
    </span>
  );
}

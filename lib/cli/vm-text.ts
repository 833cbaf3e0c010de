/** VMs as lines of text. Pure. */
import { devicesOf } from '../shared/device';
import { formatBytes, formatMiB } from '../shared/units';
import { forwardsOf, type VmView } from '../shared/vm';

export const VM_HEAD = ['NAME', 'STATUS', 'CPUS', 'MEMORY', 'DISKS', 'PORTS', 'TAGS'];

/** A VM as a row of `skep ls`. */
export function vmRow(vm: VmView): string[] {
  return [
    vm.name,
    statusText(vm),
    String(vm.spec.cpu.count),
    formatMiB(vm.spec.memoryMiB),
    formatBytes(devicesOf(vm.spec, 'disk').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
    forwardsOf(vm.spec)
      .map(({ hostPort, guestPort }) => `${hostPort}:${guestPort}`)
      .join(' '),
    vm.tags.join(' '),
  ];
}

/** `running`, or `paused (no space left for disk0)`. */
export function statusText({ status, reason, operation }: VmView): string {
  if (operation) return `${status}, ${operation.verb} under way`;
  return reason ? `${status} (${reason})` : status;
}

/** What is known of a VM, as names and values. */
export function vmFacts(vm: VmView): [string, string][] {
  const { spec } = vm;
  return [
    ['Name', vm.name],
    ['Status', statusText(vm)],
    ['System', spec.system],
    [
      'Machine',
      `${spec.machine.type} ${spec.machine.version ?? ''}, ${spec.firmware.kind}, ${vm.accelerator ?? spec.accelerator}`,
    ],
    ['CPUs', String(spec.cpu.count)],
    ['Memory', formatMiB(spec.memoryMiB)],
    ...vm.disks.map((disk): [string, string] => [
      disk.deviceId ?? 'Unattached',
      `${disk.file}, ${disk.format}, ${formatBytes(disk.virtualBytes)}, ${formatBytes(disk.allocatedBytes)} on the host`,
    ]),
    ...devicesOf(spec, 'cdrom').map((drive): [string, string] => [drive.id, drive.media?.file ?? 'empty']),
    ...devicesOf(spec, 'nic').map((nic): [string, string] => [nic.id, `${nic.model}, ${nic.mac}`]),
    ...forwardsOf(spec).map((forward): [string, string] => [
      'Port',
      `${forward.hostAddress}:${forward.hostPort} to ${forward.guestPort}/${forward.protocol}`,
    ]),
    ['Boot order', spec.boot.order.join(', ') || 'none'],
    ['Starts with Skep', vm.autostart.enabled ? `yes, order ${vm.autostart.order}` : 'no'],
    ['Protected', vm.isProtected ? 'yes' : 'no'],
    ['Tags', vm.tags.join(', ') || 'none'],
    ['Id', vm.id],
    ...(vm.pid === null ? [] : [['Process', String(vm.pid)] as [string, string]]),
    ...(vm.lastExit
      ? [['Last end', vm.lastExit.signal ?? `exit code ${vm.lastExit.exitCode}`] as [string, string]]
      : []),
    ...(vm.problem ? [['Problem', vm.problem.message] as [string, string]] : []),
    ...(vm.notes ? [['Notes', vm.notes] as [string, string]] : []),
  ];
}

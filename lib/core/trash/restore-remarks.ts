/** What a VM that comes back finds changed: what it had is now also another's, or gone. Pure. */
import { devicesOf } from '../../shared/device';
import { forwardsOf, type VmSpec } from '../../shared/vm';

interface World {
  /** The other VMs. */
  others: readonly { name: string; spec: VmSpec }[];
  isInLibrary: (file: string) => boolean;
}

/** One sentence for each thing that stands in the way. */
export function restoreRemarks(spec: VmSpec, { others, isInLibrary }: World): string[] {
  const remarks: string[] = [];
  for (const { id, mac } of devicesOf(spec, 'nic')) {
    const twin = others.find((other) => devicesOf(other.spec, 'nic').some((nic) => nic.mac === mac));
    if (twin) remarks.push(`${id} has the same MAC address as ${twin.name}: give it another before both run.`);
  }
  for (const { hostPort, protocol } of forwardsOf(spec)) {
    const twin = others.find((other) =>
      forwardsOf(other.spec).some((forward) => forward.hostPort === hostPort && forward.protocol === protocol),
    );
    if (twin)
      remarks.push(`Host port ${hostPort}/${protocol} is also forwarded by ${twin.name}: only one of them can run.`);
  }
  for (const { id, media } of devicesOf(spec, 'cdrom'))
    if (media && !isInLibrary(media.file))
      remarks.push(`${media.file} in ${id} is not in the library any more: empty the drive before you start it.`);
  return remarks;
}

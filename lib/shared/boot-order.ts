import type { DeviceDraft } from './device';
import type { VmSpecDraft } from './vm';

/** Devices that firmware can boot from. */
function isBootable(device: Pick<DeviceDraft, 'kind'>): boolean {
  return device.kind === 'disk' || device.kind === 'cdrom' || device.kind === 'nic';
}

/** The devices that could be booted from but are not in the order. */
export function notBooted(draft: VmSpecDraft): DeviceDraft[] {
  return draft.devices.filter((device) => isBootable(device) && !draft.boot.order.includes(device.id));
}

/**
 * Moves ids before or after another, keeping their own order.
 *
 * @param target an id of the order that is not moved; the order is unchanged when it is moved or unknown
 */
export function movedInOrder(
  order: readonly string[],
  moved: ReadonlySet<string>,
  target: string,
  place: 'before' | 'after',
): string[] {
  const rest = order.filter((id) => !moved.has(id));
  const at = rest.indexOf(target);
  if (at < 0) return [...order];
  return rest.toSpliced(place === 'before' ? at : at + 1, 0, ...order.filter((id) => moved.has(id)));
}

import type { VmSpec } from '../../shared/vm';

/** The place of a device in the boot order, from 1; undefined when it is not booted from. */
export function bootIndex(spec: VmSpec, deviceId: string): number | undefined {
  const at = spec.boot.order.indexOf(deviceId);
  return at < 0 ? undefined : at + 1;
}

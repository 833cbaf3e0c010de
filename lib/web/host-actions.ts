'use server';
/** What the host page asks for. */
import { vmm } from '../vmm';
import { action } from './action';

/** Probes QEMU and the accelerators again. */
export const probeHost = action(async () => {
  await vmm().host.refresh();
});

/**
 * The door. The server puts the core here at start; pages, actions and routes take it from here.
 *
 * Next loads its modules apart from the server's, and only `globalThis` is shared between them; the core is
 * imported as types only, so that no server code reaches Next's output.
 */
import type { Vmm } from './core/types';

const KEY = Symbol.for('skep.vmm');
const shared = globalThis as { [KEY]?: Vmm };

/** The running core. @throws when the server has not created it, which only a programming error can cause. */
export function vmm(): Vmm {
  const core = shared[KEY];
  if (!core) throw new Error('The core is not running in this process.');
  return core;
}

/** Called once by the server's main, and with undefined when it stops. */
export function setVmm(core: Vmm | undefined): void {
  shared[KEY] = core;
}

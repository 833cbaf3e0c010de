/**
 * Presses keys of a guest's keyboard in somebody's place.
 *
 *   text ──keystrokes──▶ presses ──▶ [held keys down, key down] … half a beat … [key up, held keys up] … half a beat
 *                                     QMP input-send-event: as if the keys were real, whatever runs in the guest
 *
 * It is done here and not by the browser, so that the pace is even whatever the browser's tab does, no viewer has to
 * be connected, and firmware, scripts and pages all take one way. What is typed may be a password: nothing of it is
 * logged, kept, or told to anybody but the guest.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { inputSendKeys } from '../qemu/qmp-commands';
import { AppError } from '../shared/errors';
import { keystrokes, type KeyPress } from '../shared/typing/keystrokes';
import { LAYOUTS, type KeyboardLayout } from '../shared/typing/layouts';
import type { Machine } from './machine';

/** One thing to do at a keyboard. */
export type KeyboardStep =
  { kind: 'presses'; presses: readonly KeyPress[]; keysPerSecond: number } | { kind: 'pause'; milliseconds: number };

/** At most this many characters are named in an error. */
const NAMED = 10;

/** The presses of a text. @throws AppError `invalid_input` naming the characters that the layout cannot type */
export function pressesOf(text: string, layout: KeyboardLayout): KeyPress[] {
  const { presses, missing } = keystrokes(text, layout);
  if (missing.length === 0) return presses;
  const named = missing.slice(0, NAMED).join(' ') + (missing.length > NAMED ? ' …' : '');
  throw new AppError(
    'invalid_input',
    `The layout “${LAYOUTS[layout].label}” cannot type: ${named}. Leave them out, or choose the layout that the guest has set.`,
  );
}

export class Typist {
  /** Ids of the VMs at whose keyboard somebody is. */
  readonly #busy = new Set<string>();

  /**
   * Does the steps in order. Two at one keyboard would mix their letters, so the second is refused.
   *
   * @param name the VM's name, for sentences
   * @param signal ends it early; no key stays down
   * @throws AppError `busy` | `wrong_state` (not running, or no longer) | `qemu_unreachable` | `cancelled`
   */
  async work(machine: Machine, name: string, steps: readonly KeyboardStep[], signal?: AbortSignal): Promise<void> {
    if (this.#busy.has(machine.id))
      throw new AppError('busy', `Something else is being typed into ${name}. Wait until it has ended.`);
    this.#busy.add(machine.id);
    try {
      for (const step of steps) {
        if (step.kind === 'pause') await wait(step.milliseconds, signal);
        else for (const press of step.presses) await pressKey(machine, name, press, 1000 / step.keysPerSecond, signal);
      }
    } finally {
      this.#busy.delete(machine.id);
    }
  }
}

async function pressKey(machine: Machine, name: string, press: KeyPress, beatMs: number, signal?: AbortSignal) {
  signal?.throwIfAborted();
  // A guest that does not run drops keys: half a text would be missing without a word.
  if (machine.facts.runState !== 'running')
    throw new AppError('wrong_state', `${name} is not running, so nobody is there to type to.`);
  const keys = [...press.held, press.key];
  await inputSendKeys(machine.monitor(), keys, true);
  // No abort in between: what goes down comes up.
  await delay(beatMs / 2);
  await inputSendKeys(machine.monitor(), keys.reverse(), false);
  await wait(beatMs / 2, signal);
}

async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
}

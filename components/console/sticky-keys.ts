/**
 * Modifiers that are held for a person: down at a first press, up after the next key or at a second press.
 *
 *   hold(Ctrl) ─▶ [Ctrl down] ── next key down, up ─▶ [Ctrl up]
 */
import { MODIFIERS, type Stroke } from './keys';
import { Store } from './store';

export type Modifier = keyof typeof MODIFIERS;

export class StickyKeys {
  readonly held = new Store<readonly Modifier[]>([]);

  /** @param send takes strokes to the guest */
  constructor(private readonly send: (strokes: readonly Stroke[]) => void) {}

  /** Holds a modifier, or lets go of it. */
  toggle(modifier: Modifier): void {
    const held = this.held.get();
    const isHeld = held.includes(modifier);
    this.send([{ ...MODIFIERS[modifier], down: !isHeld }]);
    this.held.set(isHeld ? held.filter((other) => other !== modifier) : [...held, modifier]);
  }

  /** Lets go of all, in the opposite order: a key was pressed, or the guest must not be left with keys down. */
  release(): void {
    const held = this.held.get();
    if (held.length === 0) return;
    this.held.set([]);
    this.send([...held].reverse().map((modifier) => ({ ...MODIFIERS[modifier], down: false })));
  }

  /** The connection is gone, and QEMU has let go of its keys. */
  forget(): void {
    this.held.set([]);
  }

  /** A key of the person came up. Modifiers of the real keyboard are no end: Ctrl held, then a real Shift+A. */
  onKeyUp(code: string): void {
    if (!/^(Control|Alt|Shift|Meta)/.test(code)) this.release();
  }
}

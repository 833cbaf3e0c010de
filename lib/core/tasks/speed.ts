/** How fast something moves, over the last seconds. */

const WINDOW_MS = 8_000;

export class Speed {
  private samples: { at: number; doneBytes: number }[] = [];

  /** @param now milliseconds of a clock that never goes back */
  add(doneBytes: number, now = performance.now()): void {
    this.samples.push({ at: now, doneBytes });
    const from = now - WINDOW_MS;
    while (this.samples.length > 2 && (this.samples[1]?.at ?? now) < from) this.samples.shift();
  }

  /** Bytes per second, or null before there are two samples. */
  perSecond(): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at - first.at < 200) return null;
    return Math.max(0, Math.round(((last.doneBytes - first.doneBytes) * 1000) / (last.at - first.at)));
  }
}

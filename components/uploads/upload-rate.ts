/**
 * How fast an upload goes, from the progress events of the last seconds.
 *
 *   samples  (t, bytes) … (t, bytes)      rate = bytes between the first and the last of the window ÷ their time
 */
const WINDOW_MS = 5000;

export interface RateSample {
  atMs: number;
  bytes: number;
}

/** Adds a sample and forgets those that left the window, but keeps at least one before the new one. */
export function withSample(samples: readonly RateSample[], sample: RateSample): RateSample[] {
  const firstKept = samples.findIndex((old) => sample.atMs - old.atMs <= WINDOW_MS);
  const kept = firstKept < 0 ? samples.slice(-1) : samples.slice(firstKept);
  return [...kept, sample];
}

/** Bytes per second over the window; null before there is anything to tell. */
export function rateOf(samples: readonly RateSample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < 500) return null;
  return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
}

/** Milliseconds until the rest is sent; null while the rate is unknown or nothing moves. */
export function timeLeftMs(samples: readonly RateSample[], totalBytes: number): number | null {
  const rate = rateOf(samples);
  const sent = samples.at(-1)?.bytes ?? 0;
  return rate === null || rate <= 0 ? null : ((totalBytes - sent) / rate) * 1000;
}

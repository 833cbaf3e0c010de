/** The first wait after a connection was lost. */
const FIRST_MS = 250;
/** The longest wait. Far below 3 s, so that a page and its console are back within 3 s of a restart of Skep. */
const LONGEST_MS = 800;
const GROWTH = 1.7;

/** Waits that grow from 0.25 s to 0.8 s, shortened at random so that many tabs do not come back in one instant. */
export class Backoff {
  #nextMs = FIRST_MS;

  constructor(private readonly random: () => number = Math.random) {}

  /** How long to wait before the next try, in milliseconds. */
  next(): number {
    const waitMs = this.#nextMs * (0.75 + this.random() / 4);
    this.#nextMs = Math.min(LONGEST_MS, this.#nextMs * GROWTH);
    return waitMs;
  }

  /** After a success: the next failure starts with a short wait again. */
  reset(): void {
    this.#nextMs = FIRST_MS;
  }
}

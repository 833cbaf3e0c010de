/**
 * The last bytes of an endless stream, each with its absolute offset.
 *
 *    0 ······· start ██████████████ end        offsets count from the first byte ever appended
 *    gone            kept (≤ capacity)  next byte's offset
 */

/** Rings begin small: a thousand quiet guests must not cost a thousand full rings. */
const FIRST_ALLOCATION = 16 * 1024;

export class ByteRing {
  #bytes: Uint8Array;
  #end = 0;

  /** @param capacity how many bytes are kept at most */
  constructor(readonly capacity: number) {
    this.#bytes = new Uint8Array(Math.min(capacity, FIRST_ALLOCATION));
  }

  /** Offset of the oldest byte that is kept. */
  get start(): number {
    return Math.max(0, this.#end - this.capacity);
  }

  /** Offset that the next byte will have. */
  get end(): number {
    return this.#end;
  }

  append(chunk: Uint8Array): void {
    this.#grow(this.#end + chunk.length);
    // Of a chunk that is larger than the ring only the tail will be kept.
    const skipped = Math.max(0, chunk.length - this.#bytes.length);
    this.#end += skipped;
    this.#copyIn(chunk.subarray(skipped));
  }

  /**
   * Copies bytes out.
   *
   * @param from absolute offset, between `start` and `end`
   * @param maxBytes how many at most
   */
  read(from: number, maxBytes: number): Uint8Array {
    if (from < this.start || from > this.#end) throw new RangeError(`Offset ${from} is not in the ring.`);
    const length = Math.min(maxBytes, this.#end - from);
    const out = new Uint8Array(length);
    const at = from % this.#bytes.length;
    const first = Math.min(length, this.#bytes.length - at);
    out.set(this.#bytes.subarray(at, at + first));
    out.set(this.#bytes.subarray(0, length - first), first);
    return out;
  }

  #copyIn(chunk: Uint8Array): void {
    const at = this.#end % this.#bytes.length;
    const first = Math.min(chunk.length, this.#bytes.length - at);
    this.#bytes.set(chunk.subarray(0, first), at);
    this.#bytes.set(chunk.subarray(first), 0);
    this.#end += chunk.length;
  }

  /** Doubles the allocation up to the capacity. Until it is full, the bytes lie in order from index 0. */
  #grow(neededEnd: number): void {
    let size = this.#bytes.length;
    if (size >= this.capacity || neededEnd <= size) return;
    while (size < neededEnd && size < this.capacity) size = Math.min(this.capacity, size * 2);
    const larger = new Uint8Array(size);
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

/**
 * SHA-256 (FIPS 180-4) of bytes that come in pieces. WebCrypto takes only the whole at once, which a file of 5 GiB is
 * not, and is missing on pages that came over plain HTTP.
 */
const BLOCK_BYTES = 64;

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const K = Int32Array.from(fractions(64, Math.cbrt));
/** The same of the square roots of the first 8 primes. */
const START = Int32Array.from(fractions(8, Math.sqrt));

export class Sha256 {
  private readonly state = Int32Array.from(START);
  private readonly words = new Int32Array(64);
  private readonly rest = new Uint8Array(BLOCK_BYTES);
  private restBytes = 0;
  private totalBytes = 0;

  update(bytes: Uint8Array): this {
    this.totalBytes += bytes.length;
    let from = 0;
    if (this.restBytes > 0) {
      from = Math.min(BLOCK_BYTES - this.restBytes, bytes.length);
      this.rest.set(bytes.subarray(0, from), this.restBytes);
      this.restBytes += from;
      if (this.restBytes < BLOCK_BYTES) return this;
      this.compress(this.rest, 0);
      this.restBytes = 0;
    }
    for (; from + BLOCK_BYTES <= bytes.length; from += BLOCK_BYTES) this.compress(bytes, from);
    this.rest.set(bytes.subarray(from));
    this.restBytes = bytes.length - from;
    return this;
  }

  /** The hash's 32 bytes. Nothing may be added after it. */
  digest(): Uint8Array {
    const { totalBytes } = this;
    const padding = new Uint8Array(this.restBytes < 56 ? 64 - this.restBytes : 128 - this.restBytes);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(totalBytes / 0x20000000));
    view.setUint32(padding.length - 4, (totalBytes % 0x20000000) * 8);
    this.update(padding);
    const hash = new Uint8Array(32);
    const out = new DataView(hash.buffer);
    this.state.forEach((word, i) => out.setInt32(i * 4, word));
    return hash;
  }

  private compress(bytes: Uint8Array, from: number): void {
    const { state, words } = this;
    expand(words, bytes, from);
    // Read one by one: taking an iterable apart costs more than the rounds below.
    let a = state[0] as number;
    let b = state[1] as number;
    let c = state[2] as number;
    let d = state[3] as number;
    let e = state[4] as number;
    let f = state[5] as number;
    let g = state[6] as number;
    let h = state[7] as number;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (words[i] as number)) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = (state[0] as number) + a;
    state[1] = (state[1] as number) + b;
    state[2] = (state[2] as number) + c;
    state[3] = (state[3] as number) + d;
    state[4] = (state[4] as number) + e;
    state[5] = (state[5] as number) + f;
    state[6] = (state[6] as number) + g;
    state[7] = (state[7] as number) + h;
  }
}

/** As a hash is written: `9f86d0…`. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The message schedule: 16 words of the block, and 48 made of them. */
function expand(words: Int32Array, bytes: Uint8Array, from: number): void {
  for (let i = 0, at = from; i < 16; i++, at += 4) {
    words[i] =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15] as number;
    const y = words[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = ((words[i - 16] as number) + s0 + (words[i - 7] as number) + s1) | 0;
  }
}

function fractions(count: number, root: (n: number) => number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32) | 0);
}

/**
 * Browsers record WebM without saying how long it is, so players cannot seek. The length is put where it belongs.
 *
 *   EBML head │ Segment (size unknown) ┬ Info (timestamp scale, app names, + Duration)
 *                                      └ Tracks, Clusters …
 *
 * Source: RFC 8794 (EBML), RFC 9559 (Matroska).
 */
const SEGMENT = [0x18, 0x53, 0x80, 0x67];
const INFO = [0x15, 0x49, 0xa9, 0x66];
const DURATION = [0x44, 0x89];
/** A size of eight bytes whose value is "unknown". */
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
/** The heads that matter stand in front. */
const SEARCHED_BYTES = 1024;

/**
 * The file with its duration; unchanged when it is not built as expected.
 *
 * @param milliseconds one unit of WebM's usual timestamp scale
 */
export function withDuration(file: Uint8Array<ArrayBuffer>, milliseconds: number): Uint8Array<ArrayBuffer> {
  const segment = find(file, SEGMENT, 0);
  const isOpen = segment >= 0 && find(file, UNKNOWN_SIZE, segment + 4) === segment + 4;
  const info = isOpen ? find(file, INFO, segment) : -1;
  if (info < 0) return file;
  const sizeAt = info + INFO.length;
  const { value, length } = readSize(file, sizeAt);
  const bodyAt = sizeAt + length;
  if (find(file.subarray(0, bodyAt + value), DURATION, bodyAt) >= 0) return file;
  const element = new Uint8Array(11);
  element.set([...DURATION, 0x88]);
  new DataView(element.buffer).setFloat64(3, milliseconds);
  const head = file.subarray(0, sizeAt);
  return concat([head, sizeOf(value + element.length), element, file.subarray(bodyAt)]);
}

function find(bytes: Uint8Array, wanted: readonly number[], from: number): number {
  const end = Math.min(bytes.length - wanted.length, from + SEARCHED_BYTES);
  for (let at = from; at <= end; at++) if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** A size of EBML: the position of the first bit that is set says how many bytes it has. */
function readSize(bytes: Uint8Array, at: number): { value: number; length: number } {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  let value = first & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, length };
}

/** A size in eight bytes. */
function sizeOf(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  bytes[0] = 0x01;
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

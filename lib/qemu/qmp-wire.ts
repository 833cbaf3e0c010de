/**
 * The wire of QMP: one JSON object per line, both ways. What comes in may be from a QEMU that its guest has
 * taken over, so length and depth are bounded before anything is parsed.
 *
 *   bytes ─▶ LineSplitter ─▶ parseLine ─▶ greeting | reply | event
 */
import { AppError } from '../shared/errors';

/** The longest honest line, the reply of query-qmp-schema, is 190 KB. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
export const MAX_DEPTH = 64;

export type QmpMessage =
  | { kind: 'greeting' }
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'error'; id: number; class: string; description: string }
  | { kind: 'event'; name: string; data: Record<string, unknown> }
  /** Well-formed, but nothing that somebody waits for. */
  | { kind: 'unknown' };

/** Cuts a byte stream into lines. Keeps what has no end yet, up to `maxBytes`. */
export class LineSplitter {
  private parts: Buffer[] = [];
  private pendingBytes = 0;

  constructor(private readonly maxBytes: number = MAX_LINE_BYTES) {}

  /**
   * Takes the next bytes and returns the lines that they complete, without their ends.
   *
   * @throws AppError `qemu_unreachable` when a line is longer than `maxBytes`
   */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.keep(chunk.subarray(start, end));
      const line = Buffer.concat(this.parts, this.pendingBytes).toString('utf8').trim();
      if (line) lines.push(line);
      this.parts = [];
      this.pendingBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
    return lines;
  }

  private keep(part: Buffer): void {
    this.pendingBytes += part.length;
    if (this.pendingBytes > this.maxBytes) {
      this.parts = [];
      throw broken(`A line is longer than ${this.maxBytes} bytes.`);
    }
    this.parts.push(part);
  }
}

/**
 * Reads one line.
 *
 * @throws AppError `qemu_unreachable` when it is no JSON object, or nested deeper than MAX_DEPTH
 */
export function parseLine(line: string): QmpMessage {
  if (depthOf(line) > MAX_DEPTH) throw broken(`A line is nested deeper than ${MAX_DEPTH} levels.`);
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw broken(`No JSON: ${line.slice(0, 200)}`);
  }
  if (!isObject(json)) throw broken(`No JSON object: ${line.slice(0, 200)}`);
  return toMessage(json);
}

function toMessage(json: Record<string, unknown>): QmpMessage {
  if (typeof json.event === 'string')
    return { kind: 'event', name: json.event, data: isObject(json.data) ? json.data : {} };
  if (typeof json.id === 'number' && 'return' in json) return { kind: 'reply', id: json.id, value: json.return };
  if (typeof json.id === 'number' && isObject(json.error))
    return { kind: 'error', id: json.id, class: String(json.error.class), description: String(json.error.desc) };
  return 'QMP' in json ? { kind: 'greeting' } : { kind: 'unknown' };
}

/** The deepest nesting of braces and brackets outside strings. */
function depthOf(line: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < line.length; i++) {
    const char = line.charCodeAt(i);
    if (char === 0x22) inString = !inString;
    else if (inString) {
      if (char === 0x5c) i++;
    } else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth--;
  }
  return deepest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(details: string): AppError {
  return new AppError('qemu_unreachable', 'QEMU sent what is no QMP message. Skep has closed the connection to it.', {
    details,
  });
}

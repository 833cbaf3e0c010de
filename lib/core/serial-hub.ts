/**
 * One serial port's output, shared by any number of viewers.
 *
 *   QEMU ──push──▶ ring (1 MiB, absolute offsets)
 *                    ├── viewer A: cursor 5000, fast   → gets bytes as they come
 *                    └── viewer B: cursor 1200, slow   → gets more when it has sent on what it has;
 *                        when the ring has overtaken its cursor: a mark with the lost bytes, then on near the end
 *
 * The ring is every viewer's queue, so a viewer costs at most its window, and nobody slows the guest.
 */
import type { SerialMembership, SerialPort, SerialViewer } from './types';
import { ByteRing } from './byte-ring';

export const SERIAL_RING_BYTES = 1024 * 1024;
/** Given to one viewer and not yet sent on by it. */
export const VIEWER_WINDOW_BYTES = 256 * 1024;
/** Handed over in one go. */
const CHUNK_BYTES = 64 * 1024;
/** A viewer that was overtaken goes on this far before the end: near to live, with a screen or two of context. */
const SKIP_TAIL_BYTES = 64 * 1024;

interface Member {
  viewer: SerialViewer;
  /** Offset of the next byte to hand over. */
  cursor: number;
}

export class SerialHub implements SerialPort {
  readonly #ring: ByteRing;
  readonly #members = new Set<Member>();
  #ended = false;

  /**
   * @param epoch what distinguishes this stream's offsets from any other's
   * @param input takes what viewers type
   */
  constructor(
    readonly epoch: string,
    private readonly input: (bytes: Uint8Array) => void,
    ringBytes: number = SERIAL_RING_BYTES,
  ) {
    this.#ring = new ByteRing(ringBytes);
  }

  /** Takes output of the guest. */
  push(bytes: Uint8Array): void {
    this.#ring.append(bytes);
    for (const member of this.#members) this.#pump(member);
  }

  /** The guest's port is gone: tells every viewer, and everyone who joins later. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const member of [...this.#members]) member.viewer.onEnd();
    this.#members.clear();
  }

  join(viewer: SerialViewer, from?: { epoch: string; offset: number }): SerialMembership {
    const member = { viewer, cursor: this.#ring.start };
    const wanted = this.#wantedOffset(from);
    member.cursor = Math.max(wanted, this.#ring.start);
    this.#members.add(member);
    viewer.onHello({ epoch: this.epoch, offset: member.cursor, lost: member.cursor - wanted, end: this.#ring.end });
    this.#pump(member);
    if (this.#ended) {
      this.#members.delete(member);
      viewer.onEnd();
    }
    return {
      write: (bytes) => this.#members.has(member) && this.input(bytes),
      drained: () => this.#pump(member),
      leave: () => void this.#members.delete(member),
    };
  }

  /** What the viewer asked for, if that makes sense in this stream; else all from the very first byte. */
  #wantedOffset(from: { epoch: string; offset: number } | undefined): number {
    if (!from || from.epoch !== this.epoch) return 0;
    return from.offset <= this.#ring.end ? from.offset : 0;
  }

  #pump(member: Member): void {
    while (this.#members.has(member) && member.viewer.pendingBytes() < VIEWER_WINDOW_BYTES) {
      if (member.cursor < this.#ring.start) this.#skip(member);
      if (member.cursor === this.#ring.end) return;
      const bytes = this.#ring.read(member.cursor, CHUNK_BYTES);
      member.cursor += bytes.length;
      member.viewer.onData(bytes);
    }
  }

  #skip(member: Member): void {
    const offset = Math.max(this.#ring.start, this.#ring.end - SKIP_TAIL_BYTES);
    const lost = offset - member.cursor;
    member.cursor = offset;
    member.viewer.onSkip({ offset, lost });
  }
}

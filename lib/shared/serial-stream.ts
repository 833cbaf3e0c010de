/**
 * Where a viewer stands in a serial port's output, and what it has to show for each message. Pure.
 *
 *   hello(epoch 1, offset 0) ─ bytes 0…99 ─ drop ─ hello(epoch 1, offset 100): on without a seam
 *                                                ─ hello(epoch 1, offset 150, lost 50): a mark, then on
 *                                                ─ hello(epoch 2, offset 0): a mark: another stream
 */
import type { SerialControl } from './serial-protocol';

export type Shown =
  /** A line of Skep's own between the guest's output; the next byte's offset is `offset`. */
  | { kind: 'mark'; text: string; offset: number }
  /** Output. A replay was said before this viewer came: questions in it must not be answered. */
  | { kind: 'bytes'; bytes: Uint8Array; isReplay: boolean; endOffset: number };

const RESTARTED = 'the VM or Skep was restarted; output from in between may be missing';
const lostText = (bytes: number) => `${bytes.toLocaleString('en-US').replaceAll(',', ' ')} bytes lost`;

export class SerialStream {
  #epoch: string | undefined;
  #offset = 0;
  #replayEnd = 0;

  /** Where to go on, undefined at the first time. */
  get from(): { epoch: string; offset: number } | undefined {
    return this.#epoch === undefined ? undefined : { epoch: this.#epoch, offset: this.#offset };
  }

  control(message: SerialControl): Shown[] {
    const marks: string[] = [];
    if (message.type === 'hello') {
      if (this.#epoch !== undefined && this.#epoch !== message.epoch) marks.push(RESTARTED);
      this.#epoch = message.epoch;
      this.#replayEnd = message.end;
    }
    if (message.lost > 0) marks.push(lostText(message.lost));
    this.#offset = message.offset;
    return marks.map((text) => ({ kind: 'mark', text, offset: message.offset }));
  }

  data(bytes: Uint8Array): Shown[] {
    const replayed = Math.min(bytes.length, Math.max(0, this.#replayEnd - this.#offset));
    const parts = [bytes.subarray(0, replayed), bytes.subarray(replayed)];
    return parts.flatMap((part, i): Shown[] => {
      if (part.length === 0) return [];
      this.#offset += part.length;
      return [{ kind: 'bytes', bytes: part, isReplay: i === 0, endOffset: this.#offset }];
    });
  }
}

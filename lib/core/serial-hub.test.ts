import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SerialHub, VIEWER_WINDOW_BYTES } from './serial-hub';
import type { SerialMembership } from './types';

/** A stream in which a byte tells its own offset well enough to notice a gap or a double. */
const byteAt = (offset: number) => (offset * 7 + (offset >> 8) * 13) & 0xff;
const bytesFrom = (offset: number, length: number) => Uint8Array.from({ length }, (_, i) => byteAt(offset + i));

/** A viewer that checks every byte against its offset and keeps what it was given until it "sends". */
class CheckingViewer {
  offset = -1;
  lost = 0;
  ended = false;
  largestPending = 0;
  #pending = 0;

  onHello(hello: { offset: number; lost: number }): void {
    if (this.offset >= 0) expect(hello.offset - hello.lost).toBe(this.offset);
    this.offset = hello.offset;
    this.lost += hello.lost;
  }
  onData(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte !== byteAt(this.offset)) expect.fail(`wrong byte at ${this.offset}`);
      this.offset++;
    }
    this.#pending += bytes.length;
    this.largestPending = Math.max(this.largestPending, this.#pending);
  }
  onSkip(skip: { offset: number; lost: number }): void {
    expect(skip.lost).toBeGreaterThan(0);
    expect(skip.offset).toBe(this.offset + skip.lost);
    this.offset = skip.offset;
    this.lost += skip.lost;
  }
  onEnd(): void {
    this.ended = true;
  }
  pendingBytes(): number {
    return this.#pending;
  }
  send(): void {
    this.#pending = 0;
  }
}

describe('SerialHub', () => {
  it('never leaves a gap without a mark and never says a byte twice, over drops, rejoins and slowness', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('output' as const), bytes: fc.integer({ min: 1, max: 40_000 }) }),
      fc.record({ do: fc.constant('send' as const) }),
      fc.record({ do: fc.constant('drop' as const) }),
      fc.record({ do: fc.constant('join' as const) }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 100, max: 200_000 }),
        (steps, ring) => {
          const hub = new SerialHub('e', () => {}, ring);
          const viewer = new CheckingViewer();
          let said = 0;
          let member: SerialMembership | undefined;
          const join = () => {
            viewer.send();
            return hub.join(viewer, viewer.offset < 0 ? undefined : { epoch: 'e', offset: viewer.offset });
          };
          for (const now of steps) {
            if (now.do === 'output') {
              hub.push(bytesFrom(said, now.bytes));
              said += now.bytes;
            } else if (now.do === 'join') member ??= join();
            else if (now.do === 'drop') {
              member?.leave();
              member = undefined;
            } else {
              viewer.send();
              member?.drained();
            }
          }
          member ??= join();
          while (viewer.pendingBytes() > 0) {
            viewer.send();
            member.drained();
          }
          expect(viewer.offset).toBe(said);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does not wait for a frozen viewer and holds little for it', () => {
    const hub = new SerialHub('e', () => {});
    const frozen = new CheckingViewer();
    const quick = new CheckingViewer();
    const frozenMember = hub.join(frozen);
    hub.join(quick);
    for (let said = 0; said < 8 * 1024 * 1024; said += 32 * 1024) {
      hub.push(bytesFrom(said, 32 * 1024));
      quick.send();
    }
    expect(quick.offset).toBe(8 * 1024 * 1024);
    expect(quick.lost).toBe(0);
    expect(frozen.largestPending).toBeLessThanOrEqual(VIEWER_WINDOW_BYTES + 64 * 1024);
    frozen.send();
    frozenMember.drained();
    expect(frozen.offset).toBe(8 * 1024 * 1024);
    expect(frozen.lost).toBeGreaterThan(6 * 1024 * 1024);
  });

  it('says how much is lost at a first join', () => {
    const hub = new SerialHub('e', () => {}, 100);
    hub.push(bytesFrom(0, 250));
    const viewer = new CheckingViewer();
    hub.join(viewer);
    expect(viewer.lost).toBe(150);
    expect(viewer.offset).toBe(250);
  });

  it.each([
    ['another epoch', { epoch: 'old', offset: 40 }],
    ['an offset that does not exist yet', { epoch: 'e', offset: 4000 }],
  ])('starts over for a viewer with %s', (_, from) => {
    const hub = new SerialHub('e', () => {});
    hub.push(bytesFrom(0, 50));
    const viewer = new CheckingViewer();
    hub.join(viewer, from);
    expect([viewer.offset, viewer.lost]).toEqual([50, 0]);
  });

  it('passes input on until the viewer leaves', () => {
    const typed: number[] = [];
    const hub = new SerialHub('e', (bytes) => typed.push(...bytes));
    const member = hub.join(new CheckingViewer());
    member.write(Uint8Array.of(1));
    member.leave();
    member.write(Uint8Array.of(2));
    expect(typed).toEqual([1]);
  });

  it('tells viewers, and late ones too, that the port is gone, after all that it said', () => {
    const hub = new SerialHub('e', () => {});
    const early = new CheckingViewer();
    hub.join(early);
    hub.push(bytesFrom(0, 10));
    hub.end();
    const late = new CheckingViewer();
    hub.join(late);
    expect([early.ended, late.ended, late.offset]).toEqual([true, true, 10]);
  });
});

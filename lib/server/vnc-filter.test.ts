import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VncFilter, VncViolation } from './vnc-filter';

const HELLO = [...Buffer.from('RFB 003.008\n'), 1, 1];
const filterAfterHello = (options = { viewOnly: false, allowCutText: false }) => {
  const filter = new VncFilter(options);
  filter.push(Uint8Array.from(HELLO));
  return filter;
};
const pushed = (filter: VncFilter, bytes: number[]) => [...Buffer.concat(filter.push(Uint8Array.from(bytes)))];

const u16 = (n: number) => [(n >> 8) & 0xff, n & 0xff];
const u32 = (n: number) => [...u16((n >>> 16) & 0xffff), ...u16(n & 0xffff)];

const PIXEL_FORMAT = [0, 0, 0, 0, 32, 24, 0, 1, ...u16(255), ...u16(255), ...u16(255), 0, 8, 16, 0, 0, 0];
const UPDATE_REQUEST = [3, 1, ...u16(0), ...u16(0), ...u16(640), ...u16(480)];
const KEY = [4, 1, 0, 0, ...u32(0xff0d)];
const POINTER = [5, 0x01, ...u16(10), ...u16(20)];
const EXTENDED_KEY = [255, 0, ...u16(1), ...u32(0x61), ...u32(30)];
const DESKTOP_SIZE = [251, 0, ...u16(1024), ...u16(768), 1, 0, ...Array<number>(16).fill(0)];
const encodings = (...list: number[]) => [2, 0, ...u16(list.length), ...list.flatMap((e) => u32(e))];
const cutText = (length: number) => [6, 0, 0, 0, ...u32(length), ...Array<number>(length).fill(0x41)];

const PASSING = [PIXEL_FORMAT, UPDATE_REQUEST, KEY, POINTER, EXTENDED_KEY, DESKTOP_SIZE, encodings(7, 16, -239, 0)];

describe('the handshake', () => {
  it('passes and always shares', () => {
    const filter = new VncFilter({ viewOnly: true, allowCutText: false });
    expect(pushed(filter, [...Buffer.from('RFB 003.008\n'), 1, 0])).toEqual(HELLO);
  });

  it.each([
    ['an old version', [...Buffer.from('RFB 003.003\n')]],
    ['noise', Array<number>(12).fill(0x20)],
    ['another security type', [...HELLO.slice(0, 12), 2]],
  ])('refuses %s', (_, bytes) => {
    expect(() => pushed(new VncFilter({ viewOnly: false, allowCutText: false }), bytes)).toThrow(VncViolation);
  });
});

describe('messages', () => {
  it.each(PASSING.map((message) => [message[0], message] as const))('lets type %i pass unchanged', (_, message) => {
    expect(pushed(filterAfterHello(), message)).toEqual(message);
  });

  it('takes out encodings that would start an extension', () => {
    const fence = -312;
    const updates = -313;
    const buttons = -316;
    const audio = -259;
    const clipboard = 0xc0a1e5ce;
    const asked = encodings(7, fence, updates, buttons, audio, clipboard, -258, -28, -254);
    expect(pushed(filterAfterHello(), asked)).toEqual(encodings(7, -258, -28, -254));
  });

  it('drops cut text unless it is allowed', () => {
    const mixed = [...KEY, ...cutText(300), ...POINTER];
    expect(pushed(filterAfterHello(), mixed)).toEqual([...KEY, ...POINTER]);
    const allowing = filterAfterHello({ viewOnly: false, allowCutText: true });
    expect(pushed(allowing, mixed)).toEqual(mixed);
  });

  it('drops what a view-only client does, and lets it look', () => {
    const filter = filterAfterHello({ viewOnly: true, allowCutText: true });
    const all = [...KEY, ...POINTER, ...EXTENDED_KEY, ...DESKTOP_SIZE, ...cutText(10), ...UPDATE_REQUEST];
    expect(pushed(filter, all)).toEqual(UPDATE_REQUEST);
  });

  it.each([
    ['a type that nobody knows', [77]],
    ['fences', [248]],
    ['continuous updates', [150]],
    ['power control', [250]],
    ['audio', [255, 1, 0, 0]],
    ['65 encodings', [2, 0, ...u16(65)]],
    ['cut text above 64 KiB', [6, 0, 0, 0, ...u32(64 * 1024 + 1)]],
    ['the extended clipboard', [6, 0, 0, 0, ...u32(-4 >>> 0)]],
    ['a pointer event with the marker bit', [5, 0x81, 0, 0, 0, 0]],
    ['17 bits per pixel', [0, 0, 0, 0, 17, ...Array<number>(15).fill(0)]],
    ['a desktop of 9000 pixels', [251, 0, ...u16(9000), ...u16(768), 1, 0, ...Array<number>(16).fill(0)]],
    ['five screens', [251, 0, ...u16(640), ...u16(480), 5, 0]],
    ['no screen', [251, 0, ...u16(640), ...u16(480), 0, 0]],
  ])('ends the connection at %s', (_, bytes) => {
    expect(() => pushed(filterAfterHello(), bytes)).toThrow(VncViolation);
  });
});

/** Any sequence of messages, cut anywhere. */
const messages = fc.array(fc.constantFrom(...PASSING, cutText(0), cutText(1000), encodings(-312, 5)), {
  minLength: 1,
  maxLength: 30,
});
const cuts = fc.array(fc.nat(2000), { maxLength: 40 });

function pushInPieces(filter: VncFilter, bytes: Uint8Array, at: number[]): number[] {
  const out: number[] = [];
  let from = 0;
  for (const end of [...at.map((n) => n % bytes.length).sort((a, b) => a - b), bytes.length]) {
    for (const part of filter.push(bytes.subarray(from, end))) out.push(...part);
    from = end;
  }
  return out;
}

describe('any input', () => {
  it('gives the same result however it is split', () => {
    fc.assert(
      fc.property(messages, cuts, fc.boolean(), (list, at, viewOnly) => {
        const bytes = Uint8Array.from([...HELLO, ...list.flat()]);
        const whole = pushInPieces(new VncFilter({ viewOnly, allowCutText: true }), bytes, []);
        expect(pushInPieces(new VncFilter({ viewOnly, allowCutText: true }), bytes, at)).toEqual(whole);
        const byteByByte = Array.from(bytes, (_, i) => i);
        expect(pushInPieces(new VncFilter({ viewOnly, allowCutText: true }), bytes, byteByByte)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('passes only whole known messages of noise, or ends the connection', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const filter = filterAfterHello();
        let passed: number[];
        try {
          passed = pushInPieces(filter, noise, []);
        } catch (error) {
          expect(error).toBeInstanceOf(VncViolation);
          return;
        }
        // What came through is itself a stream that a fresh filter lets through unchanged.
        expect(pushed(filterAfterHello(), passed)).toEqual(passed);
      }),
      { numRuns: 20_000 },
    );
  });

  it('keeps up with a flood', () => {
    const filter = filterAfterHello();
    const flood = Buffer.concat(Array.from({ length: 8000 }, () => Buffer.from(KEY)));
    let bytes = 0;
    for (let i = 0; i < 100; i++) for (const part of filter.push(flood)) bytes += part.length;
    expect(bytes).toBe(100 * flood.length);
  });
});

import { describe, expect, it } from 'vitest';
import { SerialStream, type Shown } from './serial-stream';

const marksOf = (shown: Shown[]) => shown.flatMap((s) => (s.kind === 'mark' ? [s.text] : []));
const hello = (epoch: string, offset: number, lost = 0, end = offset) =>
  ({ type: 'hello', epoch, offset, lost, end }) as const;

describe('SerialStream', () => {
  it('asks for everything first, then for exactly the rest', () => {
    const stream = new SerialStream();
    expect(stream.from).toBeUndefined();
    expect(stream.control(hello('a', 0))).toEqual([]);
    stream.data(new Uint8Array(40));
    expect(stream.from).toEqual({ epoch: 'a', offset: 40 });
    expect(stream.control(hello('a', 40))).toEqual([]);
  });

  it('marks what was lost', () => {
    const stream = new SerialStream();
    expect(marksOf(stream.control(hello('a', 1234, 1234)))).toEqual(['1 234 bytes lost']);
    expect(marksOf(stream.control({ type: 'skip', offset: 2_000_000, lost: 1_000_001 }))).toEqual([
      '1 000 001 bytes lost',
    ]);
    expect(stream.from?.offset).toBe(2_000_000);
  });

  it('marks another stream', () => {
    const stream = new SerialStream();
    stream.control(hello('a', 0));
    expect(marksOf(stream.control(hello('b', 0)))[0]).toMatch(/restarted/);
    expect(stream.from).toEqual({ epoch: 'b', offset: 0 });
  });

  it('knows a replay from what is said now', () => {
    const stream = new SerialStream();
    stream.control(hello('a', 0, 0, 10));
    const shown = stream.data(new Uint8Array(15));
    expect(shown.map((s) => s.kind === 'bytes' && [s.bytes.length, s.isReplay, s.endOffset])).toEqual([
      [10, true, 10],
      [5, false, 15],
    ]);
  });
});

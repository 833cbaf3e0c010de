import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteRing } from './byte-ring';

describe('ByteRing', () => {
  it('keeps the tail of what was appended, at the right offsets', () => {
    const appends = fc.array(fc.uint8Array({ maxLength: 40_000, size: 'max' }), { maxLength: 6, size: 'max' });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        appends,
        fc.nat(),
        fc.nat(100_000),
        (capacity, chunks, at, max) => {
          const ring = new ByteRing(capacity);
          for (const chunk of chunks) ring.append(chunk);
          const all = Buffer.concat(chunks);
          expect(ring.end).toBe(all.length);
          expect(ring.start).toBe(Math.max(0, all.length - capacity));
          const from = ring.start + (at % (ring.end - ring.start + 1));
          expect(Buffer.compare(ring.read(from, max), all.subarray(from, Math.min(all.length, from + max)))).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses offsets that are gone or not there yet', () => {
    const ring = new ByteRing(4);
    ring.append(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(() => ring.read(1, 1)).toThrow(RangeError);
    expect(() => ring.read(7, 1)).toThrow(RangeError);
    expect([...ring.read(2, 9)]).toEqual([3, 4, 5, 6]);
  });

  it('hands out copies', () => {
    const ring = new ByteRing(4);
    ring.append(Uint8Array.of(1, 2, 3, 4));
    const early = ring.read(0, 4);
    ring.append(Uint8Array.of(9, 9));
    expect([...early]).toEqual([1, 2, 3, 4]);
  });
});

import { describe, expect, it } from 'vitest';
import { withDuration } from './webm-duration';

const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const EBML = [0x1a, 0x45, 0xdf, 0xa3, 0x80];
const SEGMENT = [0x18, 0x53, 0x80, 0x67];
const INFO = [0x15, 0x49, 0xa9, 0x66];
const SCALE = [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40];
const TRACKS = [0x16, 0x54, 0xae, 0x6b, 0x80];
/** 1500 as a float of 64 bits. */
const DURATION = [0x44, 0x89, 0x88, 0x40, 0x97, 0x70, 0, 0, 0, 0, 0];

describe('withDuration', () => {
  it('adds the duration to the head, and leaves the rest', () => {
    const recorded = Uint8Array.from([...EBML, ...SEGMENT, ...UNKNOWN, ...INFO, 0x87, ...SCALE, ...TRACKS]);
    const size = [0x01, 0, 0, 0, 0, 0, 0, 18];
    const expected = [...EBML, ...SEGMENT, ...UNKNOWN, ...INFO, ...size, ...DURATION, ...SCALE, ...TRACKS];
    expect([...withDuration(recorded, 1500)]).toEqual(expected);
  });

  it.each([
    ['nothing', []],
    ['a segment of known size', [...SEGMENT, 0x8c, ...INFO, 0x87, ...SCALE]],
    ['a duration that is there', [...SEGMENT, ...UNKNOWN, ...INFO, 0x8b, ...DURATION]],
    ['no head', [...SEGMENT, ...UNKNOWN, ...TRACKS]],
  ])('changes nothing in a file with %s', (_, bytes) => {
    const file = Uint8Array.from(bytes);
    expect(withDuration(file, 1500)).toBe(file);
  });
});

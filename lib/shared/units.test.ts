import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatExactBytes, formatMiB } from './units';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [1024 ** 2 - 1, '1 MiB'],
    [20 * 1024 ** 3, '20 GiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
    [12.34 * 1024 ** 3, '12.3 GiB'],
    [123.4 * 1024 ** 2, '123 MiB'],
    [16 * 1024 ** 4, '16 TiB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });

  it('names memory and exact sizes', () => {
    expect(formatMiB(2048)).toBe('2 GiB');
    expect(formatMiB(300)).toBe('300 MiB');
    expect(formatExactBytes(21474836480)).toBe('21,474,836,480 bytes');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [400, '0 s'],
    [45_000, '45 s'],
    [185_000, '3 min 5 s'],
    [120_000, '2 min'],
    [7_800_000, '2 h 10 min'],
    [4 * 86_400_000 + 3 * 3_600_000 + 59_000, '4 d 3 h'],
  ])('%d ms are %s', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });
});

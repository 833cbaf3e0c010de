import { describe, expect, it } from 'vitest';
import { rateOf, timeLeftMs, withSample, type RateSample } from './upload-rate';

const collect = (...all: [number, number][]) =>
  all.reduce<RateSample[]>((samples, [atMs, bytes]) => withSample(samples, { atMs, bytes }), []);

describe('upload rate', () => {
  it('is unknown at first', () => {
    expect(rateOf([])).toBeNull();
    expect(rateOf(collect([0, 0], [100, 5000]))).toBeNull();
    expect(timeLeftMs([], 100)).toBeNull();
  });

  it('is bytes over time', () => {
    const samples = collect([0, 0], [1000, 2000], [2000, 4000]);
    expect(rateOf(samples)).toBe(2000);
    expect(timeLeftMs(samples, 10_000)).toBe(3000);
  });

  it('follows the last seconds only', () => {
    const samples = collect([0, 0], [1000, 1_000_000], [7000, 1_000_000], [9000, 1_002_000]);
    expect(rateOf(samples)).toBe(1000);
  });

  it('has no end while nothing moves', () => {
    expect(timeLeftMs(collect([0, 50], [6000, 50], [7000, 50]), 100)).toBeNull();
  });
});

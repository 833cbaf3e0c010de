import { describe, expect, it } from 'vitest';
import { formatClock, formatPercent, formatRelativeTime } from './units';

describe('formatPercent', () => {
  it.each([
    [0, '0 %'],
    [0.04, '0 %'],
    [3.44, '3.4 %'],
    [9.96, '10 %'],
    [57.4, '57 %'],
    [250, '250 %'],
  ])('says %d as %s', (percent, text) => expect(formatPercent(percent)).toBe(text));
});

describe('formatClock', () => {
  it.each([
    [-5, '0:00'],
    [23_400, '0:23'],
    [725_000, '12:05'],
    [3_723_000, '1:02:03'],
  ])('says %d ms as %s', (ms, text) => expect(formatClock(ms)).toBe(text));
});

describe('formatRelativeTime', () => {
  const now = Date.parse('2026-01-10T12:00:00Z');
  it.each([
    [0, 'just now'],
    [44, 'just now'],
    [45, '1 minute ago'],
    [119, '1 minute ago'],
    [7200, '2 hours ago'],
    [86_400, '1 day ago'],
    [40 * 86_400, '1 month ago'],
    [800 * 86_400, '2 years ago'],
    [-30, 'just now'],
    [-7200, 'in 2 hours'],
  ])('says %d s before now as %s', (seconds, text) => expect(formatRelativeTime(now - seconds * 1000, now)).toBe(text));
});

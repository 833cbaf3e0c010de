import { describe, expect, it } from 'vitest';
import { AnswerLimiter, isAnswer } from './answers';

describe('isAnswer', () => {
  it.each([
    ['primary device attributes', '\u001b[?1;2c'],
    ['secondary device attributes', '\u001b[>0;276;0c'],
    ['a cursor report', '\u001b[24;80R'],
    ['a status report', '\u001b[0n'],
    ['a mode report', '\u001b[?2004;2$y'],
    ['a colour', '\u001b]11;rgb:0000/0000/0000\u001b\\'],
    ['a setting', '\u001bP1$r0m\u001b\\'],
  ])('knows %s', (_, data) => expect(isAnswer(data)).toBe(true));

  it.each([
    ['a letter', 'c'],
    ['an arrow', '\u001b[A'],
    ['Delete', '\u001b[3~'],
    ['Escape', '\u001b'],
    ['Alt+x', '\u001bx'],
    ['a bracketed paste', '\u001b[200~ls\u001b[201~'],
    ['a pasted answer', 'x\u001b[0n'],
  ])('does not take %s for one', (_, data) => expect(isAnswer(data)).toBe(false));
});

describe('AnswerLimiter', () => {
  it('lets 100 a second through', () => {
    const limiter = new AnswerLimiter();
    let allowed = 0;
    for (let ms = 0; ms < 10_000; ms++) if (limiter.allow(1000 + ms)) allowed++;
    expect(allowed).toBeGreaterThanOrEqual(1000);
    expect(allowed).toBeLessThanOrEqual(1100);
  });
});

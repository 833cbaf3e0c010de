import { describe, expect, it } from 'vitest';
import { createLimiter } from './parallel';

describe('createLimiter', () => {
  it('runs at most so many at once, all of them in the end, also when some fail', async () => {
    const limiter = createLimiter(4);
    let running = 0;
    let most = 0;
    const work = (i: number) => async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (i % 3 === 0) throw new Error(`no ${i}`);
      return i;
    };
    const all = Promise.allSettled(Array.from({ length: 30 }, (_, i) => limiter.run(work(i))));
    expect(limiter.waiting()).toBe(26);
    const results = await all;
    expect(most).toBe(4);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(20);
    expect(limiter.waiting()).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { addressKey, createSignInThrottle } from './sign-in-throttle';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A throttle with its own clock. `guess` is one wrong password; it answers whether it was evaluated. */
function setUp() {
  let time = 1_000_000;
  const throttle = createSignInThrottle(() => time);
  return {
    throttle,
    wait: (ms: number) => (time += ms),
    guess: (account: string, address: string) => throttle.begin(account, address).ok,
    signIn(account: string, address: string) {
      const answer = throttle.begin(account, address);
      if (answer.ok) answer.succeed();
      return answer.ok;
    },
    waitFor(account: string, address: string) {
      const answer = throttle.begin(account, address);
      return answer.ok ? 0 : answer.retryAfterMs;
    },
  };
}

describe('the sign-in throttle', () => {
  it('lets five wrong passwords pass at once, then asks for longer and longer waits', () => {
    const { guess, wait, waitFor } = setUp();
    expect([1, 2, 3, 4, 5, 6].map(() => guess('admin', '10.0.0.9'))).toEqual([true, true, true, true, true, false]);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const ms = waitFor('admin', '10.0.0.9');
      waits.push(ms / SECOND);
      wait(ms);
      expect(guess('admin', '10.0.0.9')).toBe(true);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512]);
  });

  it('evaluates at most 20 of 1000 tries in 10 minutes, and lets the owner in from another address (T-48)', () => {
    const { guess, wait, signIn } = setUp();
    let evaluated = 0;
    for (let i = 0; i < 1000; i++) {
      if (guess('admin', '10.0.0.9')) evaluated++;
      wait((10 * MINUTE) / 1000);
    }
    expect(evaluated).toBeGreaterThanOrEqual(5);
    expect(evaluated).toBeLessThanOrEqual(20);
    expect(signIn('admin', '10.0.0.2')).toBe(true);
  });

  it('evaluates at most 20 when every try comes from another address, and keeps room for a known one', () => {
    const { guess, signIn } = setUp();
    expect(signIn('admin', '192.168.1.5')).toBe(true);
    const evaluated = Array.from({ length: 1000 }, (_, i) => guess('admin', `10.1.${i >> 8}.${i & 255}`));
    expect(evaluated.filter(Boolean)).toHaveLength(15);
    expect(signIn('admin', '192.168.1.5')).toBe(true);
    const known = Array.from({ length: 1000 }, () => guess('admin', '192.168.1.5'));
    expect(known.filter(Boolean)).toHaveLength(5);
  });

  it('counts tries that run at the same time', () => {
    const { throttle } = setUp();
    const answers = Array.from({ length: 100 }, () => throttle.begin('admin', '10.0.0.9'));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(5);
  });

  it('forgets the wrong passwords of an address after the right one', () => {
    const { guess, signIn } = setUp();
    for (let i = 0; i < 4; i++) guess('admin', '10.0.0.9');
    expect(signIn('admin', '10.0.0.9')).toBe(true);
    expect([1, 2, 3, 4, 5].every(() => guess('admin', '10.0.0.9'))).toBe(true);
  });

  it('slows down an address that goes through account names', () => {
    const { guess } = setUp();
    const evaluated = Array.from({ length: 1000 }, (_, i) => guess(`user${i}`, '10.0.0.9'));
    expect(evaluated.filter(Boolean)).toHaveLength(10);
  });

  it('locks out strangers after 100 wrong passwords in a row, until the owner proves themselves by a link', () => {
    const { throttle, guess, wait } = setUp();
    let evaluated = 0;
    for (let i = 0; i < 5000; i++) {
      if (guess('admin', `10.${i >> 8}.${i & 255}.1`)) evaluated++;
      wait(20 * SECOND);
    }
    expect(evaluated).toBe(100);
    expect(throttle.begin('admin', '172.16.0.1')).toMatchObject({ ok: false, locked: true });
    throttle.forgive('Admin');
    expect(guess('admin', '172.16.0.1')).toBe(true);
  });

  it('takes account names without regard to case', () => {
    const { guess } = setUp();
    for (let i = 0; i < 5; i++) guess(i % 2 ? 'ADMIN' : 'admin', '10.0.0.9');
    expect(guess('Admin', '10.0.0.9')).toBe(false);
  });
});

describe('addressKey', () => {
  it.each([
    ['10.0.0.9', '10.0.0.9'],
    ['::ffff:10.0.0.9', '10.0.0.9'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::99', '2001:db8:1:2::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s is %s', (address, key) => expect(addressKey(address)).toBe(key));
});

import { describe, expect, it } from 'vitest';
import { createLinks, SIGN_IN_LINK_LIFETIME_MS } from './auth-links';

describe('one-time links', () => {
  it('work once', () => {
    const links = createLinks();
    const { token, expiresAt } = links.issue('setup');
    expect(expiresAt).toBeNull();
    expect(links.check(token)).toBe('setup');
    expect(links.check(token)).toBe('setup');
    expect(links.use(token, 'setup')).not.toBeNull();
    expect(links.check(token)).toBeNull();
    expect(links.use(token, 'setup')).toBeNull();
  });

  it('are for one thing only', () => {
    const links = createLinks();
    const { token } = links.issue('sign-in');
    expect(links.use(token, 'setup')).toBeNull();
    expect(links.check(token)).toBe('sign-in');
    expect(links.check(`${token}x`)).toBeNull();
    expect(links.check('')).toBeNull();
  });

  it('are void when a newer one is made', () => {
    const links = createLinks();
    const first = links.issue('sign-in');
    const second = links.issue('sign-in');
    expect(links.check(first.token)).toBeNull();
    expect(links.check(second.token)).toBe('sign-in');
    expect(first.token).not.toBe(second.token);
    expect(Buffer.from(first.token, 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  it('for signing in last 15 minutes; the one for setting up lasts', () => {
    let time = 0;
    const links = createLinks(() => time);
    const { token, expiresAt } = links.issue('sign-in');
    expect(expiresAt).toBeInstanceOf(Date);
    time = SIGN_IN_LINK_LIFETIME_MS - 1;
    expect(links.check(token)).toBe('sign-in');
    time = SIGN_IN_LINK_LIFETIME_MS;
    expect(links.check(token)).toBeNull();
    const setup = links.issue('setup');
    time += 1e12;
    expect(links.check(setup.token)).toBe('setup');
  });

  it('can be given back when what they were for failed, unless there is a newer one', () => {
    const links = createLinks();
    const first = links.issue('setup');
    links.use(first.token, 'setup')!();
    expect(links.check(first.token)).toBe('setup');
    const giveBack = links.use(first.token, 'setup')!;
    const second = links.issue('setup');
    giveBack();
    expect(links.check(first.token)).toBeNull();
    expect(links.check(second.token)).toBe('setup');
  });
});

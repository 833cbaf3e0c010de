import { describe, expect, it } from 'vitest';
import { nextPath } from './next-path';

describe('nextPath', () => {
  it.each([
    ['/vms/web-1?tab=display', '/vms/web-1?tab=display'],
    ['/logins', '/logins'],
    ['/', '/'],
  ])('keeps %s', (wanted, expected) => expect(nextPath(wanted)).toBe(expected));

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', '/a b', '/\t/evil'])(
    'refuses %j',
    (wanted) => expect(nextPath(wanted)).toBe('/'),
  );

  it.each(['/login', '/login?next=/login', '/welcome?token=x', '/api/v1/tickets', undefined, ['/vms']])(
    'does not go back to %j',
    (wanted) => expect(nextPath(wanted)).toBe('/'),
  );
});

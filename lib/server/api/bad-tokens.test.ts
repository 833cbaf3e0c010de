import { expect, it } from 'vitest';
import { createBadTokens } from './bad-tokens';

it('sends an address away that tries too many within a minute', () => {
  let ms = 0;
  const bad = createBadTokens(() => ms);
  for (let i = 0; i < 20; i++) bad.count('192.0.2.1');
  expect(() => bad.count('192.0.2.1')).toThrow('Wait 60 s');
  expect(() => bad.count('192.0.2.2')).not.toThrow();
  ms = 60_000;
  expect(() => bad.count('192.0.2.1')).not.toThrow();
});

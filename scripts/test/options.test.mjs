import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.mjs';

describe('parseOptions', () => {
  it.each([
    [[], { only: null, rest: [] }],
    [['--only=unit'], { only: 'unit', rest: [] }],
    [['--only=e2e', 'e2e/sign-in.spec.ts', '--headed'], { only: 'e2e', rest: ['e2e/sign-in.spec.ts', '--headed'] }],
  ])('%j', (argv, options) => expect(parseOptions(argv)).toEqual(options));

  it('refuses a part that does not exist, and files without a part', () => {
    expect(() => parseOptions(['--only=lint'])).toThrow('--only takes unit or e2e, not "lint".');
    expect(() => parseOptions(['lib/x.test.ts'])).toThrow('--only=unit or --only=e2e');
  });
});

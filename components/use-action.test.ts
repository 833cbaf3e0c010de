import { expect, it } from 'vitest';
import { callAction } from './use-action';

it('hands an answer on', async () => {
  expect(await callAction(async () => ({ ok: true, value: 7 }))).toEqual({ ok: true, value: 7 });
});

it('makes an error of a lost connection', async () => {
  const result = await callAction(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
});

import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { ANNA, fakeAuth } from '../testing/api-server';
import { identifyAsOwner, identifyByRequest } from './identify';

const auth = fakeAuth();
const identify = identifyByRequest(auth);
const ask = (headers: Record<string, string>) =>
  identify({ headers, socket: { remoteAddress: '192.0.2.1' } } as unknown as IncomingMessage);

it('knows a session by its cookie, and a token by its header', async () => {
  expect(await ask({})).toBeNull();
  expect(await ask({ cookie: 'bad' })).toBeNull();
  expect(await ask({ cookie: 'good' })).toEqual({ session: ANNA, via: 'session' });
  expect(await ask({ authorization: 'Bearer skep_good' })).toMatchObject({ via: 'token' });
});

it('takes no cookie from who brings a token, for nobody has checked the Origin', async () => {
  for (const authorization of ['Bearer skep_bad', 'Bearer ', 'bearer', 'Basic YTpi', ''])
    await expect(ask({ authorization, cookie: 'good' })).rejects.toMatchObject({ code: 'unauthorized' });
});

it('sends away who tries too many', async () => {
  const codes: unknown[] = [];
  for (let i = 0; i < 30; i++)
    await ask({ authorization: `Bearer skep_${i}` }).catch((error) => codes.push(error.code));
  expect(new Set(codes)).toEqual(new Set(['unauthorized', 'too_many_requests']));
  expect(await ask({ authorization: 'Bearer skep_good' })).toMatchObject({ via: 'token' });
});

it('takes whoever may open the local socket for the owner', async () => {
  expect(await identifyAsOwner(auth)()).toEqual({
    session: { sessionId: 'local', userId: 'u1', name: 'anna' },
    via: 'local',
  });
  const before = { owner: async () => null };
  expect(await identifyAsOwner(before)()).toMatchObject({ session: { name: 'this host' } });
});

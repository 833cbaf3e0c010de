import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SESSION_IDLE_MS } from './auth';
import type { SessionEnd } from './types';
import { ADMIN, makeAuth, makeBrowser, setUpAdministrator, type TestAuth } from './testing-auth';

let test: TestAuth;
beforeEach(async () => (test = await makeAuth()));
afterEach(() => test.close());

const signIn = { username: ADMIN.name, password: ADMIN.password };

describe('the first administrator (T-52)', () => {
  it('is made with the link and signed in at once; the link then is void', async () => {
    expect(await test.auth.hasAdministrator()).toBe(false);
    const link = await test.auth.issueLink();
    expect(link.kind).toBe('setup');
    const browser = makeBrowser(test);
    const answer = await browser.post('/setup', { token: link.token, ...ADMIN });
    expect(answer).toMatchObject({ status: 200, body: { name: 'Admin' } });
    expect(await browser.session()).toMatchObject({ name: 'Admin' });
    expect(await test.auth.hasAdministrator()).toBe(true);
    const again = await makeBrowser(test).post('/setup', { token: link.token, name: 'eve', password: 'x'.repeat(20) });
    expect(again.status).toBe(403);
    expect(await test.db.user.count()).toBe(1);
  });

  it('cannot be made without the link', async () => {
    await test.auth.issueLink();
    const answer = await makeBrowser(test).post('/setup', { token: 'guess', ...ADMIN });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    expect(answer.body.error?.message).toContain('npm run link');
    expect(await test.db.user.count()).toBe(0);
  });

  it('gets one account when two browsers use the link at once', async () => {
    const { token } = await test.auth.issueLink();
    const answers = await Promise.all(
      ['ann', 'bob'].map((name) => makeBrowser(test).post('/setup', { token, name, password: ADMIN.password })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403]);
    expect(await test.db.user.count()).toBe(1);
  });

  it('is told what is wrong with a password or a name, and may try again', async () => {
    const { token } = await test.auth.issueLink();
    const browser = makeBrowser(test);
    const short = await browser.post('/setup', { token, name: 'admin', password: 'too short' });
    expect(short.status).toBe(400);
    expect(short.body.error?.fields?.['password']).toContain('at least 10');
    const odd = await browser.post('/setup', { token, name: 'a b', password: ADMIN.password });
    expect(odd.body.error?.fields?.['name']).toContain('letters, digits');
    expect((await browser.post('/setup', { token, ...ADMIN })).status).toBe(200);
  });

  it('can sign in with a link later, once', async () => {
    await setUpAdministrator(test);
    const { token, kind } = await test.auth.issueLink();
    expect([kind, test.auth.checkLink(token)]).toEqual(['sign-in', 'sign-in']);
    const browser = makeBrowser(test);
    expect((await browser.post('/link', { token })).status).toBe(200);
    expect(await browser.session()).toMatchObject({ name: 'Admin' });
    expect(test.auth.checkLink(token)).toBeNull();
    expect((await makeBrowser(test).post('/link', { token })).status).toBe(403);
  });
});

describe('signing in', () => {
  it('works with the name in any case, and sets a strict cookie', async () => {
    await setUpAdministrator(test);
    const browser = makeBrowser(test);
    const answer = await browser.post('/sign-in/username', { ...signIn, username: 'ADMIN' });
    expect(answer).toMatchObject({ status: 200, body: {} });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^skep\.session_token=/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Secure');
    expect(await browser.session()).toMatchObject({ name: 'Admin' });
  });

  it('marks the cookie Secure when the browser came by HTTPS', async () => {
    await setUpAdministrator(test);
    const browser = makeBrowser(test, '10.0.0.1', 'https://localhost:7537');
    const answer = await browser.post('/sign-in/username', signIn);
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  it('answers the same for a wrong password, an unknown name and an impossible one', async () => {
    await setUpAdministrator(test);
    const answers = await Promise.all(
      ['Admin', 'nobody', 'no body!', ''].map((username, i) =>
        makeBrowser(test, `10.0.0.${i}`).post('/sign-in/username', { username, password: 'wrong wrong wrong' }),
      ),
    );
    for (const { status, body } of answers)
      expect([status, body.error]).toEqual([
        401,
        { code: 'unauthorized', message: 'The name or the password is wrong. Try again.' },
      ]);
  });

  it('is slowed down with the seconds to wait, and not for others', async () => {
    await setUpAdministrator(test);
    const attacker = makeBrowser(test, '10.0.0.66');
    for (let i = 0; i < 5; i++)
      expect((await attacker.post('/sign-in/username', { ...signIn, password: `guess number ${i}` })).status).toBe(401);
    const refused = await attacker.post('/sign-in/username', signIn);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(refused.body.error?.message).toBe('Too many tries. Wait 2 seconds, then try again.');
    expect((await makeBrowser(test, '10.0.0.7').post('/sign-in/username', signIn)).status).toBe(200);
    test.clock.ms += 2000;
    expect((await attacker.post('/sign-in/username', signIn)).status).toBe(200);
  });

  it('refuses an Origin that is not the Host, and one that is missing', async () => {
    await setUpAdministrator(test);
    for (const origin of ['http://evil.example', 'null', 'http://localhost:7538']) {
      const browser = makeBrowser(test, '10.0.0.8', origin);
      const answer = await browser.post('/sign-in/username', signIn, { cookie: 'x=y' });
      expect(answer.status).not.toBe(200);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe('sessions', () => {
  it('end at sign-out, and their listeners hear it', async () => {
    const browser = await setUpAdministrator(test);
    const ends: unknown[] = [];
    test.auth.onSessionEnd((end) => ends.push(end));
    const before = browser.headers();
    const { sessionId, userId } = (await test.auth.session(before))!;
    expect((await browser.post('/sign-out', {})).status).toBe(200);
    expect(await test.auth.session(before)).toBeNull();
    expect(ends).toEqual([{ sessionId, userId }]);
  });

  it('all end when the password changes, but for a new one', async () => {
    const browser = await setUpAdministrator(test);
    const other = makeBrowser(test);
    await other.post('/sign-in/username', signIn);
    const ends: SessionEnd[] = [];
    const own = (await browser.session())?.sessionId;
    const off = test.auth.onSessionEnd((end) => ends.push(end));
    const change = { currentPassword: ADMIN.password, newPassword: 'another long one' };
    expect((await browser.post('/change-password', change)).status).toBe(200);
    off();
    expect(await other.session()).toBeNull();
    expect(await browser.session()).toMatchObject({ name: 'Admin' });
    expect(ends).toHaveLength(2);
    // Its sockets close too, but may come back: this browser has a new session already.
    expect(ends.filter((end) => end.isRenewed).map((end) => end.sessionId)).toEqual([own]);
    expect((await other.post('/sign-in/username', signIn)).status).toBe(401);
    expect((await other.post('/sign-in/username', { ...signIn, password: 'another long one' })).status).toBe(200);
  });

  it('keep the password when the present one is wrong', async () => {
    const browser = await setUpAdministrator(test);
    const change = { currentPassword: 'wrong wrong wrong', newPassword: 'another long one' };
    expect((await browser.post('/change-password', change)).status).toBe(401);
    expect((await makeBrowser(test).post('/change-password', change)).status).toBe(401);
    expect((await makeBrowser(test).post('/sign-in/username', signIn)).status).toBe(200);
  });

  it('end when nobody uses them for 12 hours, and go on when somebody does', async () => {
    const browser = await setUpAdministrator(test);
    test.clock.ms = SESSION_IDLE_MS - 1000;
    expect(await browser.session()).not.toBeNull();
    test.clock.ms = 2 * SESSION_IDLE_MS - 3000;
    expect(await browser.session()).not.toBeNull();
    test.clock.ms = 3 * SESSION_IDLE_MS;
    expect(await browser.session()).toBeNull();
    expect(await test.db.session.count()).toBe(0);
  });

  it('have a new id at each sign-in, and cannot be forged', async () => {
    const browser = await setUpAdministrator(test);
    const first = browser.cookie();
    await browser.post('/sign-in/username', signIn);
    expect(browser.cookie()).not.toBe(first);
    const row = await test.db.session.findFirstOrThrow();
    for (const forged of [row.token, `${row.token}.${'A'.repeat(43)}%3D`, 'x.y'])
      expect(await test.auth.session(new Headers({ cookie: `skep.session_token=${forged}` }))).toBeNull();
  });

  it('survive a restart of the server, as the key does', async () => {
    expect(fs.statSync(test.secretFile).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(test.secretFile, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });
});

describe('what better-auth could do besides', () => {
  it.each([
    ['/sign-up/email', { email: 'a@b.c', password: 'x'.repeat(20), name: 'eve', username: 'eve' }],
    ['/sign-in/email', { email: 'a@b.c', password: 'x'.repeat(20) }],
    ['/is-username-available', { username: 'admin' }],
    ['/request-password-reset', { email: 'a@b.c' }],
    ['/update-user', { name: 'eve' }],
    ['/delete-user', {}],
    ['/list-sessions', {}],
    ['/sign-in/username/', signIn],
    ['/constructor', {}],
  ])('%s is not there', async (endpoint, body) => {
    const browser = await setUpAdministrator(test);
    const answer = await browser.post(endpoint, body);
    expect([answer.status, answer.body.error?.code]).toEqual([404, 'not_found']);
    expect(await test.db.user.count()).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { allowedHosts } from './gate-hosts';
import { isPublic, judgeRequest, judgeUpgrade } from './gate-rules';

const hosts = allowedHosts({
  boundAddress: '127.0.0.1',
  port: 7537,
  extra: ['skep.lan', 'proxy.example:443'],
  interfaces: [],
});
const rules = { hosts, dev: false };

const GOOD_HOSTS = [
  'localhost:7537',
  'LOCALHOST:7537',
  '127.0.0.1:7537',
  '[::1]:7537',
  'skep.lan:7537',
  'proxy.example',
  'proxy.example:443',
];
const BAD_HOSTS = [
  '',
  'localhost',
  'localhost:80',
  'localhost:7538',
  'localhost.:7537',
  'localhost:07537',
  'localhost: 7537',
  'localhost:7537:7537',
  'localhost:7537/',
  'localhost:7537, evil.example',
  'user@localhost:7537',
  'evil.example',
  'evil.example:7537',
  'localhost.evil.example:7537',
  'evil-localhost:7537',
  'skep.lan',
  'skep.lan.evil.example:7537',
  'sub.skep.lan:7537',
  'proxy.example:7537',
  '127.0.0.1',
  '127.1:7537',
  '127.0.0.2:7537',
  '0:7537',
  '0.0.0.0:7537',
  '2130706433:7537',
  '0x7f000001:7537',
  '0177.0.0.1:7537',
  '127.0.0.1.nip.io:7537',
  '[::]:7537',
  '::1:7537',
  '[::1]',
  '[0:0:0:0:0:0:0:1]:7537',
  '[::ffff:127.0.0.1]:7537',
  '10.0.2.2:7537',
  '10.0.2.2',
  '10.0.2.15:7537',
  '192.168.1.2:7537',
  'ⓛocalhost:7537',
  'http://localhost:7537',
  '*',
];

const get = (host: string, target = '/vms') =>
  judgeRequest({ method: 'GET', target, rawHeaders: ['Host', host] }, rules);

describe('the Host header (T-44)', () => {
  it.each(GOOD_HOSTS)('%s is answered', (host) => expect(get(host)).toMatchObject({ ok: true, path: '/vms' }));
  it.each(BAD_HOSTS)('%j is refused with 421', (host) => expect(get(host)).toMatchObject({ ok: false, status: 421 }));

  it('must be there, once', () => {
    const judge = (...rawHeaders: string[]) => judgeRequest({ method: 'GET', target: '/', rawHeaders }, rules);
    expect(judge()).toMatchObject({ status: 400 });
    expect(judge('Host', 'localhost:7537', 'host', 'localhost:7537')).toMatchObject({ status: 400 });
    expect(judge('X-Forwarded-Host', 'localhost:7537', 'Host', 'evil.example')).toMatchObject({ status: 421 });
  });
});

/** Twelve Origins as seen from http://127.0.0.1:7537: the first is the only one that is right. */
const ORIGINS = [
  'http://127.0.0.1:7537',
  undefined,
  'null',
  '',
  'http://localhost:7537',
  'http://127.0.0.1',
  'http://127.0.0.1:7538',
  'http://127.0.0.1:7537/',
  'http://127.0.0.1:7537.evil.example',
  'HTTP://127.0.0.1:7537',
  'https://evil.example',
  'http://10.0.2.2:7537',
];

describe('the Origin header (T-42, T-43)', () => {
  const headers = (origin: string | undefined, ...more: string[]) => [
    'Host',
    '127.0.0.1:7537',
    ...(origin === undefined ? [] : ['Origin', origin]),
    ...more,
  ];

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s passes with the exact one only', (method) => {
    const passed = ORIGINS.filter(
      (origin) => judgeRequest({ method, target: '/api/v1/vms', rawHeaders: headers(origin) }, rules).ok,
    );
    expect(passed).toEqual(['http://127.0.0.1:7537']);
  });

  it.each(['/ws/events', '/ws/vnc?vm=1', '/ws/serial?vm=1'])(
    'a socket at %s opens with the exact one only',
    (target) => {
      const passed = ORIGINS.filter(
        (origin) => judgeUpgrade({ method: 'GET', target, rawHeaders: headers(origin) }, rules).ok,
      );
      expect(passed).toEqual(['http://127.0.0.1:7537']);
    },
  );

  it('is not asked for by the REST interface from who brings a token, which no page of another site can send', () => {
    const judge = (target: string, ...more: string[]) =>
      judgeRequest({ method: 'POST', target, rawHeaders: ['Host', '127.0.0.1:7537', ...more] }, rules).ok;
    expect(judge('/api/v1/vms', 'Authorization', 'Bearer skep_x')).toBe(true);
    expect(judge('/api/v1/vms', 'Authorization', 'Basic YTpi')).toBe(false);
    expect(judge('/api/v1/vms')).toBe(false);
    for (const target of ['/vms', '/api/auth/sign-out', '/api/v1x', '/upload/library/a.iso'])
      expect(judge(target, 'Authorization', 'Bearer skep_x')).toBe(false);
    expect(judge('/api/v1/vms', 'Authorization', 'Bearer skep_x', 'Host', 'evil.example')).toBe(false);
  });

  it('may be https, behind a proxy', () => {
    const rawHeaders = ['Host', 'proxy.example', 'Origin', 'https://proxy.example'];
    expect(judgeRequest({ method: 'POST', target: '/', rawHeaders }, rules).ok).toBe(true);
    expect(judgeUpgrade({ method: 'GET', target: '/ws/events', rawHeaders }, rules).ok).toBe(true);
  });

  it('does not help when the browser says that the request crosses sites, or says it twice', () => {
    const judge = (...more: string[]) =>
      judgeRequest({ method: 'POST', target: '/', rawHeaders: headers(ORIGINS[0], ...more) }, rules).ok;
    expect(judge('Sec-Fetch-Site', 'same-origin')).toBe(true);
    expect(judge('Sec-Fetch-Site', 'none')).toBe(true);
    for (const site of ['cross-site', 'same-site', 'other']) expect(judge('Sec-Fetch-Site', site)).toBe(false);
    expect(judge('Origin', 'http://127.0.0.1:7537')).toBe(false);
    expect(judge('Sec-Fetch-Site', 'same-origin', 'Sec-Fetch-Site', 'cross-site')).toBe(false);
  });

  it('is of no matter for reading', () => {
    for (const origin of ORIGINS)
      expect(judgeRequest({ method: 'GET', target: '/', rawHeaders: headers(origin) }, rules).ok).toBe(true);
  });
});

describe('the request line', () => {
  it.each([
    'http://localhost:7537/vms',
    'https://evil.example/',
    'evil.example:443',
    '*',
    '//evil.example/vms',
    '/\\evil.example',
    '/_next/static/../../vms',
    '/_next/static/%2e%2e/%2e%2e/vms',
    '/_next/static/..%2f..%2fvms',
    '/_next/static/..%5c..%5cvms',
    '/api/auth/./x',
    '/vms/%00',
    '/vms/%zz',
    '/vms#x',
    '',
  ])('%j is refused with 400', (target) => expect(get('localhost:7537', target)).toMatchObject({ status: 400 }));

  it.each(['/', '/vms/a..b', '/vms/web-1/display?x=//y', '/upload/library/a%5Cb%20c.iso', '/vms/%F0%9F%90%9D'])(
    '%s passes',
    (target) => expect(get('localhost:7537', target)).toMatchObject({ ok: true }),
  );

  it('may ask the REST interface for its methods', () => {
    const judge = (target: string) =>
      judgeRequest({ method: 'OPTIONS', target, rawHeaders: ['Host', 'localhost:7537'] }, rules).ok;
    expect([judge('/api/v1/vms'), judge('/api/v12')]).toEqual([true, false]);
  });

  it.each(['OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', ''])('%j is refused with 405', (method) => {
    expect(judgeRequest({ method, target: '/', rawHeaders: ['Host', 'localhost:7537'] }, rules)).toMatchObject({
      status: 405,
    });
  });

  it.each([
    '/_next/image?url=%2Fx.svg&w=64&q=75',
    '/_next/image',
    '/_next/webpack-hmr',
    '/__nextjs_original-stack-frames',
  ])('%s is not there (T-46, T-47)', (target) => {
    expect(get('localhost:7537', target)).toMatchObject({ status: 404 });
  });
});

describe('isPublic', () => {
  it.each([
    ['GET', '/login', true],
    ['GET', '/welcome', true],
    ['HEAD', '/login', true],
    ['POST', '/login', false],
    ['POST', '/welcome', false],
    ['GET', '/_next/static/chunks/a.js', true],
    ['POST', '/api/auth/sign-in/username', true],
    ['GET', '/favicon.svg', true],
    ['GET', '/', false],
    ['GET', '/vms', false],
    ['GET', '/login/x', false],
    ['GET', '/logins', false],
    ['GET', '/_next/data/x/vms.json', false],
    ['GET', '/api/v1/vms', false],
    ['GET', '/api/authx', false],
    ['PUT', '/upload/library/a.iso', false],
  ])('%s %s: %s', (method, path, expected) => expect(isPublic(method, path, false)).toBe(expected));
});

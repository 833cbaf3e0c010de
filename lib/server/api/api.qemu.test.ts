import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareSpec, TestHome } from '../../core/testing/kit';
import type { RunningVmm } from '../../core/create-vmm';
import { endpointList } from '../../shared/api/table';
import { ANNA, startApi } from '../testing/api-server';
import { etagOf } from './etag';

const home = new TestHome();
let core: RunningVmm;
let server: Awaited<ReturnType<typeof startApi>>;
let closed: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  core = await home.open();
  server = await startApi(home.root, core, async () => ({ session: ANNA, via: 'local' }));
  closed = await startApi(home.root, core, async () => null);
});
afterAll(async () => {
  await server.close();
  await closed.close();
  await home.destroy();
});

/** An address that the route of a path fits. */
const addressOf = (path: string) => `/api/v1${path.replace(/\{\w+\}/g, () => randomUUID())}`;

describe('the interface', () => {
  it.each(endpointList())('$method $path asks who is there first (T-40)', async ({ method, path }) => {
    for (const target of [addressOf(path), `${addressOf(path)}?x=1`, `${addressOf(path)}/`]) {
      const answer = await closed.send(method, target, { headers: { 'x-middleware-subrequest': 'middleware' } });
      expect([answer.status, answer.json()]).toEqual([
        401,
        { error: { code: 'unauthorized', message: 'Sign in first.' } },
      ]);
    }
  });

  it('knows what it does not have, and what it takes', async () => {
    expect((await server.send('GET', '/api/v1/nothing')).status).toBe(404);
    expect((await server.send('GET', '/api/v1/vms/')).status).toBe(404);
    const wrong = await server.send('PUT', '/api/v1/vms');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST']);
    const options = await server.send('OPTIONS', '/api/v1/vms/a');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS, PATCH']);
    const head = await server.send('HEAD', '/api/v1/vms');
    expect([head.status, head.body, head.headers.get('content-type')]).toEqual([200, '', 'application/json']);
  });

  it('refuses unknown and doubled query keys, and bodies that are no JSON', async () => {
    const messages = [
      await server.send('GET', '/api/v1/vms?colour=red'),
      await server.send('GET', '/api/v1/vms?q=a&q=b'),
      await server.send('GET', '/api/v1/vms?__proto__=1'),
      await server.send('POST', '/api/v1/vms', { body: '{}', headers: { 'content-type': 'text/plain' } }),
      await server.send('POST', '/api/v1/vms', { body: '{', headers: { 'content-type': 'application/json' } }),
      await server.send('POST', '/api/v1/host/refresh', { body: '{}' }),
    ].map(({ status, json }) => [status, (json() as { error: { message: string } }).error.message]);
    expect(messages).toEqual([
      [400, 'Unrecognized key: "colour"'],
      [400, '“q” is given twice. Give it once.'],
      [400, 'Unrecognized key: "__proto__"'],
      [400, 'The request must have the content type application/json.'],
      [400, 'The request is no JSON.'],
      [400, 'This address takes no body. Send the request without one.'],
    ]);
  });
});

describe('a VM', () => {
  it('is made, changed, started and deleted through the client', async () => {
    const { client } = server;
    const made = await client.call('createVm', { body: { name: 'rest-1', spec: bareSpec(), start: false } });
    expect(made).toMatchObject({ name: 'rest-1', status: 'stopped', revision: 1 });
    const changed = await client.call('updateVm', { params: { name: 'rest-1' }, body: { notes: 'hello' } });
    expect(changed).toMatchObject({ notes: 'hello', revision: 2 });
    expect(await client.call('powerVm', { params: { name: 'rest-1', verb: 'start' } })).toMatchObject({
      status: 'running',
    });
    expect((await client.call('listVms', { query: { status: 'running' } })).items).toHaveLength(1);
    await client.call('powerVm', { params: { name: 'rest-1', verb: 'force-off' } });
    await client.call('removeVm', { params: { name: 'rest-1' } });
    await expect(client.call('getVm', { params: { name: 'rest-1' } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not changed by who knows an older one (REL-10)', async () => {
    await server.client.call('createVm', { body: { name: 'rest-2', spec: bareSpec(), start: false } });
    const first = await server.send('GET', '/api/v1/vms/rest-2');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toBe(etagOf('revision', first.json()));
    expect((await server.send('GET', '/api/v1/vms/rest-2', { headers: { 'if-none-match': etag } })).status).toBe(304);
    const change = (notes: string) =>
      server.send('PATCH', '/api/v1/vms/rest-2', {
        body: JSON.stringify({ notes }),
        headers: { 'content-type': 'application/json', 'if-match': etag },
      });
    expect((await change('first')).status).toBe(200);
    const late = await change('second');
    expect([late.status, late.json()]).toMatchObject([412, { error: { code: 'precondition_failed' } }]);
    expect((await server.send('DELETE', '/api/v1/vms/rest-2', { headers: { 'if-match': etag } })).status).toBe(412);
    expect((await server.send('GET', '/api/v1/vms/rest-2', { headers: { 'if-none-match': etag } })).status).toBe(200);
    expect((await server.send('DELETE', '/api/v1/vms/rest-2', { headers: { 'if-match': '*' } })).status).toBe(204);
  });
});

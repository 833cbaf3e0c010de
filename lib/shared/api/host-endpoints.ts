/** Routes of the host, of Skep itself and of who asks. */
import { z } from 'zod';
import { settings, settingsPatch } from '../settings';
import type { Endpoint } from './endpoint';
import { hostView } from './views';

export const hostEndpoints = {
  getHost: {
    method: 'GET',
    path: '/host',
    tag: 'host',
    summary: 'Show what the host offers',
    status: 200,
    result: hostView,
    etag: 'content',
  },
  refreshHost: {
    method: 'POST',
    path: '/host/refresh',
    tag: 'host',
    summary: 'Look at QEMU and the accelerators again',
    status: 200,
    result: hostView,
  },
  getSettings: {
    method: 'GET',
    path: '/settings',
    tag: 'host',
    summary: 'Show the settings',
    status: 200,
    result: settings,
    etag: 'content',
  },
  updateSettings: {
    method: 'PATCH',
    path: '/settings',
    tag: 'host',
    summary: 'Change settings',
    description: 'What is left out stays as it is.',
    body: settingsPatch,
    status: 200,
    result: settings,
    etag: 'content',
    ifMatch: 'content',
  },
  getMe: {
    method: 'GET',
    path: '/me',
    tag: 'access',
    summary: 'Tell who asks',
    status: 200,
    result: z.object({
      name: z.string(),
      via: z
        .enum(['session', 'token', 'local'])
        .describe('How they proved it: a browser’s session, a token, the socket.'),
    }),
  },
  makeTicket: {
    method: 'POST',
    path: '/tickets',
    tag: 'access',
    summary: 'Get a ticket that opens one WebSocket within 30 seconds',
    description: 'It is sent as a subprotocol: `Sec-WebSocket-Protocol: skep, ticket.…`',
    body: z.strictObject({
      kind: z.enum(['events', 'vnc', 'serial']),
      vmId: z.string().max(64).nullable().describe('null for events.'),
    }),
    status: 200,
    result: z.object({ ticket: z.string() }),
    errors: ['not_found'],
  },
  watchEvents: {
    method: 'GET',
    path: '/events',
    tag: 'host',
    summary: 'Follow everything that changes, as server-sent events',
    description:
      'First a “snapshot” of everything, then one event for each change with the whole changed object; the id of an event is its revision. An “alive” event comes every 5 seconds.',
    status: 200,
    format: 'stream',
  },
} as const satisfies Record<string, Endpoint>;

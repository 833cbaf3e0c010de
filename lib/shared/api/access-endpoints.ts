/** Routes of who asks, and of their keys. */
import { z } from 'zod';
import { tokenCreate, tokenId } from '../token';
import { PAGING, pageOf, type Endpoint } from './endpoint';
import { newToken, tokenView } from './views';

export const accessEndpoints = {
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
  listTokens: {
    method: 'GET',
    path: '/tokens',
    tag: 'access',
    summary: 'List your tokens, newest first',
    query: z.strictObject(PAGING),
    status: 200,
    result: pageOf(tokenView),
  },
  createToken: {
    method: 'POST',
    path: '/tokens',
    tag: 'access',
    summary: 'Make a token',
    description: 'The answer has the token itself, this once. A token makes no further tokens.',
    body: tokenCreate,
    status: 201,
    result: newToken,
    location: '/tokens/{id}',
    errors: ['already_exists', 'wrong_state'],
  },
  revokeToken: {
    method: 'DELETE',
    path: '/tokens/{id}',
    tag: 'access',
    summary: 'Revoke a token; what it holds open closes',
    params: z.strictObject({ id: tokenId }),
    status: 204,
    errors: ['not_found'],
  },
} as const satisfies Record<string, Endpoint>;

/** The interface's description of itself. */
import { z } from 'zod';
import type { Endpoint } from './endpoint';

export const aboutEndpoints = {
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    tag: 'about',
    summary: 'Describe this interface as an OpenAPI document',
    status: 200,
    result: z.looseObject({ openapi: z.string() }),
    etag: 'content',
  },
} as const satisfies Record<string, Endpoint>;

/** Params, query and body of a request, parsed by the schemas of its route. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Endpoint } from '../../shared/api/endpoint';
import { AppError } from '../../shared/errors';
import { parse } from '../../shared/parse';

export interface ReadRequest {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** @throws AppError `invalid_input` */
export async function readRequest(
  endpoint: Endpoint,
  params: Record<string, string>,
  req: IncomingMessage,
): Promise<ReadRequest> {
  return {
    params: endpoint.params && parse(endpoint.params, params),
    query: readQuery(endpoint, req.url ?? ''),
    body: await readBody(endpoint, req),
  };
}

function readQuery(endpoint: Endpoint, target: string): unknown {
  const start = target.indexOf('?');
  const values = new URLSearchParams(start === -1 ? '' : target.slice(start));
  const given: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, value] of values) {
    if (key in given) throw new AppError('invalid_input', `“${key}” is given twice. Give it once.`);
    given[key] = value;
  }
  const query = parse(endpoint.query ?? z.strictObject({}), { ...given });
  return endpoint.query ? query : undefined;
}

/** Only what says that it is JSON: a form of another site cannot say so without asking first (T-42). */
async function readBody(endpoint: Endpoint, req: IncomingMessage): Promise<unknown> {
  const isEmpty = Number(req.headers['content-length'] ?? 0) === 0 && req.headers['transfer-encoding'] === undefined;
  if (!endpoint.body) {
    if (isEmpty) return undefined;
    throw new AppError('invalid_input', 'This address takes no body. Send the request without one.');
  }
  const type = req.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new AppError('invalid_input', 'The request must have the content type application/json.');
  return parse(endpoint.body, parseJson(await readText(req)));
}

/** The gate has limited how long it is. */
async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_input', 'The request is no JSON.');
  }
}

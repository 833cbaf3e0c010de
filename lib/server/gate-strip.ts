import type { IncomingMessage } from 'node:http';

/**
 * Headers by which a browser could speak to Next or to Skep as if it were a proxy or Next itself (T-40, T-44).
 * `content-security-policy` is how the gate hands Next its nonce.
 */
const OURS =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-nextjs-.*|x-invoke-.*|x-matched-path|x-skep-.*|content-security-policy.*)$/;

/** Removes from a request what only the server itself may say. */
export function stripHeaders(req: IncomingMessage): void {
  for (const name of Object.keys(req.headers)) if (OURS.test(name)) delete req.headers[name];
  const kept = req.rawHeaders.filter((_, i) => !OURS.test(req.rawHeaders[i - (i % 2)]?.toLowerCase() ?? ''));
  req.rawHeaders.splice(0, req.rawHeaders.length, ...kept);
}

import type { ErrorBody } from '@/lib/shared/errors';

export type AuthAnswer = { ok: true } | { ok: false; error: ErrorBody; retryAfterSeconds: number | null };

const NO_ANSWER: ErrorBody = {
  code: 'internal',
  message: 'Skep does not answer. Check that it runs, then try again.',
};

/** Asks an endpoint below /api/auth. The session comes and goes as a cookie, which pages cannot read. */
export async function postAuth(endpoint: string, body: object): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/api/auth/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
    });
    if (response.ok) return { ok: true };
    const seconds = Number(response.headers.get('retry-after'));
    const { error } = (await response.json()) as { error: ErrorBody };
    return { ok: false, error, retryAfterSeconds: response.status === 429 && seconds > 0 ? seconds : null };
  } catch {
    return { ok: false, error: NO_ANSWER, retryAfterSeconds: null };
  }
}

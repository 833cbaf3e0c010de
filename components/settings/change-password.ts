import type { ErrorBody } from '@/lib/shared/errors';

/**
 * Changes the password of whoever is signed in. All other sessions end.
 *
 * @returns null when it is changed
 */
export async function changePassword(currentPassword: string, newPassword: string): Promise<ErrorBody | null> {
  try {
    const response = await fetch('/api/auth/change-password', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ currentPassword, newPassword }),
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error: ErrorBody };
    return error;
  } catch {
    return { code: 'internal', message: 'Skep did not answer, so the password may be unchanged. Try again.' };
  }
}

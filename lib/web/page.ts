import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { SessionView } from '../core/types';
import { PATHS } from '../shared/paths';
import { vmm } from '../vmm';

/** The session of the present request, or null; read once per request. */
export const currentSession = cache(async (): Promise<SessionView | null> => {
  const cookie = (await headers()).get('cookie');
  return cookie ? vmm().auth.session(new Headers({ cookie })) : null;
});

/**
 * The first line of every page but sign-in: who looks at it.
 *
 * Checked again behind the gate, because a check in front of the pages can be walked around (T-40). Without a
 * session the browser is sent to the sign-in page.
 */
export async function requirePage(): Promise<SessionView> {
  return (await currentSession()) ?? redirect(PATHS.login);
}

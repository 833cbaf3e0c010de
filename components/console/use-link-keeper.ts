'use client';

import { useEffect, useState } from 'react';
import { useConnection } from '../live/live-hooks';
import { onWake } from '../live/wake';
import type { ConsoleLink, LinkState } from './console-link';

/**
 * Hurries a console's connection when something says that the server is back. A console that is quiet cannot
 * notice a dead line by itself; the page's events socket can, so what was open before that one was lost is renewed.
 *
 * @param link null while no connection is wanted
 * @param state the link's own idea of itself
 * @returns what to show: a link from before the line was lost is not shown as connected
 */
export function useLinkKeeper(link: ConsoleLink | null, state: LinkState): LinkState {
  const connection = useConnection();
  const [lostToken, setLostToken] = useState<number | null>(null);
  useEffect(() => {
    if (!link) return;
    if (connection === 'lost') setLostToken((token) => token ?? link.token);
    if (connection !== 'live' || lostToken === null) return;
    link.renew(lostToken);
    setLostToken(null);
  }, [connection, link, lostToken]);
  useEffect(() => (link ? onWake(() => link.nudge()) : undefined), [link]);
  const isDoubtful = link !== null && lostToken === link.token && state.phase === 'connected';
  return isDoubtful ? { phase: 'reconnecting', reason: null } : state;
}

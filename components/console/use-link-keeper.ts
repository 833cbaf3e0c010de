'use client';

import { useEffect, useRef } from 'react';
import { useConnection } from '../live/live-hooks';
import { onWake } from '../live/wake';
import type { ConsoleLink } from './console-link';

/**
 * Hurries a console's connection when something says that the server is back. A console that is quiet cannot
 * notice a dead line by itself; the page's events socket can, so what was open before that one was lost is renewed.
 */
export function useLinkKeeper(link: ConsoleLink | null): void {
  const connection = useConnection();
  const lostToken = useRef<number | null>(null);
  useEffect(() => {
    if (!link) return;
    if (connection === 'lost') lostToken.current ??= link.token;
    if (connection !== 'live') return;
    if (lostToken.current !== null) link.renew(lostToken.current);
    lostToken.current = null;
  }, [connection, link]);
  useEffect(() => (link ? onWake(() => link.nudge()) : undefined), [link]);
}

'use client';

import { createContext, useEffect, useState, type ReactNode } from 'react';
import type { LiveSnapshot } from '@/lib/shared/events';
import { ConnectionBanner } from './ConnectionBanner';
import { KeptProvider } from './Kept';
import { LiveConnection } from './live-connection';
import { LiveStore } from './live-store';
import { fetchTicket, socketUrl, ticketProtocols } from './ticket';
import { onWake } from './wake';

export const LiveContext = createContext<LiveStore | null>(null);

/**
 * Gives everything below it the live state (see `live-hooks.ts`) and keeps the page's one events socket.
 *
 * @param initial the snapshot that the page was delivered with: the first paint is complete without a socket
 */
export function LiveProvider({ initial, children }: { initial: LiveSnapshot; children: ReactNode }) {
  const [store] = useState(() => new LiveStore(initial));
  useEffect(() => {
    const connection = new LiveConnection(store, {
      fetchTicket: () => fetchTicket('events', null),
      openSocket: (ticket) => new WebSocket(socketUrl('/ws/events'), ticketProtocols(ticket)),
    });
    const goOffline = () => connection.offline();
    const unsubscribe = onWake(() => connection.wake());
    window.addEventListener('offline', goOffline);
    connection.start();
    return () => {
      window.removeEventListener('offline', goOffline);
      unsubscribe();
      connection.stop();
    };
  }, [store]);
  return (
    <LiveContext value={store}>
      <KeptProvider>{children}</KeptProvider>
      <ConnectionBanner />
    </LiveContext>
  );
}

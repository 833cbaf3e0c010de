/**
 * GET /api/v1/events: all that changes, as server-sent events.
 *
 *   event: vm          the type of the event
 *   id: 8              its revision, where it has one
 *   data: {"type":"vm","rev":8,"vm":{…}}
 *
 * A new connection begins with a snapshot, so `Last-Event-ID` has nothing to ask for.
 */
import type { SessionView, Vmm } from '../../core/types';
import type { ServerEvent } from '../../shared/events';
import { isSessionOver } from '../ws-registry';
import type { Stream } from './call';

/** A reader with this much unread is hung up on; it comes back and gets a fresh snapshot, which is shorter. */
const SLOW_BYTES = 4 * 1024 * 1024;
const ALIVE_MS = 5000;

/** @returns what writes events until the reader leaves, or its session ends */
export function streamEvents(vmm: Pick<Vmm, 'live' | 'auth'>, session: SessionView): Stream {
  return (res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
    if (res.req.method === 'HEAD') return void res.end();
    const say = (event: ServerEvent) => {
      if (res.writableLength > SLOW_BYTES) res.destroy();
      else if (!res.destroyed) res.write(toText(event));
    };
    const unsubscribe = vmm.live.subscribe(say);
    const alive = setInterval(() => say({ type: 'alive' }), ALIVE_MS);
    const stopWatching = vmm.auth.onSessionEnd((end) => {
      if (isSessionOver(end, session)) res.end();
    });
    res.once('close', () => {
      clearInterval(alive);
      unsubscribe();
      stopWatching();
    });
  };
}

/** One event as text. Pure. */
export function toText(event: ServerEvent): string {
  const id = 'rev' in event ? `id: ${event.rev}\n` : '';
  return `event: ${event.type}\n${id}data: ${JSON.stringify(event)}\n\n`;
}

/** Tells one browser everything that changes, and that the line is alive. */
import type { WebSocket } from 'ws';
import type { LiveService } from '../core/types';
import type { ServerEvent } from '../shared/events';

/** A browser with this much unread is hung up on; it comes back and gets a fresh snapshot, which is shorter. */
const SLOW_BYTES = 4 * 1024 * 1024;
/** The browser calls 12 s of silence a dead line. */
const ALIVE_MS = 5000;

/** Events as JSON. Subscribers are given the same object, so each is turned into text once for all of them. */
export function eventText(): (event: ServerEvent) => string {
  const known = new WeakMap<ServerEvent, string>();
  return (event) => {
    const text = known.get(event) ?? JSON.stringify(event);
    known.set(event, text);
    return text;
  };
}

/** Subscribes a browser until it leaves. */
export function serveEvents(ws: WebSocket, live: LiveService, toText: (event: ServerEvent) => string): void {
  const say = (event: ServerEvent) => {
    if (ws.bufferedAmount > SLOW_BYTES) ws.terminate();
    else if (ws.readyState === ws.OPEN) ws.send(toText(event));
  };
  const unsubscribe = live.subscribe(say);
  const alive = setInterval(() => say({ type: 'alive' }), ALIVE_MS);
  ws.on('close', () => {
    clearInterval(alive);
    unsubscribe();
  });
}

/** Shows one VM's serial port to one browser; see `shared/serial-protocol.ts` for what is said. */
import type { WebSocket } from 'ws';
import type { SerialPort, SerialViewer } from '../core/types';
import { CLOSE } from '../shared/events';
import { serialAck, type SerialControl } from '../shared/serial-protocol';
import { bytesOf, cut } from './ws-tools';

/** Joins a browser to the port until one of them leaves. */
export function serveSerial(
  ws: WebSocket,
  port: SerialPort,
  from: { epoch: string; offset: number } | undefined,
): void {
  /** Offsets up to which bytes were sent, and shown by the browser. */
  let sent = 0;
  let shown = 0;
  const say = (control: SerialControl) => ws.send(JSON.stringify(control));
  const goTo = (offset: number) => (sent = shown = offset);
  const viewer: SerialViewer = {
    onHello: (hello) => {
      goTo(hello.offset);
      say({ type: 'hello', ...hello });
    },
    onData: (bytes) => {
      sent += bytes.length;
      ws.send(bytes);
    },
    onSkip: (skip) => {
      goTo(skip.offset);
      say({ type: 'skip', ...skip });
    },
    onEnd: () => ws.close(CLOSE.vmStopped, 'The serial port is gone.'),
    pendingBytes: () => Math.max(sent - shown, ws.bufferedAmount),
  };
  const member = port.join(viewer, from);
  ws.on('message', (data, isBinary) => {
    if (isBinary) return member.write(bytesOf(data));
    const ack = parseAck(bytesOf(data));
    if (ack === null) return cut(ws, CLOSE.badMessage, 'Only input and acknowledgements are spoken here.');
    shown = Math.max(shown, Math.min(ack, sent));
    member.drained();
  });
  ws.on('close', () => member.leave());
}

function parseAck(bytes: Uint8Array): number | null {
  try {
    return serialAck.parse(JSON.parse(Buffer.from(bytes).toString())).offset;
  } catch {
    return null;
  }
}

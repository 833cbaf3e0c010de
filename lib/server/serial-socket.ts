/** Shows one VM's serial port to one browser; see `shared/serial-protocol.ts` for what is said. */
import type { WebSocket } from 'ws';
import type { SerialPort, SerialViewer } from '../core/types';
import { CLOSE } from '../shared/events';
import type { SerialControl } from '../shared/serial-protocol';
import { bytesOf, cut } from './ws-tools';

/** Joins a browser to the port until one of them leaves. */
export function serveSerial(
  ws: WebSocket,
  port: SerialPort,
  from: { epoch: string; offset: number } | undefined,
): void {
  const say = (control: SerialControl) => ws.send(JSON.stringify(control));
  let drained = () => {};
  const viewer: SerialViewer = {
    onHello: ({ epoch, offset, lost }) => say({ type: 'hello', epoch, offset, lost }),
    onData: (bytes) => ws.send(bytes, () => drained()),
    onSkip: ({ offset, lost }) => say({ type: 'skip', offset, lost }),
    onEnd: () => ws.close(CLOSE.vmStopped, 'The serial port is gone.'),
    pendingBytes: () => ws.bufferedAmount,
  };
  const member = port.join(viewer, from);
  drained = member.drained;
  ws.on('message', (data, isBinary) => {
    if (isBinary) member.write(bytesOf(data));
    else cut(ws, CLOSE.badMessage, 'Only binary messages are spoken here.');
  });
  ws.on('close', () => member.leave());
}

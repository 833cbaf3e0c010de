/**
 * One browser's connection to a VM's VNC socket.
 *
 *   browser ──ws──▶ VncFilter ──▶ QEMU          unread by QEMU > 256 KiB: cut
 *   browser ◀──ws── (1 MiB at most) ◀── QEMU    browser slow: only this connection to QEMU pauses; 60 s: cut
 */
import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { CLOSE } from '../shared/events';
import { VncFilter, VncViolation } from './vnc-filter';
import { bytesOf, cut } from './ws-tools';

/** Unsent bytes at which QEMU is no longer read, and at which it is read again. With a chunk on top far below 4 MB. */
const PAUSE_BYTES = 1024 * 1024;
const RESUME_BYTES = 256 * 1024;
/** Input that QEMU may leave unread. A person cannot type that much; QEMU hangs or the browser floods. */
const INPUT_BYTES = 256 * 1024;
export const FROZEN_MS = 60_000;

export interface VncBridgeOptions {
  ws: WebSocket;
  connect: () => Promise<Socket>;
  viewOnly: boolean;
  frozenMs?: number;
}

/**
 * Joins a browser and QEMU until one of them leaves.
 *
 * @throws what `connect` throws; the WebSocket is then the caller's to close
 */
export async function bridgeVnc({ ws, connect, viewOnly, frozenMs = FROZEN_MS }: VncBridgeOptions): Promise<void> {
  const filter = new VncFilter({ viewOnly, allowCutText: false });
  const peer: { qemu?: Socket } = {};
  // Before the first wait: nothing that the browser says may be missed.
  ws.on('message', (data, isBinary) => fromBrowser(ws, peer.qemu, filter, data, isBinary));
  const qemu = await connect();
  // First of all: a socket without an error listener would end Skep.
  qemu.on('error', () => {});
  if (ws.readyState !== ws.OPEN) {
    qemu.destroy();
    return;
  }
  peer.qemu = qemu;
  toBrowser(ws, qemu, frozenMs);
}

function fromBrowser(
  ws: WebSocket,
  qemu: Socket | undefined,
  filter: VncFilter,
  data: RawData,
  isBinary: boolean,
): void {
  try {
    if (!isBinary) throw new VncViolation('Only binary messages are spoken here.');
    // In RFB the server speaks first.
    if (!qemu) throw new VncViolation('The client spoke before the server.');
    const passed = filter.push(bytesOf(data));
    if (passed.length > 0) qemu.write(Buffer.concat(passed));
    if (qemu.writableLength > INPUT_BYTES) cut(ws, CLOSE.slow, 'The display does not take input.');
  } catch (error) {
    if (!(error instanceof VncViolation)) throw error;
    cut(ws, CLOSE.badMessage, error.message);
  }
}

function toBrowser(ws: WebSocket, qemu: Socket, frozenMs: number): void {
  let frozen: NodeJS.Timeout | undefined;
  const resumeWhenSent = () => {
    if (!frozen || ws.bufferedAmount > RESUME_BYTES) return;
    clearTimeout(frozen);
    frozen = undefined;
    qemu.resume();
  };
  qemu.on('data', (bytes: Buffer) => {
    ws.send(bytes, resumeWhenSent);
    if (frozen || ws.bufferedAmount <= PAUSE_BYTES) return;
    qemu.pause();
    frozen = setTimeout(() => ws.terminate(), frozenMs);
  });
  qemu.on('close', () => {
    if (ws.readyState === ws.OPEN) ws.close(CLOSE.vmStopped, 'The display is gone.');
  });
  ws.on('close', () => {
    clearTimeout(frozen);
    qemu.destroy();
  });
}

import type { SerialPort } from '../../core/types';

/** All that a serial port still has, read once. */
export function readSerial(port: SerialPort): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let missing = 0;
    let isDone = false;
    const finish = () => {
      if (isDone) return;
      isDone = true;
      // The port may call back before `join` has returned.
      queueMicrotask(() => membership.leave());
      resolve(Buffer.concat(chunks));
    };
    const membership = port.join({
      onHello: ({ offset, end }) => {
        missing = end - offset;
        if (missing <= 0) finish();
      },
      onData: (bytes) => {
        if (isDone) return;
        chunks.push(Buffer.from(bytes.subarray(0, missing)));
        missing -= bytes.length;
        if (missing <= 0) finish();
      },
      onSkip: finish,
      onEnd: finish,
      pendingBytes: () => 0,
    });
  });
}

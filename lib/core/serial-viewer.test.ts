/** Both ends of a serial console together: the hub, and the stream that a viewer follows it with. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SerialStream, type Shown } from '../shared/serial-stream';
import { SerialHub } from './serial-hub';

describe('a viewer', () => {
  it('joins a port again and again without a gap or a double', () => {
    const steps = fc.array(fc.oneof(fc.constant('drop' as const), fc.integer({ min: 1, max: 700 })), { maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 700, max: 3000 }), (list, ringBytes) => {
        const hub = new SerialHub('e', () => {}, ringBytes);
        const stream = new SerialStream();
        const seen: number[] = [];
        let lost = 0;
        let said = 0;
        const take = (shown: Shown[]) => {
          for (const s of shown) if (s.kind === 'bytes') seen.push(...s.bytes);
        };
        const join = () =>
          hub.join(
            {
              onHello: (h) => ((lost += h.lost), take(stream.control({ type: 'hello', ...h }))),
              onData: (bytes) => take(stream.data(bytes)),
              onSkip: () => expect.fail('this viewer is never slow'),
              onEnd: () => {},
              pendingBytes: () => 0,
            },
            stream.from,
          );
        let member: ReturnType<typeof join> | undefined;
        for (const step of list) {
          if (step === 'drop') {
            if (member) member.leave();
            member = member ? undefined : join();
          } else {
            hub.push(Uint8Array.from({ length: step }, (_, i) => (said + i) & 0xff));
            said += step;
          }
        }
        member ??= join();
        expect(seen.length + lost).toBe(said);
        expect(seen.at(-1)).toBe(said === 0 ? undefined : (said - 1) & 0xff);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../shared/errors';
import { isLifecycleEvent, parseEvent } from './qmp-events';
import { LineSplitter, MAX_DEPTH, parseLine } from './qmp-wire';

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    const line = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, ' ').trim());
    const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), cuts, (lines, at) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\r\n`).join(''));
        const places = [0, ...at.map((n) => Math.min(n, bytes.length)).sort((a, b) => a - b), bytes.length];
        const splitter = new LineSplitter();
        const got = places.slice(1).flatMap((end, i) => splitter.push(bytes.subarray(places[i], end)));
        expect(got).toEqual(lines.map((text) => Buffer.from(text).toString()).filter(Boolean));
      }),
    );
  });

  it('keeps no more than its limit', () => {
    const splitter = new LineSplitter(10);
    expect(splitter.push(Buffer.from('0123456789\n01234'))).toEqual(['0123456789']);
    expect(splitter.push(Buffer.from('56789\n'))).toEqual(['0123456789']);
    expect(() => splitter.push(Buffer.from('0123456789a'))).toThrow();
  });
});

describe('parseLine', () => {
  it('reads any bytes as a message, or refuses them with an AppError', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map((json) => `{"return":${json},"id":1}`),
    );
    fc.assert(
      fc.property(text, (line) => {
        try {
          return typeof parseLine(line).kind === 'string';
        } catch (error) {
          return isAppError(error);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts depth outside of strings only', () => {
    const brackets = '['.repeat(1000);
    expect(parseLine(`{"return": ${JSON.stringify(`"\\${brackets}`)}, "id": 1}`).kind).toBe('reply');
    const nested = (depth: number) => `{"id":1,"return":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(parseLine(nested(MAX_DEPTH - 1)).kind).toBe('reply');
    expect(() => parseLine(nested(MAX_DEPTH))).toThrow();
  });

  it('takes no name of Object.prototype for an event', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const message = parseLine(`{"event": "${name}"}`);
      expect(message).toEqual({ kind: 'event', name, data: {} });
      expect(parseEvent(name, {})).toEqual({ name: 'OTHER', event: name, data: {} });
      expect(isLifecycleEvent(name)).toBe(false);
    }
  });
});

describe('parseEvent', () => {
  it('names the disk of an I/O error, whose device is empty with -blockdev', () => {
    const data = {
      device: '',
      'node-name': 'disk0',
      operation: 'write',
      action: 'stop',
      nospace: true,
      reason: 'No space left',
    };
    expect(parseEvent('BLOCK_IO_ERROR', data)).toEqual({
      name: 'BLOCK_IO_ERROR',
      data: { nodeName: 'disk0', operation: 'write', action: 'stop', nospace: true, reason: 'No space left' },
    });
  });

  it('turns what does not fit into OTHER', () => {
    expect(parseEvent('SHUTDOWN', { guest: 'yes' })).toEqual({
      name: 'OTHER',
      event: 'SHUTDOWN',
      data: { guest: 'yes' },
    });
    expect(parseEvent('VNC_CONNECTED', { server: {} })).toMatchObject({ name: 'OTHER', event: 'VNC_CONNECTED' });
  });
});

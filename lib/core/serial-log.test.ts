import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SerialHub } from './serial-hub';
import { keepSerialLog, readSerialLog } from './serial-log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync('/tmp/skep-serial-log-');
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (text: string) => Buffer.from(text);

describe('the serial log', () => {
  it('keeps what was said before and after it joined, in order, for its owner alone', async () => {
    const hub = new SerialHub('e', () => {});
    hub.push(bytes('one '));
    const log = keepSerialLog(hub, folder, 'started');
    hub.push(bytes('two '));
    await log.settled();
    hub.push(bytes('\u001b[31mthree'));
    hub.end();
    await log.settled();
    expect(await readSerialLog(folder)).toBe('\n--- started ---\none two three');
    expect(statSync(join(folder, 'serial.log')).mode & 0o777).toBe(0o600);
  });

  it('goes on at the next start', async () => {
    for (const word of ['first', 'second']) {
      const hub = new SerialHub('e', () => {});
      const log = keepSerialLog(hub, folder, word);
      hub.push(bytes(`${word} boot\n`));
      await log.settled();
    }
    expect(await readSerialLog(folder)).toBe('\n--- first ---\nfirst boot\n\n--- second ---\nsecond boot\n');
  });

  it('never grows beyond two files, and keeps the newest', async () => {
    const hub = new SerialHub('e', () => {});
    const log = keepSerialLog(hub, folder, 'x', 1000);
    for (let n = 0; n < 100; n++) {
      hub.push(bytes(`line ${n} ${'.'.repeat(90)}\n`));
      await log.settled();
    }
    const sizes = ['serial.log', 'serial.log.1'].map((file) => statSync(join(folder, file)).size);
    expect(Math.max(...sizes)).toBeLessThan(1200);
    const lines = (await readSerialLog(folder)).trimEnd().split('\n');
    expect(lines.at(-1)).toContain('line 99 ');
    expect(lines.map((line) => Number(line.split(' ')[1]))).toEqual(lines.map((_, i) => 100 - lines.length + i));
  });

  it('says what it lost when it was too slow or could not write', async () => {
    const hub = new SerialHub('e', () => {}, 2000);
    hub.push(bytes('a'.repeat(5000)));
    const log = keepSerialLog(hub, folder, 'x');
    await log.settled();
    expect(await readSerialLog(folder)).toContain('--- 3000 bytes lost ---');
  });

  it('follows no link that was planted in the folder', async () => {
    const target = join(folder, 'target');
    symlinkSync(target, join(folder, 'serial.log'));
    const hub = new SerialHub('e', () => {});
    const log = keepSerialLog(hub, folder, 'x');
    hub.push(bytes('secret'));
    await log.settled();
    expect(() => readFileSync(target)).toThrow('ENOENT');
    expect(await readSerialLog(folder)).toBe('');
  });
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPlatform, checkQemuVersion, findMissing } from './host.mjs';
import { adviceForUser, adviceWithoutManager } from './packages.mjs';
import { installCommands } from './distribution.mjs';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'skep-host-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function addProgram(name, prints) {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${prints}"\n`);
  chmodSync(join(folder, name), 0o755);
}

describe('checkPlatform', () => {
  it.each(['20.19.0', '22.1.0', '24.0.1'])('accepts Node.js %s', (version) => {
    expect(() => checkPlatform('linux', version)).not.toThrow();
  });

  it('says what is too old and what is needed', () => {
    expect(() => checkPlatform('linux', '18.19.1')).toThrow('Skep needs Node.js 20.19 or newer; this is 18.19.1.');
    expect(() => checkPlatform('darwin', '22.1.0')).toThrow('Skep runs on Linux only');
  });
});

describe('findMissing', () => {
  it('looks into SKEP_QEMU_DIR instead of PATH', () => {
    expect(findMissing({ SKEP_QEMU_DIR: folder })).toEqual(expect.arrayContaining(['qemu-system-x86_64', 'qemu-img']));
    addProgram('qemu-img', 'qemu-img version 7.2.22');
    const missing = findMissing({ SKEP_QEMU_DIR: folder });
    expect(missing).toContain('qemu-system-x86_64');
    expect(missing).not.toContain('qemu-img');
  });

  it('does not take a folder or a file without the right to run it for a program', () => {
    writeFileSync(join(folder, 'qemu-img'), '');
    expect(findMissing({ SKEP_QEMU_DIR: folder })).toContain('qemu-img');
  });

  it('refuses a QEMU that is too old', () => {
    addProgram('qemu-system-x86_64', 'QEMU emulator version 6.2.0 (Debian 1:6.2)');
    expect(() => findMissing({ SKEP_QEMU_DIR: folder })).toThrow('is version 6.2.0; Skep needs 7.2 or newer.');
  });

  it('refuses a QEMU that does not say its version', () => {
    expect(() => checkQemuVersion('/opt/qemu-img', null)).toThrow('/opt/qemu-img --version does not answer');
  });
});

describe('the sentence for who may not install', () => {
  it('ends with the exact command', () => {
    const advice = adviceForUser(['ovmf'], installCommands('apt', ['ovmf']), 'Skep needs');
    expect(advice.split('\n').at(-1)).toBe(
      '  sudo apt-get update && sudo apt-get install -y --no-install-recommends ovmf',
    );
  });

  it('names what is needed where we do not know the package manager', () => {
    expect(adviceWithoutManager({ name: 'Gentoo' }, ['qemu-img', 'ovmf'], 'Skep needs')).toContain(
      'Skep needs: qemu-img, ovmf. Skep does not know the package manager of Gentoo',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { installCommands, packagesFor, parseOsRelease, sudoLine } from './distribution.mjs';

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n';

describe('parseOsRelease', () => {
  it.each([
    [DEBIAN, 'apt'],
    ['ID=ubuntu\nID_LIKE=debian', 'apt'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'apt'],
    ['ID=fedora', 'dnf'],
    ["ID='manjaro'\nID_LIKE='arch'", 'pacman'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"', 'zypper'],
    ['ID=gentoo', null],
    ['', null],
  ])('%j is installed with %s', (text, manager) => expect(parseOsRelease(text).manager).toBe(manager));

  it('keeps the name that people know', () => {
    expect(parseOsRelease(DEBIAN).name).toBe('Debian GNU/Linux 12 (bookworm)');
    expect(parseOsRelease('').name).toBe('Linux');
  });
});

describe('packagesFor', () => {
  it('names each package once, in the words of the distribution', () => {
    const needs = ['qemu-system-x86_64', 'qemu-img', 'ovmf', 'compiler'];
    expect(packagesFor(parseOsRelease(DEBIAN), [...needs, 'ovmf'])).toEqual([
      'qemu-system-x86',
      'qemu-utils',
      'ovmf',
      'python3',
      'make',
      'g++',
    ]);
    expect(packagesFor(parseOsRelease('ID=fedora'), ['ovmf'])).toEqual(['edk2-ovmf']);
    expect(packagesFor(parseOsRelease('ID=gentoo'), needs)).toEqual([]);
  });

  it("calls the browser what Ubuntu calls it, whose package has another name than Debian's", () => {
    expect(packagesFor(parseOsRelease('ID=ubuntu\nID_LIKE=debian'), ['chromium'])).toEqual(['chromium-browser']);
    expect(packagesFor(parseOsRelease(DEBIAN), ['chromium'])).toEqual(['chromium']);
  });
});

describe('the command to type', () => {
  it.each([
    ['apt', 'sudo apt-get update && sudo apt-get install -y --no-install-recommends ovmf'],
    ['dnf', 'sudo dnf install -y ovmf'],
    ['pacman', 'sudo pacman -S --needed --noconfirm ovmf'],
    ['zypper', 'sudo zypper --non-interactive install ovmf'],
  ])('of %s', (manager, line) => expect(sudoLine(installCommands(manager, ['ovmf']))).toBe(line));

  it('asks nothing when apt runs unattended', () => {
    expect(installCommands('apt', ['ovmf'])[1].env).toEqual({ DEBIAN_FRONTEND: 'noninteractive' });
  });
});

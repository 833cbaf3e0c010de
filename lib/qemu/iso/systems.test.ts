import { expect, it } from 'vitest';
import { systemIn } from './systems';

it.each<[string, string]>([
  ['Debian 12.5.0 amd64 n', 'Debian 12.5.0 linux x86_64'],
  ['Debian GNU/Linux 12.5.0 "Bookworm" - Official arm64 NETINST 20240210', 'Debian 12.5.0 linux arm64'],
  ['DEBIAN_CUSTOM', 'Debian - linux -'],
  ['Ubuntu-Server 24.04 LTS amd64', 'Ubuntu 24.04 LTS linux x86_64'],
  ['Ubuntu 23.10 amd64', 'Ubuntu 23.10 linux x86_64'],
  ['Linux Mint 21.3 "Virginia" - Release 64-bit', 'Linux Mint 21.3 linux -'],
  ['Kali Linux 2024.1 amd64 n', 'Kali Linux 2024.1 linux x86_64'],
  ['Fedora-S-dvd-x86_64-39', 'Fedora 39 linux x86_64'],
  ['Fedora-WS-Live-40-1-14', 'Fedora 40 linux -'],
  ['RHEL-9-3-0-BaseOS-x86_64', 'Red Hat Enterprise Linux 9.3 linux x86_64'],
  ['CentOS-Stream-9-BaseOS-x86_64', 'CentOS 9 linux x86_64'],
  ['Rocky-9-3-x86_64-dvd', 'Rocky Linux 9.3 linux x86_64'],
  ['AlmaLinux-9-3-x86_64-dvd', 'AlmaLinux 9.3 linux x86_64'],
  ['ARCH_202404', 'Arch Linux 2024.04 linux -'],
  ['alpine-std 3.19.1 x86_64', 'Alpine Linux 3.19.1 linux x86_64'],
  ['alpine-virt 3.19.1 x86', 'Alpine Linux 3.19.1 linux i386'],
  ['openSUSE-Leap-15.5-DVD-x86_6411.1', 'openSUSE Leap 15.5 linux x86_64'],
  ['nixos-minimal-23.11-x86_64', 'NixOS 23.11 linux x86_64'],
  ['14_0_RELEASE_AMD64_CD', 'FreeBSD 14.0 bsd x86_64'],
  ['OpenBSD/amd64   7.4 Install CD', 'OpenBSD 7.4 bsd x86_64'],
  ['OPNSENSE_INSTALL', 'OPNsense - bsd -'],
])('“%s” is %s', (line, words) => {
  const found = systemIn(line);
  expect(found && [found.system, found.version ?? '-', found.preset, found.architecture ?? '-'].join(' ')).toBe(words);
});

it.each(['', 'MY_DATA', 'CCCOMA_X64FRE_EN-US_DV9', 'a debian'])('“%s” says nothing', (line) => {
  expect(systemIn(line)).toBeNull();
});

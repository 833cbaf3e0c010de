import { describe, expect, it } from 'vitest';
import { userCommands } from './qemu-user.mjs';

const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nskep-vmx:x:7:7::/:/bin/sh\n';
const USER = 'skep-vm:x:999:995::/nonexistent:/usr/sbin/nologin\n';

describe('userCommands', () => {
  it('creates the user without a home and without a shell', () => {
    const [useradd, ...rest] = userCommands(PASSWD, 'root:x:0:\n');
    expect(useradd).toEqual(expect.arrayContaining(['useradd', '--system', '--no-create-home', '/usr/sbin/nologin']));
    expect(useradd.at(-1)).toBe('skep-vm');
    expect(rest).toEqual([]);
  });

  it('adds it to the group kvm where there is one', () => {
    expect(userCommands(PASSWD + USER, 'kvm:x:104:anna\n')).toEqual([
      ['usermod', '--append', '--groups', 'kvm', 'skep-vm'],
    ]);
  });

  it.each(['', 'kvm:x:104:anna,skep-vm\n'])('has nothing to do with group %j', (group) => {
    expect(userCommands(PASSWD + USER, group)).toEqual([]);
  });
});

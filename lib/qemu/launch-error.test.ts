import { describe, expect, it } from 'vitest';
import { causeOf, describeExit, launchError } from './launch-error';
import { asUser, lookUpRunAs, parsePasswd } from './run-as';

describe('causeOf', () => {
  it.each([
    [
      `Could not set up host forwarding rule 'tcp:127.0.0.1:2222-:22'`,
      'The host port 127.0.0.1:2222 is in use already.',
    ],
    ['Failed to get "write" lock\nIs another process using the image [/d]?', 'in use by another VM'],
    ["Could not open '/d.qcow2': No such file or directory", 'The file /d.qcow2 is missing.'],
    ["Could not open '/d.qcow2': Permission denied", 'QEMU may not open /d.qcow2.'],
    ['failed to initialize kvm: Permission denied', 'KVM does not work'],
    ["cannot set up guest memory 'pc.ram': Cannot allocate memory", 'too little free memory'],
    ['Image is not in qcow2 format', 'not a qcow2 image'],
    ['failed to find romfile "efi-virtio.rom"', 'efi-virtio.rom is missing'],
    ['setpriv: failed to execute /opt/q: No such file or directory', 'The program /opt/q is missing'],
  ])('explains %j', (log, sentence) => {
    expect(causeOf(log)).toContain(sentence);
  });

  it('explains nothing that it does not know', () => {
    expect(causeOf('the flux is too low')).toBeNull();
  });
});

describe('launchError', () => {
  it('keeps QEMU’s words, and has some when QEMU said nothing', () => {
    expect(launchError('the flux is too low\n', { code: 1, signal: null })).toMatchObject({
      code: 'qemu_failed',
      message: 'QEMU did not start. It ended with exit code 1.',
      details: 'the flux is too low',
    });
    expect(launchError('', { code: null, signal: 'SIGSYS' }).details).toContain('sandbox');
  });

  it('knows the signals that tell a cause', () => {
    expect(describeExit({ code: null, signal: 'SIGKILL' })).toContain('memory');
    expect(describeExit({ code: null, signal: 'SIGABRT' })).toContain('SIGABRT');
  });
});

describe('the user for QEMU', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nskep-vm:x:999:995::/home/skep-vm:/usr/sbin/nologin\nbroken:x\n';

  it('is read from passwd', () => {
    expect(parsePasswd(passwd, 'skep-vm')).toEqual({ user: 'skep-vm', uid: 999, gid: 995 });
    expect(parsePasswd(passwd, 'skep')).toBeNull();
    expect(parsePasswd(passwd, 'broken')).toBeNull();
  });

  it('is never root', () => {
    const found = lookUpRunAs();
    expect(process.getuid?.() === 0 ? found?.uid : 1).toBeGreaterThan(0);
  });

  it('wraps a command without changing its arguments', () => {
    const command = ['/usr/bin/qemu', '--', '-x', '', 'a b'];
    expect(asUser(null, command)).toEqual(command);
    expect(asUser({ user: 'u', uid: 5, gid: 6 }, command).slice(-6)).toEqual(['--', ...command]);
  });
});

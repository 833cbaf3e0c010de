import { describe, expect, it } from 'vitest';
import { allowedHosts } from './gate-hosts';

const rules = {
  boundAddress: '127.0.0.1',
  port: 7537,
  extra: [],
  interfaces: ['127.0.0.1', '192.168.1.2', '10.0.2.2'],
};

describe('allowedHosts', () => {
  it('is loopback only when Skep is bound to loopback', () => {
    expect([...allowedHosts(rules)]).toEqual(['localhost:7537', '127.0.0.1:7537', '[::1]:7537']);
  });

  it('takes every address of the machine when Skep is bound to all, but none that a guest sees (T-45)', () => {
    const interfaces = ['192.168.1.2', '10.0.2.2', '10.0.2.15', 'fe80::1%eth0', 'fec0::2', '2001:DB8::5'];
    const hosts = allowedHosts({ ...rules, boundAddress: '0.0.0.0', interfaces });
    expect([...hosts].slice(3)).toEqual(['192.168.1.2:7537', '[fe80::1]:7537', '[2001:db8::5]:7537']);
  });

  it('takes the names of the settings, with their own port when they have one', () => {
    const extra = ['Skep.LAN', 'proxy.example:443', '[fd00::1]', '[fd00::2]:8443', '10.0.2.2', '10.0.2.99:80'];
    expect([...allowedHosts({ ...rules, extra })].slice(3)).toEqual([
      'skep.lan:7537',
      'proxy.example:443',
      'proxy.example',
      '[fd00::1]:7537',
      '[fd00::2]:8443',
    ]);
  });

  it('leaves the port out where browsers do', () => {
    expect(allowedHosts({ ...rules, port: 80 }).has('localhost')).toBe(true);
    expect(allowedHosts(rules).has('localhost')).toBe(false);
  });
});

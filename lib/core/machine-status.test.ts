import { describe, expect, it } from 'vitest';
import { deriveStatus, NO_FACTS, type MachineFacts } from './machine-status';

const exit = { at: '2026-01-01T00:00:00.000Z', exitCode: 1, signal: null, logTail: '' };
const alive: MachineFacts = { ...NO_FACTS, processAlive: true, answering: true, runState: 'running' };

describe('deriveStatus', () => {
  it.each<[string, MachineFacts, Parameters<typeof deriveStatus>[1], string, string | null]>([
    ['nothing', NO_FACTS, null, 'stopped', null],
    ['after a host restart', { ...NO_FACTS, hostRestarted: true }, null, 'stopped', 'the host restarted'],
    ['not started', { ...NO_FACTS, startFailure: 'No.' }, null, 'stopped', 'the last start failed: No.'],
    ['not started, trying again', { ...NO_FACTS, startFailure: 'No.' }, 'start', 'starting', null],
    ['ended by itself', { ...NO_FACTS, lastExit: exit }, null, 'crashed', 'QEMU ended with exit code 1'],
    [
      'killed',
      { ...NO_FACTS, lastExit: { ...exit, exitCode: null, signal: 'SIGKILL' } },
      null,
      'crashed',
      'QEMU was ended by SIGKILL',
    ],
    [
      'ended unseen',
      { ...NO_FACTS, lastExit: { ...exit, exitCode: null } },
      null,
      'crashed',
      'QEMU ended while nobody watched',
    ],
    ['a state on disk', { ...NO_FACTS, savedAt: new Date() }, null, 'saved', null],
    ['a state on disk, restoring', { ...NO_FACTS, savedAt: new Date() }, 'restore', 'starting', 'restoring from disk'],
    ['being created', NO_FACTS, 'create', 'creating', null],
    ['start under way, no process yet', NO_FACTS, 'start', 'starting', null],
    ['start under way after a crash', { ...NO_FACTS, lastExit: exit }, 'start', 'starting', null],
    ['running', alive, null, 'running', null],
    ['being edited while it runs', alive, 'edit', 'running', null],
    ['asked to shut down', { ...alive, shutdownRequestedAt: new Date() }, null, 'stopping', null],
    ['forced off', alive, 'force-off', 'stopping', 'forced off'],
    ['saving', { ...alive, runState: 'postmigrate' }, 'save', 'stopping', 'saving to disk'],
    ['paused', { ...alive, runState: 'paused' }, null, 'paused', null],
    [
      'no space',
      { ...alive, runState: 'io-error', ioError: { deviceId: 'disk0', noSpace: true } },
      null,
      'paused',
      'no space left for disk0',
    ],
    [
      'disk error',
      { ...alive, runState: 'io-error', ioError: { deviceId: 'disk1', noSpace: false } },
      null,
      'paused',
      'disk1 could not be read or written',
    ],
    ['disk error, unseen', { ...alive, runState: 'io-error' }, null, 'paused', 'a disk could not be read or written'],
    ['panicked', { ...alive, runState: 'guest-panicked' }, null, 'paused', 'the guest’s kernel panicked'],
    ['asleep', { ...alive, runState: 'suspended' }, null, 'paused', 'the guest sleeps'],
    ['cut short before cont', { ...alive, runState: 'prelaunch' }, null, 'starting', null],
    ['guest powered off', { ...alive, runState: 'shutdown' }, null, 'stopping', null],
    ['monitor silent', { ...alive, answering: false }, null, 'unreachable', 'QEMU does not answer'],
  ])('%s', (_name, facts, operation, status, reason) => {
    expect(deriveStatus(facts, operation)).toEqual({ status, reason });
  });
});

/** A VM's hardware from options: `--memory 4G --disk 20G --iso debian.iso`. */
import { devicesOf } from '../shared/device';
import type { HostView } from '../shared/host';
import { draftFor, newForward, setMachineType, updateDevice } from '../shared/spec-draft';
import { setSource } from '../shared/spec-system';
import { VM_SYSTEMS, type VmSpecDraft, type VmSystem } from '../shared/vm';
import { usageError } from './exit';
import { parseNumber, parseSize } from './sizes';
import type { Given, Option } from './verb';

/** What create and edit both have. */
export const HARDWARE_OPTIONS: Readonly<Record<string, Option>> = {
  cpus: { value: 'N', help: 'Number of CPUs' },
  memory: { value: 'SIZE', help: 'Memory, such as 4G; a bare number counts MiB' },
  forward: { value: 'HOST:GUEST', many: true, help: 'Forward a TCP port of the host to one of the guest: 2222:22' },
  firmware: { value: 'KIND', help: 'bios or uefi', completes: ['bios', 'uefi'] },
};

/** What only a new VM has. */
export const NEW_VM_OPTIONS: Readonly<Record<string, Option>> = {
  system: { value: 'SYSTEM', help: 'What it is for; default linux', completes: VM_SYSTEMS },
  machine: { value: 'TYPE', help: 'q35 or pc', completes: ['q35', 'pc'] },
  disk: { value: 'SIZE', help: 'Size of its first disk, such as 20G' },
  iso: { value: 'FILE', help: 'An ISO of the library in its drive', completes: 'image' },
  image: { value: 'FILE', help: 'A disk image of the library, copied to its first disk', completes: 'image' },
};

/** The draft of a new VM. @throws CliError */
export function draftOf(given: Given, host: HostView): VmSpecDraft {
  const system = given.text('system') ?? 'linux';
  if (!(VM_SYSTEMS as readonly string[]).includes(system))
    throw usageError(`There is no system “${system}”.`, VM_SYSTEMS.join(', '));
  let draft = draftFor(system as VmSystem, host);
  const machine = given.text('machine');
  if (machine !== undefined) {
    if (machine !== 'q35' && machine !== 'pc') throw usageError('--machine is q35 or pc.');
    draft = setMachineType(draft, machine).draft;
  }
  const [iso, image] = [given.text('iso'), given.text('image')];
  if (iso !== undefined && image !== undefined) throw usageError('Give --iso or --image, not both.');
  if (iso !== undefined) draft = setSource(draft, { kind: 'iso', file: iso });
  if (image !== undefined) draft = setSource(draft, { kind: 'image', file: image, format: 'qcow2' });
  const disk = given.text('disk');
  if (disk !== undefined) {
    if (image !== undefined) throw usageError('The size of a copied image is its own: leave --disk out.');
    const sizeBytes = parseSize(disk, 'disk', 'G');
    draft = updateDevice(draft, 'disk', 'disk0', (one) => ({ ...one, source: { kind: 'blank', sizeBytes } }));
  }
  return withHardware(draft, given);
}

/** A draft with what the options say. @throws CliError */
export function withHardware(draft: VmSpecDraft, given: Given): VmSpecDraft {
  const [cpus, memory, firmware] = [given.text('cpus'), given.text('memory'), given.text('firmware')];
  let next = draft;
  if (cpus !== undefined) next = { ...next, cpu: { count: parseNumber(cpus, 'cpus') } };
  if (memory !== undefined) next = { ...next, memoryMiB: Math.round(parseSize(memory, 'memory', 'M') / 1024 ** 2) };
  if (firmware !== undefined) {
    if (firmware !== 'bios' && firmware !== 'uefi') throw usageError('--firmware is bios or uefi.');
    next = { ...next, firmware: { kind: firmware } };
  }
  const forwards = given.texts('forward').map(readForward);
  if (forwards.length === 0) return next;
  const nic = devicesOf(next, 'nic')[0];
  if (!nic) throw usageError('This VM has no NIC whose ports could be forwarded.');
  return updateDevice(next, 'nic', nic.id, (one) => ({
    ...one,
    network: { ...one.network, forwards: [...one.network.forwards, ...forwards] },
  }));
}

function readForward(text: string) {
  const match = /^(\d{1,5}):(\d{1,5})$/.exec(text);
  if (!match) throw usageError(`--forward takes HOST:GUEST, such as 2222:22, not “${text}”.`);
  return newForward(Number(match[2]), Number(match[1]), []);
}

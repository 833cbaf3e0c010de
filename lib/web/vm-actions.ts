'use server';
/** What the pages of VMs ask for: thin wrappers over the core. Input is parsed here; rights are the wrapper's. */
import { z } from 'zod';
import { formatCommand } from '../shared/command-text';
import { parse } from '../shared/parse';
import { draftFromSpec } from '../shared/spec-draft';
import { vmName, vmNotes, vmVerb } from '../shared/vm';
import { vmm } from '../vmm';
import { action } from './action';

const diskFiles = z.array(z.string()).max(100);

export const powerVm = action(async (actor, name: string, verb: string) => {
  await vmm().vms.power(actor, parse(vmName, name), parse(vmVerb.exclude(['delete']), verb));
});

/** Deletes a VM; the disk files of `keepDisks` move to the library first. Answers what is in the trash now, if it is. */
export const removeVm = action((actor, name: string, keepDisks: string[]) =>
  vmm().vms.remove(actor, parse(vmName, name), parse(diskFiles, keepDisks)),
);

/** Deletes a disk file that no device uses. Answers what is in the trash now, if it is. */
export const removeDiskFile = action((actor, name: string, file: string) =>
  vmm().vms.removeDiskFile(actor, parse(vmName, name), parse(z.string(), file)),
);

export const updateNotes = action(async (actor, name: string, notes: string) => {
  await vmm().vms.update(actor, parse(vmName, name), { notes: parse(vmNotes, notes) });
});

/** The end of QEMU's log. */
export const readLog = action((_actor, name: string) => vmm().vms.log(parse(vmName, name)));

/** What the guest said on its serial port, now and in past runs. */
export const readSerialLog = action((_actor, name: string) => vmm().vms.serialLog(parse(vmName, name)));

/** The command line of a start, one option per line. */
export const readCommandLine = action((_actor, name: string) => {
  const vm = vmm().vms.get(parse(vmName, name));
  const { qemu } = vmm().vms.preview(vm.name, draftFromSpec(vm.runningSpec ?? vm.spec));
  return formatCommand(qemu);
});

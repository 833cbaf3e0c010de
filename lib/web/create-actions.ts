'use server';
/** What the create form asks for. Input is parsed here; rights are the wrapper's. */
import { parse } from '../shared/parse';
import { vmCreate, vmName, vmSpecDraft, type VmCreateInput, type VmSpecDraft } from '../shared/vm';
import { vmm } from '../vmm';
import { action } from './action';

/** Makes a VM. The answer comes when it is in the list; copying disks goes on behind it. */
export const createVm = action((actor, input: VmCreateInput) => vmm().vms.create(actor, parse(vmCreate, input)));

/** The exact command lines that creating and starting a draft would run. */
export const previewVm = action(async (_actor, name: string, spec: VmSpecDraft) =>
  vmm().vms.preview(parse(vmName, name), parse(vmSpecDraft, spec)),
);

/** Routes of VMs. */
import type { vmEndpoints } from '../../shared/api/vm-endpoints';
import { draftFromSpec } from '../../shared/spec-draft';
import type { VmView } from '../../shared/vm';
import type { Handlers } from './call';
import { pageThrough } from './paging';
import { readSerial } from './serial-text';

/** More events of one VM are not kept. */
const ALL_EVENTS = 1000;

export const vmHandlers: Handlers<keyof typeof vmEndpoints> = {
  listVms({ vmm, query }) {
    const { q, status, tag, folder, ...paging } = query;
    const wanted = vmm.vms
      .list()
      .filter((vm) => status === undefined || vm.status === status)
      .filter((vm) => tag === undefined || vm.tags.includes(tag))
      .filter((vm) => folder === undefined || (vm.folderId ?? 'none') === folder)
      .filter((vm) => q === undefined || says(vm, q));
    return pageThrough(wanted, paging, (vm) => vm.name);
  },
  createVm: ({ vmm, actor, body }) => vmm.vms.create(actor, body),
  getVm: ({ vmm, params }) => vmm.vms.get(params.name),
  updateVm({ vmm, actor, params, body, requireMatch }) {
    requireMatch(vmm.vms.get(params.name));
    return vmm.vms.update(actor, params.name, body);
  },
  async removeVm({ vmm, actor, params, query, requireMatch }) {
    requireMatch(vmm.vms.get(params.name));
    await vmm.vms.remove(actor, params.name, query.keepDisks.split(',').filter(Boolean));
  },
  async powerVm({ vmm, actor, params }) {
    await vmm.vms.power(actor, params.name, params.verb);
    return vmm.vms.get(params.name);
  },
  setVmMedia: ({ vmm, actor, params, body }) => vmm.vms.setMedia(actor, params.name, params.id, body.file),
  async removeDiskFile({ vmm, actor, params }) {
    await vmm.vms.removeDiskFile(actor, params.name, params.file);
  },
  async listVmEvents({ vmm, params, query }) {
    const events = await vmm.vms.events(params.name, ALL_EVENTS);
    return pageThrough(events, query, ({ id }) => String(id).padStart(16, '0'), 'descending');
  },
  getVmLog: ({ vmm, params }) => vmm.vms.log(params.name),
  getVmSerial: ({ vmm, params }) => readSerial(vmm.vms.serial(vmm.vms.get(params.name).id)),
  getVmCommand({ vmm, params }) {
    const { name, spec, runningSpec } = vmm.vms.get(params.name);
    return vmm.vms.preview(name, draftFromSpec(runningSpec ?? spec));
  },
  previewVm: ({ vmm, body }) => vmm.vms.preview(body.name, body.spec),
};

function says(vm: VmView, text: string): boolean {
  const wanted = text.toLowerCase();
  return [vm.name, vm.notes, ...vm.tags].some((candidate) => candidate.toLowerCase().includes(wanted));
}

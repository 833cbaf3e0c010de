/** Routes of VMs. */
import { z } from 'zod';
import { libraryFileName, vmFileName } from '../device';
import { VM_STATUSES, vmCreate, vmName, vmPatch, vmSpecDraft, vmTag, vmVerb } from '../vm';
import { PAGING, pageOf, type Endpoint } from './endpoint';
import { commandPreview, vmEvent, vmView } from './views';

const byName = z.strictObject({ name: vmName });

/** A verb of a route. Deleting is `DELETE`. */
export const powerVerb = vmVerb.exclude(['delete']);

export const vmEndpoints = {
  listVms: {
    method: 'GET',
    path: '/vms',
    tag: 'vms',
    summary: 'List virtual machines, by name',
    query: z.strictObject({
      q: z.string().max(200).optional().describe('Part of the name, of a tag or of the notes, in any case of letters.'),
      status: z.enum(VM_STATUSES).optional(),
      tag: vmTag.optional(),
      folder: z.string().max(64).optional().describe('The id of a folder, or “none” for those that lie in no folder.'),
      ...PAGING,
    }),
    status: 200,
    result: pageOf(vmView),
    etag: 'content',
  },
  createVm: {
    method: 'POST',
    path: '/vms',
    tag: 'vms',
    summary: 'Create a virtual machine',
    description:
      'Answers as soon as it is in the list. Copying disks goes on behind it: its status is then “creating”.',
    body: vmCreate,
    status: 201,
    result: vmView,
    etag: 'revision',
    location: '/vms/{name}',
    errors: ['already_exists', 'not_found', 'no_space', 'host_missing', 'qemu_failed'],
  },
  getVm: {
    method: 'GET',
    path: '/vms/{name}',
    tag: 'vms',
    summary: 'Show a virtual machine',
    params: byName,
    status: 200,
    result: vmView,
    etag: 'revision',
    errors: ['not_found'],
  },
  updateVm: {
    method: 'PATCH',
    path: '/vms/{name}',
    tag: 'vms',
    summary: 'Change the definition of a virtual machine',
    description: 'What is left out stays as it is. Hardware of a running machine changes when it is next started.',
    params: byName,
    body: vmPatch,
    status: 200,
    result: vmView,
    etag: 'revision',
    ifMatch: 'revision',
    errors: ['not_found', 'already_exists', 'wrong_state', 'busy', 'no_space', 'qemu_failed'],
  },
  removeVm: {
    method: 'DELETE',
    path: '/vms/{name}',
    tag: 'vms',
    summary: 'Delete a virtual machine',
    params: byName,
    query: z.strictObject({
      keepDisks: z
        .string()
        .max(1000)
        .regex(/^[a-z0-9.,-]*$/, 'Disk files are divided by commas.')
        .default('')
        .describe('Disk files that move to the library first, divided by commas.'),
    }),
    status: 204,
    ifMatch: 'revision',
    errors: ['not_found', 'wrong_state', 'busy'],
  },
  powerVm: {
    method: 'POST',
    path: '/vms/{name}/{verb}',
    tag: 'vms',
    summary: 'Start, shut down, pause, … a virtual machine',
    description:
      'Answers when it is done; “shutdown” answers when the guest has been asked, which may take its time or ignore it.',
    params: z.strictObject({ name: vmName, verb: powerVerb }),
    status: 200,
    result: vmView,
    etag: 'revision',
    errors: ['not_found', 'wrong_state', 'busy', 'no_space', 'host_missing', 'qemu_failed', 'qemu_unreachable'],
  },
  setVmMedia: {
    method: 'PUT',
    path: '/vms/{name}/cdroms/{id}/media',
    tag: 'vms',
    summary: 'Put a file of the library into a CD-ROM drive, or empty it',
    params: z.strictObject({ name: vmName, id: z.string().regex(/^cdrom\d$/, 'The id of a drive looks like cdrom0.') }),
    body: z.strictObject({ file: libraryFileName.nullable().describe('null empties the drive.') }),
    status: 200,
    result: vmView,
    etag: 'revision',
    errors: ['not_found', 'wrong_state', 'busy', 'qemu_failed', 'qemu_unreachable'],
  },
  removeDiskFile: {
    method: 'DELETE',
    path: '/vms/{name}/disks/{file}',
    tag: 'vms',
    summary: 'Delete a disk file that no device uses',
    params: z.strictObject({ name: vmName, file: vmFileName }),
    status: 204,
    errors: ['not_found', 'wrong_state', 'busy'],
  },
  listVmEvents: {
    method: 'GET',
    path: '/vms/{name}/events',
    tag: 'vms',
    summary: 'List what happened to a virtual machine, newest first',
    params: byName,
    query: z.strictObject(PAGING),
    status: 200,
    result: pageOf(vmEvent),
    errors: ['not_found'],
  },
  getVmLog: {
    method: 'GET',
    path: '/vms/{name}/log',
    tag: 'vms',
    summary: 'Read the end of QEMU’s log, at most 256 KiB',
    params: byName,
    status: 200,
    format: 'text',
    errors: ['not_found'],
  },
  getVmSerial: {
    method: 'GET',
    path: '/vms/{name}/serial',
    tag: 'vms',
    summary: 'Read what a running guest wrote to its serial port, as far back as it is kept',
    params: byName,
    status: 200,
    format: 'bytes',
    errors: ['not_found', 'wrong_state'],
  },
  getVmCommand: {
    method: 'GET',
    path: '/vms/{name}/command',
    tag: 'vms',
    summary: 'Show the exact command line that runs a virtual machine',
    params: byName,
    status: 200,
    result: commandPreview,
    errors: ['not_found', 'host_missing'],
  },
  previewVm: {
    method: 'POST',
    path: '/preview',
    tag: 'vms',
    summary: 'Show the exact command lines that making and starting a draft would run',
    description: 'Nothing is made.',
    body: z.strictObject({ name: vmName, spec: vmSpecDraft }),
    status: 200,
    result: commandPreview,
    errors: ['not_found', 'host_missing'],
  },
} as const satisfies Record<string, Endpoint>;

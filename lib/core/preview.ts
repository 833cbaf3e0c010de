/** The exact command lines that making and starting a VM would run, for the wizard's summary. Runs nothing. */
import { join } from 'node:path';
import { buildArgv } from '../qemu/argv';
import type { QemuHost } from '../qemu/host';
import { copyArgv, createArgv } from '../qemu/qemu-img';
import type { Device, DiskDraft } from '../shared/device';
import { AppError } from '../shared/errors';
import type { LibraryFile } from '../shared/events';
import type { CommandPreview, VmSpecDraft } from '../shared/vm';
import { chooseAccelerator, pathsOf } from './start';

/** Stands in for the id that the VM will get. */
const NEW_ID = '00000000-0000-0000-0000-000000000000';

/** What the library holds (an image's format is the one found when it came in), and where its files lie. */
export interface PreviewLibrary {
  list: readonly LibraryFile[];
  path(ref: string): string;
}

/**
 * @throws AppError `host_missing` while QEMU is not known, or for an accelerator that does not work here
 */
export function previewCommands(
  name: string,
  draft: VmSpecDraft,
  host: QemuHost | null,
  vmsFolder: string,
  library: PreviewLibrary,
): CommandPreview {
  if (!host) throw new AppError('host_missing', 'QEMU was not found on this host yet.');
  const folder = join(vmsFolder, NEW_ID);
  const disks: string[][] = [];
  const devices = draft.devices.map((device) => {
    if (device.kind !== 'disk') return device;
    const command = diskCommand(device, folder, library);
    if (command) disks.push(['qemu-img', ...command]);
    return settled(device);
  });
  const version = draft.machine.version ?? host.machineVersions[draft.machine.type];
  const spec = { ...draft, machine: { ...draft.machine, version }, devices };
  const argv = buildArgv({
    id: NEW_ID,
    name,
    spec,
    accelerator: chooseAccelerator(spec, host),
    hostQemuVersion: host.version,
    paths: pathsOf({ libraryFile: library.path }, folder, host.uefi?.code ?? null),
    incoming: false,
  });
  return { disks, qemu: ['qemu-system-x86_64', ...argv] };
}

function diskFile({ id, format, source }: DiskDraft): string {
  return source.kind === 'vm-folder' ? source.file : `${id}.${format}`;
}

function diskCommand(disk: DiskDraft, folder: string, library: PreviewLibrary): string[] | null {
  const { source, format } = disk;
  const file = join(folder, diskFile(disk));
  if (source.kind === 'blank') return createArgv({ file, format, sizeBytes: source.sizeBytes });
  if (source.kind === 'vm-folder') return null;
  const image = library.list.find(({ ref }) => ref === source.libraryFile);
  const fromFormat = image?.kind === 'raw' ? 'raw' : 'qcow2';
  return copyArgv({ from: library.path(source.libraryFile), fromFormat, to: file, toFormat: format });
}

/** The disk as it will be once it is made. */
function settled(disk: DiskDraft): Device {
  const { source } = disk;
  const sizeBytes = source.kind === 'blank' ? source.sizeBytes : 1024 ** 2;
  return { ...disk, sizeBytes, source: { kind: 'vm-folder', file: diskFile(disk) } };
}

/**
 * The disk files of one VM: made from a draft, listed, kept. A file that no device uses stays until somebody
 * deletes it by name; taking a disk out of a VM deletes nothing.
 */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readImageHeader, refusalOf, HEADER_BYTES, type ImageHeader } from '../qemu/image-header';
import { copyImage, createDisk, type QemuImgTools } from '../qemu/qemu-img';
import { devicesOf, type DiskDevice, type DiskDraft, type DiskFormat } from '../shared/device';
import { AppError } from '../shared/errors';
import { vmSpec, type DiskFileView, type VmSpec, type VmSpecDraft } from '../shared/vm';
import { requireSpace } from './space';

export interface DiskWork {
  /** The VM's folder, which exists. */
  folder: string;
  /** Absolute path of a library file. */
  libraryFile(ref: string): string;
  tools(): Promise<QemuImgTools>;
  /** 0 to 1 over all copies. */
  onProgress(progress: number): void;
  signal: AbortSignal;
}

/**
 * Makes the disks that a draft asks for and returns the spec with every disk in place. When one fails, those made
 * before it are removed again.
 *
 * @throws AppError `invalid_input` (an image that Skep does not take), `not_found`, `no_space`, `qemu_failed`
 */
export async function materialise(draft: VmSpecDraft, before: VmSpec | null, work: DiskWork): Promise<VmSpec> {
  const made: string[] = [];
  try {
    const devices = [];
    for (const device of draft.devices)
      devices.push(device.kind === 'disk' ? await makeDisk(device, before, work, made) : device);
    return vmSpec.parse({ ...draft, devices });
  } catch (error) {
    for (const file of made) await rm(join(work.folder, file), { force: true });
    throw error;
  }
}

async function makeDisk(draft: DiskDraft, before: VmSpec | null, work: DiskWork, made: string[]): Promise<DiskDevice> {
  const { source } = draft;
  if (source.kind === 'vm-folder')
    return { ...draft, source, ...(await existingDisk(draft, source.file, before, work.folder)) };
  const file = await freeName(work.folder, draft.id, draft.format);
  const target = join(work.folder, file);
  if (source.kind === 'blank') {
    if (draft.format === 'raw') await requireSpace(work.folder, source.sizeBytes, `the ${draft.id} of the VM`);
    await createDisk({ file: target, format: draft.format, sizeBytes: source.sizeBytes }, await work.tools());
    made.push(file);
    return { ...draft, sizeBytes: source.sizeBytes, source: { kind: 'vm-folder', file } };
  }
  const sizeBytes = await copyFromLibrary(source.libraryFile, target, draft.format, work);
  made.push(file);
  return { ...draft, sizeBytes, source: { kind: 'vm-folder', file } };
}

/** A file that the VM has already. Its format is the one it was made with; a look inside would let the guest choose. */
async function existingDisk(draft: DiskDraft, file: string, before: VmSpec | null, folder: string) {
  const known = before && devicesOf(before, 'disk').find((d) => d.source.file === file);
  if (known) return { format: known.format, sizeBytes: known.sizeBytes };
  const format = formatOfName(file);
  if (!format) throw new AppError('invalid_input', `${file} is no disk of this VM.`);
  const header = await readHeader(join(folder, file), format).catch(() => {
    throw new AppError('not_found', `The file ${file} of ${draft.id} is gone.`);
  });
  return { format, sizeBytes: header.virtualBytes };
}

/** True when a draft's disks are copies of images, which can take long. */
export function isCopying(draft: VmSpecDraft): boolean {
  return devicesOf(draft, 'disk').some((disk) => disk.source.kind === 'copy');
}

/**
 * Looks at the images that a draft copies before anything is made.
 *
 * @returns whether there are any
 * @throws AppError `not_found`, `invalid_input` with why Skep does not take the image
 */
export async function checkCopies(draft: VmSpecDraft, libraryFile: (ref: string) => string): Promise<boolean> {
  for (const { source } of devicesOf(draft, 'disk'))
    if (source.kind === 'copy') await requireImage(libraryFile(source.libraryFile), source.libraryFile);
  return isCopying(draft);
}

async function requireImage(file: string, name: string) {
  const header = await inspectImage(file);
  const refusal = refusalOf(header);
  if (!refusal && (header.kind === 'qcow2' || header.kind === 'raw')) return header;
  throw new AppError('invalid_input', refusal ?? `${name} is not a disk image.`);
}

async function copyFromLibrary(name: string, target: string, format: DiskFormat, work: DiskWork): Promise<number> {
  const from = work.libraryFile(name);
  const header = await requireImage(from, name);
  const { size } = await stat(from);
  await requireSpace(
    work.folder,
    format === 'raw' ? header.virtualBytes : Math.min(size, header.virtualBytes),
    `the copy of ${name}`,
  );
  const { onProgress, signal } = work;
  await copyImage(
    { from, fromFormat: header.kind, to: target, toFormat: format, onProgress, signal },
    await work.tools(),
  );
  return header.virtualBytes;
}

/** What a file of the library is, by its first bytes. @throws AppError `not_found` */
export async function inspectImage(file: string): Promise<ImageHeader> {
  const handle = await open(file, 'r').catch(() => {
    throw new AppError('not_found', `The file ${file} is not in the library any more.`);
  });
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return readImageHeader(buffer.subarray(0, bytesRead), size);
  } finally {
    await handle.close();
  }
}

/** The size that the guest sees of a disk whose format is known. */
async function readHeader(file: string, format: DiskFormat): Promise<{ virtualBytes: number }> {
  const header = await inspectImage(file);
  if (format === 'qcow2' && header.kind === 'qcow2') return header;
  return { virtualBytes: (await stat(file)).size };
}

function formatOfName(file: string): DiskFormat | null {
  const extension = extname(file).slice(1);
  return extension === 'qcow2' || extension === 'raw' ? extension : null;
}

async function freeName(folder: string, deviceId: string, format: DiskFormat): Promise<string> {
  const names = new Set(await readdir(folder));
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${deviceId}.${format}` : `${deviceId}-${n}.${format}`;
    if (!names.has(name)) return name;
  }
}

/** All disk files of a VM's folder, attached or not. Never throws: a file that cannot be read is listed with size 0. */
export async function listDisks(folder: string, spec: VmSpec): Promise<DiskFileView[]> {
  const attached = new Map(devicesOf(spec, 'disk').map((disk) => [disk.source.file, disk]));
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => formatOfName(name));
  const files = [...new Set([...attached.keys(), ...names])].sort();
  return Promise.all(files.map((file) => viewOf(folder, file, attached.get(file))));
}

async function viewOf(folder: string, file: string, disk: DiskDevice | undefined): Promise<DiskFileView> {
  const format = disk?.format ?? formatOfName(file) ?? 'raw';
  const path = join(folder, file);
  const info = await stat(path).catch(() => null);
  const virtualBytes =
    disk?.sizeBytes ?? (await readHeader(path, format).catch(() => ({ virtualBytes: 0 }))).virtualBytes;
  return { file, deviceId: disk?.id ?? null, format, virtualBytes, allocatedBytes: (info?.blocks ?? 0) * 512 };
}

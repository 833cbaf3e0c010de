/**
 * Disk images by qemu-img, which runs as the user that QEMU runs as, within limits of memory and time.
 *
 *   copyImage:  info ─▶ convert to NAME.part ─▶ fsync ─▶ rename ─▶ fsync of the folder
 *
 * A convert that was killed leaves a file that passes every check, so only the rename makes a copy. The format is
 * always given: a probe would let the image's maker choose what is opened.
 */
import { open, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { z } from 'zod';
import type { DiskFormat } from '../shared/device';
import { AppError } from '../shared/errors';
import { describeExit } from './launch-error';
import { asUser, type RunAs } from './run-as';
import { runTool, type ToolOptions, type ToolResult } from './run-tool';
import { syncFile } from './sync-file';

const INFO_LIMITS = ['--core=0', '--as=1073741824', '--cpu=10'];
const WORK_LIMITS = ['--core=0', '--as=2147483648'];
const INFO_TIMEOUT_MS = 15_000;
const CREATE_TIMEOUT_MS = 60_000;

export interface QemuImgTools {
  /** The program, absolute. */
  qemuImgPath: string;
  runAs: RunAs | null;
}

export interface CreateDisk {
  /** Absolute, in a folder that QEMU's user may write. */
  file: string;
  format: DiskFormat;
  sizeBytes: number;
}

export interface CopyImage {
  from: string;
  fromFormat: DiskFormat;
  /** Absolute, in a folder that QEMU's user may write. */
  to: string;
  toFormat: DiskFormat;
  /** 0 to 1. */
  onProgress?(progress: number): void;
  signal?: AbortSignal;
}

/** The arguments of qemu-img that make an empty disk; it takes room as it fills. */
export function createArgv({ file, format, sizeBytes }: CreateDisk): string[] {
  return ['create', '-q', '-f', format, '--', absolute(file), String(sizeBytes)];
}

/** The arguments of qemu-img that copy an image. Whatever a qcow2 names as its backing file is not opened. */
export function copyArgv({ from, fromFormat, to, toFormat }: CopyImage): string[] {
  const file = { driver: 'file', filename: absolute(from) };
  const source = fromFormat === 'qcow2' ? `json:${JSON.stringify({ backing: null, file })}` : from;
  return ['convert', '-p', '-f', fromFormat, '-O', toFormat, '--', source, absolute(to)];
}

/** Makes an empty disk. @throws AppError `already_exists` | `no_space` | `qemu_failed` */
export async function createDisk(disk: CreateDisk, tools: QemuImgTools): Promise<void> {
  await refuseExisting(disk.file);
  const result = await runImg(tools, WORK_LIMITS, createArgv(disk), { timeoutMs: CREATE_TIMEOUT_MS });
  if (result.code === 0) return syncWithFolder(disk.file);
  await rm(disk.file, { force: true });
  throw failure('The disk could not be made.', result);
}

/**
 * Copies an image into a new file, whole or not at all. Snapshots inside a qcow2 are left out.
 *
 * @throws AppError `invalid_input` for an image that rests on other files, `already_exists`, `no_space`,
 *   `wrong_state` when it was aborted, `qemu_failed`
 */
export async function copyImage(copy: CopyImage, tools: QemuImgTools): Promise<void> {
  await refuseExisting(copy.to);
  await refuseOtherFiles(copy, tools);
  const part = `${copy.to}.part`;
  try {
    await rm(part, { force: true });
    await convert({ ...copy, to: part }, tools);
    await syncFile(part);
    await rename(part, copy.to);
    await syncFile(dirname(copy.to));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function convert(copy: CopyImage, tools: QemuImgTools): Promise<void> {
  const { signal, onProgress } = copy;
  const onStdout = (text: string) => {
    const percent = [...text.matchAll(/\(([\d.]+)\/100%\)/g)].at(-1)?.[1];
    if (percent !== undefined) onProgress?.(Math.min(1, Number(percent) / 100));
  };
  const result = await runImg(tools, WORK_LIMITS, copyArgv(copy), { ...(signal ? { signal } : {}), onStdout });
  if (signal?.aborted) throw new AppError('wrong_state', 'The copy was cancelled.');
  if (result.code !== 0) throw failure('The image could not be copied.', result);
}

/** The second look at an image, by the program that will read it. The first is ours (image-header.ts). */
async function refuseOtherFiles({ from, fromFormat }: CopyImage, tools: QemuImgTools): Promise<void> {
  const info = await imageInfo({ file: from, format: fromFormat }, tools);
  if (!info.backingFile && !info.dataFile && !info.encrypted) return;
  throw new AppError(
    'invalid_input',
    'The image is encrypted, or rests on other files. Convert it to one that stands alone.',
  );
}

const info = z
  .object({
    format: z.string(),
    'virtual-size': z.number().nonnegative(),
    'actual-size': z.number().nonnegative().default(0),
    'backing-filename': z.string().optional(),
    'full-backing-filename': z.string().optional(),
    encrypted: z.boolean().default(false),
    'dirty-flag': z.boolean().default(false),
    snapshots: z.array(z.object({ name: z.string() })).default([]),
    'format-specific': z.object({ data: z.object({ 'data-file': z.string().optional() }) }).optional(),
  })
  .transform((i) => ({
    format: i.format,
    virtualBytes: i['virtual-size'],
    allocatedBytes: i['actual-size'],
    backingFile: i['backing-filename'] ?? i['full-backing-filename'] ?? null,
    dataFile: i['format-specific']?.data['data-file'] ?? null,
    encrypted: i.encrypted,
    /** It was not closed properly. */
    dirty: i['dirty-flag'],
    snapshots: i.snapshots.map((s) => s.name),
  }));
export type ImageInfo = z.output<typeof info>;

/** What qemu-img says of an image; also of one that a running VM writes. @throws AppError `qemu_failed` */
export async function imageInfo(image: { file: string; format: DiskFormat }, tools: QemuImgTools): Promise<ImageInfo> {
  const argv = ['info', '--output=json', '-U', '-f', image.format, '--', absolute(image.file)];
  const result = await runImg(tools, INFO_LIMITS, argv, { timeoutMs: INFO_TIMEOUT_MS });
  const parsed = info.safeParse(result.code === 0 ? parseJson(result.stdout) : undefined);
  if (parsed.success) return parsed.data;
  throw failure(`The image could not be read as ${image.format}.`, result);
}

function runImg(tools: QemuImgTools, limits: string[], argv: string[], options: ToolOptions): Promise<ToolResult> {
  // Copies give way to guests.
  const command = ['nice', '-n', '10', ...asUser(tools.runAs, [tools.qemuImgPath, ...argv])];
  return runTool(['prlimit', ...limits, '--', ...command], options);
}

function failure(sentence: string, result: ToolResult): AppError {
  const details = result.stderr.trim() || describeExit(result);
  if (/No space left on device|Disk quota exceeded/.test(details))
    return new AppError('no_space', `${sentence} The disk of the host is full. Free some space and try again.`, {
      details,
    });
  const why = result.timedOut ? 'It took too long.' : details.split('\n')[0]?.slice(0, 300);
  return new AppError('qemu_failed', `${sentence} ${why}`, { details });
}

async function refuseExisting(file: string): Promise<void> {
  const handle = await open(file, 'r').catch(() => null);
  await handle?.close();
  if (handle)
    throw new AppError('already_exists', 'There is a disk file of this name already. Choose another name.', {
      details: file,
    });
}

async function syncWithFolder(file: string): Promise<void> {
  await syncFile(file);
  await syncFile(dirname(file));
}

function absolute(file: string): string {
  if (isAbsolute(file) && !file.includes('\0')) return file;
  throw new AppError('internal', 'A path for qemu-img must be absolute.', { details: file });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

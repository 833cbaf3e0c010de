/**
 * A file on its way into the library. The one way in for uploads, downloads, unpacked and converted files.
 *
 *   receive ─▶ .skep-<task>.part (reserved room, reserved name) ─▶ bytes ─▶ publish: fsync ─▶ link to its name ─▶ listed
 *                                                                   └─────▶ discard: nothing is left
 *
 * Names that start with a dot are never listed, so a half file is never seen. link refuses a name that is taken,
 * where rename would replace the file.
 */
import { constants } from 'node:fs';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFile } from '../../qemu/sync-file';
import { AppError, errnoOf } from '../../shared/errors';
import type { LibraryFile } from '../../shared/events';
import type { Reservation } from '../space';
import type { LibraryPlace } from './place';

const PART = /^\.skep-([0-9a-f-]{36})\.part$/;

/** The temporary name of a task's file. */
export const partName = (taskId: string) => `.skep-${taskId}.part`;

/** The task that a temporary name belongs to, or null for any other name. */
export const taskOfPart = (name: string): string | null => PART.exec(name)?.[1] ?? null;

export interface IncomingSpec {
  /** An added folder, or null for the home's own. */
  folder: string | null;
  name: string;
  /** null while nobody knows: room is reserved step by step with `grow`. */
  sizeBytes: number | null;
  /** Names the temporary file, so that it is found again after a restart. */
  taskId: string;
}

interface IncomingOptions {
  place: LibraryPlace;
  name: string;
  partPath: string;
  handle: FileHandle;
  reservation: Reservation;
  /** Gives the file its owner and mode, and lists it. */
  onPublished(sha256: string | null): Promise<LibraryFile>;
  share(path: string): Promise<void>;
  /** The name is free for others again. */
  onEnd(): void;
}

export class Incoming {
  constructor(private readonly options: IncomingOptions) {}

  /** The temporary file, absolute. */
  get partPath(): string {
    return this.options.partPath;
  }

  /** Open for reading and writing. */
  get handle(): FileHandle {
    return this.options.handle;
  }

  /** Reserves room for this many bytes in all. @throws AppError `no_space` */
  async grow(sizeBytes: number): Promise<void> {
    await this.options.reservation.resize(sizeBytes);
  }

  /** Tells how much of the room has been taken, so that it is not counted twice. */
  wrote(bytes: number): void {
    this.options.reservation.wrote(bytes);
  }

  /**
   * Makes it a file of the library. Its content says what it is.
   *
   * @param about.sha256 of the whole content in hex, when it is known
   * @throws AppError `already_exists` when somebody put a file of this name there meanwhile
   */
  async publish(about: { sha256?: string } = {}): Promise<LibraryFile> {
    const { place, name, partPath, handle, share, onPublished } = this.options;
    await handle.sync();
    await handle.close();
    await share(partPath);
    await link(partPath, join(place.path, name)).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
      throw new AppError('already_exists', `The library has a file “${name}” already. Nothing was replaced.`);
    });
    await rm(partPath);
    await syncFile(place.path);
    const file = await onPublished(about.sha256 ?? null);
    this.end();
    return file;
  }

  /** Removes what is there of it. May be called after a failed `publish`. */
  async discard(): Promise<void> {
    await this.options.handle.close().catch(() => undefined);
    await rm(this.options.partPath, { force: true });
    this.end();
  }

  /** Lets go of it without removing it: the next Skep goes on with it. */
  async leave(): Promise<void> {
    await this.options.handle.close().catch(() => undefined);
    this.end();
  }

  private end(): void {
    this.options.reservation.release();
    this.options.onEnd();
  }
}

/** Opens the temporary file. @param isNew it must not be there yet; else it must, and be a plain file */
export async function openPart(path: string, isNew: boolean): Promise<FileHandle> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;
  return open(path, O_RDWR | O_NOFOLLOW | (isNew ? O_CREAT | O_EXCL : 0), 0o600);
}

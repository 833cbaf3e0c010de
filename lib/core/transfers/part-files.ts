/**
 * Files on their way into the library.
 *
 *   receive ─▶ name free? room? ─▶ .skep-<task>.part ─▶ publish: fsync, link to the name, record
 *   reopen, after a restart ─────────────┘        └──▶ discard
 */
import { link, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { libraryFileName } from '../../shared/device';
import { AppError, errnoOf } from '../../shared/errors';
import { parse } from '../../shared/parse';
import type { Library } from '../library';
import { requireSpace } from '../space';

interface Place {
  folder: string | null;
  name: string;
  sizeBytes: number;
  /** Names the part file. */
  taskId: string;
}

/** A file of the library that is not there yet. */
export interface Incoming {
  handle: FileHandle;
  /** Gives it its name, whole and synced. @throws AppError `already_exists` */
  publish(about: { sha256: string }): Promise<void>;
}

export class PartFiles {
  private readonly parts = new Map<string, Place>();

  constructor(private readonly library: Library) {}

  /** @throws AppError `invalid_input` | `already_exists` | `no_space` */
  async receive(place: Place): Promise<Incoming> {
    const target = this.pathOf(place);
    if (await stat(target).catch(() => null)) throw taken(place.name);
    this.claim(place);
    try {
      await requireSpace(dirname(target), await this.wantedBytes(), `“${place.name}”`);
      return this.incoming(place, await open(this.partOf(place.folder, place.taskId), 'wx+', 0o600));
    } catch (error) {
      this.parts.delete(place.taskId);
      throw error;
    }
  }

  /** What a Skep that was killed had of it, or null. */
  async reopen(place: Place): Promise<Incoming | null> {
    const handle = await open(this.partOf(place.folder, place.taskId), 'r+').catch(() => null);
    if (!handle) return null;
    this.claim(place);
    return this.incoming(place, handle);
  }

  /** Whether a file of this name and size is in the library. */
  async isPublished(place: Place): Promise<boolean> {
    const info = await stat(this.pathOf(place)).catch(() => null);
    return info?.size === place.sizeBytes;
  }

  /** Removes what is there of it, if anything is. */
  async discard(folder: string | null, taskId: string): Promise<void> {
    this.parts.delete(taskId);
    await rm(this.partOf(folder, taskId), { force: true });
  }

  private incoming(place: Place, handle: FileHandle): Incoming {
    const part = this.partOf(place.folder, place.taskId);
    return {
      handle,
      publish: async () => {
        await handle.sync();
        await this.library.share(part);
        // link refuses an existing name, where rename would replace it.
        await link(part, this.pathOf(place)).catch((error: unknown) => {
          throw errnoOf(error) === 'EEXIST' ? taken(place.name) : error;
        });
        await this.discard(place.folder, place.taskId);
        await syncFolder(dirname(part));
        await this.library.refresh();
      },
    };
  }

  private claim(place: Place): void {
    const other = [...this.parts.values()].find(({ name, folder }) => name === place.name && folder === place.folder);
    if (other) throw new AppError('busy', `A file “${place.name}” is on its way into the library already.`);
    this.parts.set(place.taskId, place);
  }

  /** Bytes that all parts will still take. */
  private async wantedBytes(): Promise<number> {
    const left = [...this.parts.values()].map(async ({ folder, taskId, sizeBytes }) => {
      const info = await stat(this.partOf(folder, taskId)).catch(() => null);
      return Math.max(0, sizeBytes - (info?.blocks ?? 0) * 512);
    });
    return (await Promise.all(left)).reduce((sum, bytes) => sum + bytes, 0);
  }

  private pathOf({ folder, name }: Place): string {
    if (folder !== null) throw new AppError('not_found', `The library has no folder “${folder}”.`);
    return this.library.path(parse(libraryFileName, name));
  }

  private partOf(_folder: string | null, taskId: string): string {
    return this.library.path(`.skep-${taskId}.part`);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

function taken(name: string): AppError {
  return new AppError(
    'already_exists',
    `The library has a file “${name}” already. Rename yours, or use the one that is there.`,
  );
}

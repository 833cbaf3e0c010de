/** What the core offers about uploads; part of the door's shape (`core/types.ts`). */
import type { UploadCreate, UploadView } from '../../shared/upload';
import type { Actor } from '../types';
import type { UploadChunk } from './upload-session';

/** Files that arrive in pieces. An upload is its user's: for everybody else it does not exist. */
export interface UploadService {
  /**
   * Reserves room and starts a task, or finds the unfinished upload of the very same file.
   *
   * @throws AppError `already_exists` | `busy` (somebody uploads a file of this name) | `no_space` | `invalid_input`
   */
  create(actor: Actor, input: UploadCreate): Promise<UploadView>;
  /** The user's unfinished uploads. */
  list(actor: Actor): UploadView[];
  /** @throws AppError `not_found` when it has ended, is another's, or never was */
  get(actor: Actor, id: string): UploadView;
  /** Ends what still hangs of this sender's. @returns the first byte that is missing */
  settle(actor: Actor, id: string, sender: string): Promise<number>;
  /**
   * Takes a chunk; with the last one the file goes into the library, for which its task can be waited.
   *
   * @returns the first byte that is missing, and whether all bytes were as their hashes say
   * @throws AppError `not_found` | `busy` | `wrong_state` (wrong offset) | `invalid_input` (too long) | `no_space`
   */
  append(actor: Actor, id: string, chunk: UploadChunk): Promise<{ offset: number; isRight: boolean }>;
  /** Takes away what has arrived. @throws AppError `not_found` */
  cancel(actor: Actor, id: string): Promise<void>;
}

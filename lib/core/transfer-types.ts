/** What the core offers for files that come from elsewhere. */
import type { UploadService } from './transfers/upload-service';
import type { DownloadCreate } from '../shared/download';
import type { TaskView } from '../shared/task';
import type { PackedView, UnpackStart } from '../shared/unpack';
import type { Actor } from './types';

/** Files from the web, fetched by this host. */
export interface DownloadService {
  /**
   * Begins a download into the library. The kind of the task is `download`.
   *
   * @throws AppError `invalid_input` (the address, the checksum) | `not_found` (no such host) | `forbidden` (a private
   *   network that no administrator allowed)
   */
  start(actor: Actor, input: DownloadCreate): Promise<TaskView>;
}

/** gz, xz, zst and zip files of the library. */
export interface UnpackService {
  /** What is in a packed file. @throws AppError `not_found` | `invalid_input` (not packed, or broken) */
  look(ref: string): Promise<PackedView>;
  /**
   * Begins to unpack a file beside itself. The kind of the task is `unpack`.
   *
   * @throws AppError `not_found` | `invalid_input` (not packed, broken, or a member must be chosen)
   */
  start(actor: Actor, input: UnpackStart): Promise<TaskView>;
}

export interface Transfers {
  readonly uploads: UploadService;
  readonly downloads: DownloadService;
  readonly unpacks: UnpackService;
}

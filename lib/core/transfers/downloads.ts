/** Downloads by the server itself: the check of what is asked for, and the kind of task that does it. */
import { downloadCreate, type DownloadCreate } from '../../shared/download';
import { parse } from '../../shared/parse';
import type { TaskView } from '../../shared/task';
import type { Library } from '../library/library';
import type { TaskRun } from '../tasks/task-kind';
import type { Tasks, TaskStarter } from '../tasks/tasks';
import type { DownloadService } from '../transfer-types';
import type { Actor } from '../types';
import { downloadCheckpoint, type DownloadCheckpoint } from './checkpoint';
import { parseChecksum } from './checksum';
import { Download, type DownloadLimits, type DownloadTools } from './download';
import { parseDownloadUrl, urlFileName } from './download-url';
import { allowedAddresses, systemResolve, type Guard } from './guard';

const LIMITS: DownloadLimits = {
  headersMs: 60_000,
  windowMs: 60_000,
  minBytes: 16 * 1024,
  pausesMs: [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000],
};

export interface DownloadsOptions {
  tasks: Tasks;
  library: Library;
  /** Hosts of private networks that the administrator allows; see `isListed`. */
  listed(): readonly string[];
  /** Unpacks a file that has arrived, if it is packed. */
  unpackArrived(actor: Actor | null, ref: string): Promise<string | null>;
  resolve?: Guard['resolve'];
  limits?: DownloadLimits;
}

export class Downloads implements DownloadService {
  private readonly tools: DownloadTools;
  private readonly begin: TaskStarter<DownloadCreate>;

  constructor(private readonly options: DownloadsOptions) {
    const { tasks, library, listed, resolve = systemResolve, limits = LIMITS } = options;
    this.tools = { library, limits, guard: { listed, resolve } };
    this.begin = tasks.register<DownloadCreate, DownloadCheckpoint>({
      kind: 'download',
      input: downloadCreate,
      checkpoint: downloadCheckpoint,
      onRestart: 'continue',
      isHeavy: false,
      title: ({ name, url }) => `Download ${name ?? (urlFileName(new URL(url)) || new URL(url).host)}`,
      run: (run) => this.work(run),
      undo: ({ folder }, _checkpoint, taskId) => library.discard(folder, taskId),
    });
  }

  async start(actor: Actor, input: DownloadCreate): Promise<TaskView> {
    const wanted = parse(downloadCreate, input);
    const url = parseDownloadUrl(wanted.url);
    await allowedAddresses(url, this.tools.guard);
    const { checksum } = wanted;
    if (checksum && !parseChecksum(checksum) && /^[a-z]+:\/\//i.test(checksum))
      await allowedAddresses(parseDownloadUrl(checksum), this.tools.guard);
    return this.begin(actor, { ...wanted, url: url.href });
  }

  private async work(run: TaskRun<DownloadCreate, DownloadCheckpoint>): Promise<void> {
    const ref = await new Download(run, this.tools).go();
    if (!run.input.unpack) return;
    const line = await this.options.unpackArrived(run.actor, ref);
    if (line) run.log(line);
  }
}

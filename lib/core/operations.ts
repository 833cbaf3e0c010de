/**
 * One operation per VM. The same verb asked twice joins the one under way; another verb is refused as busy;
 * an interrupting verb aborts what is under way and waits until it has ended.
 */
import { AppError } from '../shared/errors';
import type { VmView } from '../shared/vm';
import { whyNot } from '../shared/vm-can';

type OperationVerb = NonNullable<VmView['operation']>['verb'];

export interface Operation {
  verb: OperationVerb;
  startedAt: Date;
  /** 0 to 1, or null when unknown. */
  progress: number | null;
  abort: AbortController;
  done: Promise<void>;
}

export class Operations {
  private readonly running = new Map<string, Operation>();

  /** @param onChange called when an operation begins, moves on, or ends */
  constructor(private readonly onChange: (vmId: string) => void) {}

  find(vmId: string): Operation | undefined {
    return this.running.get(vmId);
  }

  /**
   * Runs `work` as the VM's one operation.
   *
   * @throws AppError `busy` when another operation is under way; whatever `work` throws
   */
  async run(
    vm: Pick<VmView, 'id' | 'name'>,
    verb: OperationVerb,
    work: (operation: Operation) => Promise<void>,
  ): Promise<void> {
    for (let current = this.running.get(vm.id); current; current = this.running.get(vm.id)) {
      if (current.verb === verb) return current.done;
      if (verb !== 'force-off' && verb !== 'cancel') throw busy(vm.name, current);
      await this.interrupt(current);
    }
    const operation: Operation = {
      verb,
      startedAt: new Date(),
      progress: null,
      abort: new AbortController(),
      done: Promise.resolve(),
    };
    this.running.set(vm.id, operation);
    this.onChange(vm.id);
    operation.done = work(operation).finally(() => {
      this.running.delete(vm.id);
      this.onChange(vm.id);
    });
    return operation.done;
  }

  /** Tells the operation's progress, 0 to 1. */
  progress(vmId: string, operation: Operation, progress: number): void {
    operation.progress = progress;
    this.onChange(vmId);
  }

  private async interrupt(operation: Operation): Promise<void> {
    operation.abort.abort();
    // What failed is told to whoever started it; here only its end matters.
    await operation.done.catch(() => undefined);
  }
}

function busy(name: string, operation: Operation): AppError {
  const sentence = whyNot('start', {
    name,
    status: 'stopped',
    operation: { verb: operation.verb, startedAt: operation.startedAt.toISOString(), progress: null },
  });
  return new AppError('busy', `${sentence ?? `${name} is busy.`} Wait until it has ended.`);
}

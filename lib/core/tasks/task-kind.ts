/** What the rest of the core says about a sort of long work, so that `Tasks` can run it. */
import type { z } from 'zod';
import type { Actor } from '../types';

/** One run of a task, as its work sees it. */
export interface TaskRun<Input, Checkpoint> {
  readonly id: string;
  readonly input: Input;
  /** What an earlier run saved last, or null. */
  readonly checkpoint: Checkpoint | null;
  /** Who asked. Null when Skep itself did. */
  readonly actor: Actor | null;
  /** Aborted when somebody cancels the task, or Skep ends. */
  readonly signal: AbortSignal;
  /** Tells how far it is, in bytes. Cheap: call it as often as you like. */
  progress(doneBytes: number, totalBytes: number | null): void;
  /** Tells what it does now, as a phrase (“Checking the checksum”), or null. */
  step(phrase: string | null): void;
  /** Adds a line to the task's log. */
  log(line: string): void;
  /** Stores how far it got. What it names is undone or gone on with after a crash, so save before doing. */
  save(checkpoint: Checkpoint): Promise<void>;
}

/**
 * A sort of long work.
 *
 * `run` throws when it fails or is aborted. `undo` is called after that, and for a task of a Skep that was killed when
 * `onRestart` is `undo`: it removes whatever is there of the work, which may be nothing, and may be called twice.
 */
export interface TaskKind<Input, Checkpoint = never> {
  readonly kind: string;
  readonly input: z.ZodType<Input>;
  readonly checkpoint?: z.ZodType<Checkpoint>;
  /** After a restart of Skep: go on from the checkpoint, or undo and count as failed. */
  readonly onRestart: 'continue' | 'undo';
  /** Work for the host's disks: only few of these run at once. */
  readonly isHeavy: boolean;
  /** “Upload debian.iso” */
  title(input: Input): string;
  run(run: TaskRun<Input, Checkpoint>): Promise<void>;
  undo(input: Input, checkpoint: Checkpoint | null, taskId: string): Promise<void>;
}

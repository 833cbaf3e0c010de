/** Runs a short-lived program to its end: bounded in time and output, never through a shell. */
import { spawn } from 'node:child_process';
import type { QemuExit } from './launch-error';
import { withPrivateUmask } from './private-umask';

const MAX_OUTPUT_BYTES = 1024 * 1024;

export interface ToolResult extends QemuExit {
  stdout: string;
  stderr: string;
  timedOut: boolean;
  elapsedMs: number;
}

export interface ToolOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
  onStdout?(text: string): void;
}

/**
 * Runs a command. Ends it with SIGKILL when it takes too long, is aborted, or says more than 1 MiB.
 *
 * @param command program and arguments
 * @returns how it ended, whatever that was; `code` 127 when there is no such program
 */
export function runTool(command: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  const [file = '', ...args] = command;
  const begin = performance.now();
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const child = withPrivateUmask(() => spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env }));
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    const kill = () => child.kill('SIGKILL');
    const timer = options.timeoutMs && setTimeout(() => (timedOut = kill()), options.timeoutMs);
    const collect = (name: 'stdout' | 'stderr') => (text: string) => {
      output[name] += text;
      if (output[name].length > MAX_OUTPUT_BYTES) kill();
      if (name === 'stdout') options.onStdout?.(text);
    };
    child.stdout.setEncoding('utf8').on('data', collect('stdout'));
    child.stderr.setEncoding('utf8').on('data', collect('stderr'));
    options.signal?.addEventListener('abort', kill);
    if (options.signal?.aborted) kill();
    const end = (exit: QemuExit) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      resolve({ ...output, ...exit, timedOut, elapsedMs: Math.round(performance.now() - begin) });
    };
    child.once('close', (code, signal) => end({ code, signal }));
    child.once('error', (error) => {
      output.stderr += error.message;
      end({ code: 127, signal: null });
    });
  });
}

/** Running other programs during set-up: never through a shell, quiet while they succeed. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './say.mjs';

const SHOWN_LINES = 40;

/**
 * Runs a program to its end.
 *
 * @param options `cwd`, `env` (added to ours), `show` to let the user read its output as it comes
 * @returns what it printed (nothing with `show`)
 * @throws SetupError with the last lines that it printed, when it fails or is missing
 */
export function run(program, args, { cwd, env, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => reject(new SetupError(`${program} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      if (code === 0) return resolve(output);
      const words = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
      reject(new SetupError(`${[program, ...args].join(' ')} ended with ${code ?? signal}.`, words));
    });
  });
}

/** What a program prints, or null when it is missing or fails. */
export function outputOf(program, args) {
  const result = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? result.stdout : null;
}

/** The first of `names` that can be run, searched in `folders` (those of PATH when not given), or null. */
export function findProgram(names, folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

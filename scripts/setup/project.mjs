/** Where the project lies, and what its scripts leave on disk. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder; every script works whatever the current folder is. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A path inside the project. */
export const inProject = (...parts) => join(PROJECT, ...parts);

/** Whether the module at `moduleUrl` is the program that was started, not imported by another. */
export function isProgram(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}

/** Settings for the tools that are run: no telemetry, no hidden downloads. */
export const QUIET_TOOLS = {
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  // `prisma generate` never runs the schema engine, but downloads it unless this names an existing program.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
};

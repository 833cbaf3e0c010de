/** Stamps: what a step was done with, written when it succeeded, so that it is done again only for something new. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** SHA-256 of texts and buffers, hexadecimal. */
export function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** The text of a stamp file, or null when the step was never finished. */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

export function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

/**
 * One hash over name, size and time of change of all files below `roots` (files or folders; missing ones count as
 * empty). Reads no content: a few hundred files take milliseconds.
 *
 * @param accept which files count, by path
 */
export function fingerprint(roots, accept = () => true) {
  const lines = [];
  for (const root of roots)
    visit(root, (file, stat) => accept(file) && lines.push(`${file} ${stat.size} ${stat.mtimeMs}`));
  return hashOf(...lines.sort());
}

function visit(path, tell) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) return tell(path, stat);
  for (const entry of readdirSync(path)) visit(join(path, entry), tell);
}

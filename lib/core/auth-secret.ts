import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { AppError, errnoOf } from '../shared/errors';

const SECRET_BYTES = 32;

/**
 * The key that signs session cookies; made on first use. It appears under its name only when it is complete.
 *
 * @param file its path, in a folder that only the owner may enter
 * @returns 64 hexadecimal digits
 * @throws AppError `host_missing` when the file is damaged
 */
export function readOrCreateSecret(file: string): string {
  if (!fs.existsSync(file)) createSecret(file);
  const secret = fs.readFileSync(file, 'utf8').trim();
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new AppError(
    'host_missing',
    `The key file ${file} is damaged. Delete it and start again: everybody has to sign in once more.`,
  );
}

function createSecret(file: string): void {
  const unfinished = `${file}.${process.pid}`;
  const handle = fs.openSync(unfinished, 'wx', 0o600);
  try {
    fs.writeSync(handle, `${randomBytes(SECRET_BYTES).toString('hex')}\n`);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  try {
    fs.linkSync(unfinished, file);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(unfinished);
  }
}

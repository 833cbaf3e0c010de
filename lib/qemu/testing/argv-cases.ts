/** The golden cases of `buildArgv`: `testdata/argv/NAME.json` and what it must become. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parse } from '../../shared/parse';
import { vmSpec } from '../../shared/vm';
import { buildArgv, type ArgvInput } from '../argv';

export const CASES_DIR = join(import.meta.dirname, '../testdata/argv');
export const CASE_UUID = '0b0f1a52-5e4e-4d1c-8f55-7a3f6d1c0001';

const argvCase = z.strictObject({
  about: z.string(),
  name: z.string(),
  accelerator: z.enum(['kvm', 'tcg']),
  hostQemuVersion: z.string(),
  uefiCode: z.string().nullable(),
  incoming: z.boolean(),
  spec: z.unknown(),
});
export type ArgvCase = z.infer<typeof argvCase>;

export function caseNames(): string[] {
  return readdirSync(CASES_DIR)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
}

export function readCase(name: string): ArgvCase {
  return argvCase.parse(JSON.parse(readFileSync(join(CASES_DIR, `${name}.json`), 'utf8')));
}

/** The paths of the goldens, or of real files below `root`. */
export function casePaths(uefiCode: string | null, root = '/home/u'): ArgvInput['paths'] {
  return {
    diskFile: (file) => `${root}/vms/${CASE_UUID}/${file}`,
    libraryFile: (file) => `${root}/library/${file}`,
    nvram: `${root}/vms/${CASE_UUID}/nvram.fd`,
    uefiCode,
  };
}

/** Builds a case's argv as the core does: the spec goes through its schema first. */
export function buildCase(test: ArgvCase, paths = casePaths(test.uefiCode)): string[] {
  const { name, accelerator, hostQemuVersion, incoming } = test;
  const spec = parse(vmSpec, test.spec);
  return buildArgv({ id: CASE_UUID, name, spec, accelerator, hostQemuVersion, incoming, paths });
}

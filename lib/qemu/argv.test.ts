import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError, isAppError } from '../shared/errors';
import { vmSpec } from '../shared/vm';
import { buildArgv, describeArgv } from './argv';
import { buildCase, CASE_UUID, casePaths, CASES_DIR, caseNames, readCase } from './testing/argv-cases';

/** `UPDATE_GOLDENS=1 npx vitest run lib/qemu/argv.test.ts` writes them anew. Read the diff before you commit it. */
const UPDATE = process.env.UPDATE_GOLDENS === '1';

/** The argv as it stands in a golden: an option and its value per line. */
function format(argv: readonly string[]): string {
  return argv.reduce((text, arg) => text + (arg.startsWith('-') ? `\n${arg}` : ` ${arg}`), '').trimStart() + '\n';
}

function outcome(name: string): { suffix: 'args' | 'err'; text: string } {
  try {
    return { suffix: 'args', text: format(buildCase(readCase(name))) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { suffix: 'err', text: `${error.code}: ${error.message}\n` };
  }
}

describe('buildArgv', () => {
  it.each(caseNames())('%s is as its golden', (name) => {
    const { suffix, text } = outcome(name);
    const file = join(CASES_DIR, `${name}.${suffix}`);
    if (UPDATE) {
      for (const old of ['args', 'err']) rmSync(join(CASES_DIR, `${name}.${old}`), { force: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `the golden ${file} is missing`).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('has a case for every golden, and refusals among them', () => {
    const files = readdirSync(CASES_DIR);
    const orphans = files.filter((f) => !f.endsWith('.json') && !files.includes(f.replace(/\.(args|err)$/, '.json')));
    expect(orphans).toEqual([]);
    expect(files.filter((f) => f.endsWith('.args')).length).toBeGreaterThanOrEqual(25);
    expect(files.filter((f) => f.endsWith('.err')).length).toBeGreaterThanOrEqual(10);
  });

  it('does not change what it is given', () => {
    const test = readCase('sata-full');
    const before = structuredClone(test);
    buildCase(test);
    expect(test).toEqual(before);
  });

  it('never names a port, a shell, or the human monitor', () => {
    for (const name of caseNames().filter((n) => !n.startsWith('refused'))) {
      const text = buildCase(readCase(name)).join('\n');
      expect(text).not.toMatch(/^-(monitor|qmp|gdb|hda|drive|net|usbdevice|virtfs|daemonize|runas)$/m);
      expect(text).toContain('elevateprivileges=deny');
    }
  });

  it('refuses an id that is no UUID, and relative paths', () => {
    const base = { name: 'vm', accelerator: 'tcg', hostQemuVersion: '7.2', incoming: false } as const;
    const spec = vmSpec.parse(readCase('minimal').spec);
    expect(() => buildArgv({ ...base, spec, id: 'x,y', paths: casePaths(null) })).toThrow(AppError);
    const paths = { ...casePaths(null), diskFile: (file: string) => file };
    const withDisk = vmSpec.parse(readCase('raw-disk').spec);
    expect(() => buildArgv({ ...base, spec: withDisk, id: CASE_UUID, paths })).toThrow(/absolute/);
  });
});

describe('describeArgv', () => {
  it('puts an option and its value on a line, quoted for a shell', () => {
    expect(describeArgv(['qemu-system-x86_64', '-S', '-device', `{"id":"a'b"}`, '-m', 'size=16M'])).toEqual([
      'qemu-system-x86_64',
      '-S',
      `-device '{"id":"a'\\''b"}'`,
      '-m size=16M',
    ]);
  });

  it('keeps an empty argument visible', () => {
    expect(describeArgv(['-x', ''])).toEqual(["-x ''"]);
  });
});

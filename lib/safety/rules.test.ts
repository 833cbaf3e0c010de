/** Each rule sees what it is for: a rule that never fails proves nothing. */
import { describe, expect, it } from 'vitest';
import * as conventions from './conventions';
import { forbiddenImports } from './import-rule';
import { lockAddresses, realSharp, versionBelow } from './packages';
import { openActions, openPages, openRoutes } from './session-rule';
import { parseSource } from './source-files';

describe('the import rule', () => {
  it.each([
    ['lib/shared/x.ts', "import fs from 'node:fs';"],
    ['lib/shared/x.ts', "import { a } from '../core/a';"],
    ['lib/qemu/x.ts', "import type { A } from '../core/a';"],
    ['lib/core/x.ts', "import type { Metadata } from 'next';"],
    ['lib/core/x.ts', "export { a } from 'react';"],
    ['lib/server/x.ts', "import { a } from '../web/a';"],
    ['lib/vmm.ts', "import { createVmm } from './core/create-vmm';"],
    ['lib/web/x.ts', "const core = import('../core/create-vmm');"],
    ['components/x.tsx', "import { vmm } from '@/lib/vmm';"],
    ['components/x.tsx', "import { requirePage } from '@/lib/web/page';"],
    ['app/page.tsx', "import { a } from '../lib/core/a';"],
    ['app/page.tsx', "import fs from 'node:fs';"],
    ['e2e/x.ts', "import { a } from '../lib/qemu/a';"],
    ['e2e/x.ts', "import { a } from '../../other/a';"],
    ['lib/core/x.test.ts', "import { a } from '../../app/a';"],
  ])('%s must not: %s', (path, text) => expect(forbiddenImports(parseSource(path, text))).toHaveLength(1));

  it.each([
    ['lib/shared/x.ts', "import { z } from 'zod';"],
    ['lib/shared/x.test.ts', "import { it } from 'vitest';"],
    ['lib/core/x.ts', "import { PrismaClient } from '../generated/prisma/client';"],
    ['lib/vmm.ts', "import type { Vmm } from './core/types';"],
    ['components/x.tsx', "import { start } from '@/lib/web/vm-actions';"],
    ['app/page.tsx', "import { requirePage } from '@/lib/web/page';"],
  ])('%s may: %s', (path, text) => expect(forbiddenImports(parseSource(path, text))).toEqual([]));
});

describe('conventions', () => {
  const { barrels, humanMonitor, moduleState, rawColours, rawMarkup, shells, silencedCompiler } = conventions;

  it.each([
    [shells, "import { exec } from 'node:child_process';"],
    [shells, "import { execSync as run } from 'child_process';"],
    [shells, 'spawn(file, args, { shell: true });'],
    [shells, "spawn('/bin/sh', ['-c', text]);"],
    [humanMonitor, "qmp.run('human-' + 'x', `human-monitor-command`);"],
    [rawMarkup, 'const a = <p dangerouslySetInnerHTML={{ __html: x }} />;'],
    [rawColours, 'const a = <p className="bg-[#fff]" />;'],
    [rawColours, 'const a = `1px solid rgb(${r}, 0, 0)`;'],
    [moduleState, 'let count = 0;'],
    [moduleState, 'const cache = new Map<string, string>();'],
    [moduleState, 'export const waiting: string[] = [];'],
    [barrels, "export * from './a';"],
    [silencedCompiler, '// @ts-' + 'ignore because'],
    [conventions.switchedOffTests, "it.skip('x', () => {});"],
    [conventions.switchedOffTests, "describe.each([1]).only('x', () => {});"],
  ])('%s sees %s', (rule, text) => expect(rule(parseSource('app/x.tsx', text))).toHaveLength(1));

  it.each([
    [shells, "spawn('qemu-img', ['info']); spawn(file, args, { shell: false });"],
    [rawColours, 'const a = <a href="#notes" className="text-accent">{"#12"}</a>;'],
    [moduleState, 'const KNOWN: ReadonlySet<string> = new Set(); function f() { let a = 0; return a; }'],
    [conventions.switchedOffTests, "it.runIf(isRoot)('x', () => {}); test.step('only', f);"],
  ])('%s lets pass %s', (rule, text) => expect(rule(parseSource('app/x.tsx', text))).toEqual([]));

  it('a test without anything of its own folder is stray', () => {
    expect(conventions.strayTests(parseSource('lib/a.test.ts', "import '../b';"))).toHaveLength(1);
    expect(conventions.strayTests(parseSource('lib/a.test.ts', "import { a } from './a';"))).toEqual([]);
  });

  it("'use server' is found in a function too", () => {
    expect(conventions.usesServerDirective(parseSource('a.ts', "async function f() { 'use server'; }"))).toBe(true);
    expect(conventions.usesServerDirective(parseSource('a.ts', "const a = 'use server';"))).toBe(false);
  });
});

describe('the session rule', () => {
  const page = (path: string, text: string) => openPages(parseSource(path, text));

  it('wants every page but the public ones to require a session', () => {
    const guard = "import { requirePage } from '@/lib/web/page';";
    expect(page('app/(main)/vms/page.tsx', guard)).toHaveLength(1);
    expect(page('app/(main)/vms/page.tsx', `${guard} export default async () => { await requirePage(); };`)).toEqual(
      [],
    );
    expect(page('app/sign-in/page.tsx', '')).toEqual([]);
  });

  it('wants no route of Next but the one of sign-in', () => {
    const check = (path: string) => openRoutes(parseSource(path, 'export async function GET() {}'));
    expect(check('app/api/v1/vms/route.ts')).toHaveLength(1);
    expect(check('app/api/auth/[...all]/route.ts')).toEqual([]);
  });

  it('wants every action to call the wrapper', () => {
    const check = (text: string) => openActions(parseSource('lib/web/vm-actions.ts', text));
    expect(check('export async function start() {}')).toHaveLength(1);
    expect(check("import { action } from './action'; export async function start() { return action(x); }")).toEqual([]);
  });
});

describe('the lock file', () => {
  const lock = (packages: object) => JSON.stringify({ packages });

  it('has no addresses and no image library', () => {
    expect(lockAddresses(lock({ 'node_modules/a': { resolved: 'https://x/a.tgz' } }))).toEqual(['node_modules/a']);
    expect(realSharp(lock({ 'node_modules/@img/sharp-linux-x64': {}, 'node_modules/sharp': { link: true } }))).toEqual([
      'node_modules/@img/sharp-linux-x64',
    ]);
  });

  it('has each copy of a package at its floor', () => {
    const packages = {
      'node_modules/ws': { version: '8.23.0' },
      'node_modules/a/node_modules/ws': { version: '8.20.9' },
    };
    expect(versionBelow(lock(packages), 'ws', '8.21.0')).toBe('node_modules/a/node_modules/ws 8.20.9');
    expect(versionBelow(lock(packages), 'ws', '8.20.9')).toBeNull();
    expect(versionBelow(lock({}), 'ws', '8.20.9')).toContain('not in the lock file');
  });
});

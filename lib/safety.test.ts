/** The conventions of the project, as tests. A rule that nobody checks is a wish. */
import { describe, expect, it } from 'vitest';
import * as conventions from './safety/conventions';
import { forbiddenImports } from './safety/import-rule';
import { lockAddresses, realSharp, versionBelow } from './safety/packages';
import { openActions, openPages, openRoutes } from './safety/session-rule';
import { isTest, listFiles, readSources, readText } from './safety/source-files';
import type { SourceFile } from './safety/source-files';

const MAX_LINES = 300;
/** Read as tables: they may be as long as they need. */
const SCHEMAS = ['lib/shared/vm.ts', 'lib/shared/device.ts'];

const files = listFiles();
const sources = readSources();
const ours = sources.filter(({ path }) => !path.startsWith('lib/safety'));

/** Applies a rule to all sources that `applies` picks. */
function check(rule: (source: SourceFile) => string[], applies: (source: SourceFile) => boolean = () => true): void {
  expect(ours.filter(applies).flatMap(rule)).toEqual([]);
}

const under =
  (...folders: string[]) =>
  ({ path }: SourceFile) =>
    folders.some((folder) => path.startsWith(`${folder}/`));

it('finds the sources', () => {
  expect(sources.length).toBeGreaterThan(50);
});

describe('files', () => {
  it('follow the import rule', () => check(forbiddenImports));

  it(`have at most ${MAX_LINES} lines`, () => {
    const counted = files.filter(
      (file) => /\.(tsx?|mjs|css|sh)$/.test(file) && !file.includes('/testdata/') && !SCHEMAS.includes(file),
    );
    const long = counted.map((file) => ({ file, lines: readText(file).trimEnd().split('\n').length }));
    expect(long.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
  });

  it('are no barrels', () => check(conventions.barrels));

  it('are named in kebab-case, components in PascalCase', () => {
    const named = sources.map(({ path }) => path).filter((path) => !/\/(testdata|app)\//.test(`/${path}`));
    const wrong = named.filter(
      (path) => !/\/([a-z0-9-]+(\.[a-z0-9-]+)*\.(ts|tsx)|[A-Z][A-Za-z0-9]*(\.test)?\.tsx)$/.test(path),
    );
    expect(wrong).toEqual([]);
  });

  it('keep no state in modules that Next may load', () =>
    check(
      conventions.moduleState,
      (source) => !isTest(source.path) && under('lib/web', 'lib/shared', 'app', 'components')(source),
    ));

  it('do not silence the compiler', () => check(conventions.silencedCompiler));
});

describe('tests', () => {
  it('lie beside what they test', () => check(conventions.strayTests));
  it('are all switched on', () => check(conventions.switchedOffTests));
});

describe('dangerous things', () => {
  it('no shell', () => check(conventions.shells, ({ path }) => !isTest(path)));
  it('no human monitor', () => check(conventions.humanMonitor, conventions.isProduct));
  it('no markup from strings', () => check(conventions.rawMarkup));

  it("'use server' only in lib/web/*-actions.ts", () => {
    const wrong = ours.filter(
      (source) => conventions.usesServerDirective(source) !== /^lib\/web\/[a-z-]+-actions\.ts$/.test(source.path),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('every way in asks who is there', () => {
  it('pages', () => check(openPages));
  it('routes', () => check(openRoutes));
  it('server actions', () => check(openActions));
});

describe('packages', () => {
  const lock = readText('package-lock.json');

  it('come from whichever registry the user has', () => expect(lockAddresses(lock)).toEqual([]));
  it('do without the image library', () => expect(realSharp(lock)).toEqual([]));

  // Below these versions there are published holes: remote code execution in React's and Next's server parts, and
  // memory disclosure and exhaustion in ws.
  it.each([
    ['next', '16.4.5'],
    ['ws', '8.21.0'],
  ])('%s is %s or newer', (name, floor) => expect(versionBelow(lock, name, floor)).toBeNull());
});

describe('looks', () => {
  it('no colour outside app/globals.css', () =>
    check(conventions.rawColours, (source) => !isTest(source.path) && under('app', 'components')(source)));
});

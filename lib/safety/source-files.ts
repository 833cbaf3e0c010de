/** The project's own files, as text and as syntax trees, for the tests that hold the conventions. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const PROJECT = path.resolve(import.meta.dirname, '../..');

const SKIPPED_FOLDERS = new Set(['node_modules', '.git', '.next', 'dist', '.cache', 'generated', 'test-results']);

/** One file: `path` from the project's folder, with slashes. */
export interface SourceFile {
  path: string;
  text: string;
  tree: ts.SourceFile;
}

/** Every file that git knows or would add; in a copy without git, every file on disk. */
export function listFiles(): string[] {
  const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: PROJECT });
  const found = git.status === 0 ? git.stdout.toString().split('\0').filter(Boolean) : walk('');
  return found.filter((file) => fs.existsSync(path.join(PROJECT, file))).sort();
}

/** The TypeScript sources, parsed. */
export function readSources(): SourceFile[] {
  return listFiles()
    .filter((file) => /^(lib|app|components|e2e)\/.*\.tsx?$/.test(file))
    .map((file) => parseSource(file, readText(file)));
}

/** One file's text as a source, for the tests of the rules themselves too. */
export function parseSource(file: string, text: string): SourceFile {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return { path: file, text, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind) };
}

export function readText(file: string): string {
  return fs.readFileSync(path.join(PROJECT, file), 'utf8');
}

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || /\/testing\//.test(file);

/** Calls `look` for every node of a tree, parents first. */
export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => {
    visit(child, look);
  });
}

/** "lib/x.ts:12", as editors open it. */
export function placeOf(source: SourceFile, node: ts.Node): string {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  return `${source.path}:${line + 1}`;
}

function walk(folder: string): string[] {
  return fs.readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [file];
    return SKIPPED_FOLDERS.has(entry.name) ? [] : walk(file);
  });
}

/**
 * Who may import whom.
 *
 *   app ─▶ web ─▶ vmm ┄types┄▶ core ─▶ qemu ─▶ shared ◀─ everybody
 *    └─▶ components ─▶ web's actions     server ─▶ core, vmm
 */
import path from 'node:path';
import ts from 'typescript';
import { isTest, placeOf, visit } from './source-files';
import type { SourceFile } from './source-files';

interface Layer {
  name: string;
  /** The files that belong to the layer. The first layer that fits a file is its own. */
  files: RegExp;
  /** Layers that it may import, besides itself and `shared`. */
  layers: string[];
  /** Layers of which it may import types only. */
  types?: string[];
  /** Packages that it may import; undefined: any. */
  packages?: RegExp;
}

const NODE = 'node:[a-z/_]+';

const LAYERS: Layer[] = [
  { name: 'safety', files: /^lib\/safety(\/|\.)/, layers: [], packages: /^(node:[a-z/_]+|typescript|vitest)$/ },
  { name: 'generated', files: /^lib\/generated\//, layers: [] },
  { name: 'shared', files: /^lib\/shared\//, layers: [], packages: /^zod$/ },
  { name: 'qemu', files: /^lib\/qemu(\/|\.)/, layers: [], packages: new RegExp(`^(${NODE}|zod)$`) },
  {
    name: 'core',
    files: /^lib\/core\//,
    layers: ['qemu', 'generated'],
    packages: new RegExp(`^(${NODE}|zod|better-sqlite3|better-auth(/.+)?|@prisma/.+|fzstd|xz-decompress|yauzl)$`),
  },
  { name: 'vmm', files: /^lib\/vmm\.ts$/, layers: [], types: ['core'], packages: /^$/ },
  {
    name: 'server',
    files: /^lib\/server\//,
    layers: ['core', 'vmm'],
    packages: new RegExp(`^(${NODE}|zod|ws|next(/.+)?)$`),
  },
  {
    name: 'actions',
    files: /^lib\/web\/[a-z-]+-actions\.ts$/,
    layers: ['web', 'vmm'],
    types: ['core'],
    packages: /^(zod|next(\/.+)?)$/,
  },
  {
    name: 'web',
    files: /^lib\/web\//,
    layers: ['vmm', 'actions'],
    types: ['core'],
    packages: new RegExp(`^(${NODE}|zod|react|next(/.+)?)$`),
  },
  { name: 'cli', files: /^lib\/cli\//, layers: [], packages: new RegExp(`^(${NODE}|ws)$`) },
  {
    name: 'components',
    files: /^components\//,
    layers: ['actions'],
    packages: /^(?!node:|ws$|next\/(server|headers)$|better-|@prisma)/,
  },
  {
    name: 'app',
    files: /^app\//,
    layers: ['vmm', 'web', 'actions', 'components'],
    packages: /^(?!node:|ws$|better-|@prisma)/,
  },
  { name: 'e2e', files: /^e2e\//, layers: [] },
];

/** What any test may import, wherever it lies. */
const TEST_PACKAGES =
  /^(node:[a-z/_]+|vitest|fast-check|ws|esbuild|zod|better-sqlite3|@seriousme\/openapi-schema-validator)$/;

interface Import {
  node: ts.Node;
  specifier: string;
  typeOnly: boolean;
}

/** Every import of a source that the rule forbids, as "place: sentence". */
export function forbiddenImports(source: SourceFile): string[] {
  const from = layerOf(source.path);
  if (!from || from.name === 'generated') return [];
  return listImports(source).flatMap((found) => {
    const target = resolveImport(source.path, found.specifier);
    const problem = target === null ? packageProblem(source, from, found) : fileProblem(from, target, found);
    return problem ? [`${placeOf(source, found.node)}: ${problem}`] : [];
  });
}

function packageProblem(source: SourceFile, from: Layer, { specifier, typeOnly }: Import): string | null {
  if (!from.packages || from.packages.test(specifier)) return null;
  if (isTest(source.path) && TEST_PACKAGES.test(specifier)) return null;
  // Types cost nothing at run time, but a layer that knows a framework's types has begun to depend on it.
  return `${from.name} does not import ${typeOnly ? 'types of ' : ''}the package ${specifier}`;
}

function fileProblem(from: Layer, target: string, { typeOnly }: Import): string | null {
  if (target.startsWith('..')) return `${target} lies outside the project`;
  const to = layerOf(target);
  if (!to) return null;
  if (to.name === from.name || to.name === 'shared' || from.layers.includes(to.name)) return null;
  if (from.types?.includes(to.name)) {
    return typeOnly ? null : `${from.name} imports ${to.name} as types only ("import type")`;
  }
  return `${from.name} does not import ${to.name}`;
}

/** The file that an import names, without extension, from the project's folder; null for a package. */
function resolveImport(file: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return path.posix.normalize(specifier.slice(2));
  if (!specifier.startsWith('.')) return null;
  return path.posix.join(path.posix.dirname(file), specifier);
}

function layerOf(file: string): Layer | undefined {
  const named = /\.tsx?$/.test(file) ? file : `${file}.ts`;
  return LAYERS.find(({ files }) => files.test(named));
}

/** Static imports, re-exports, `import()` and `import('…')` types. */
function listImports({ tree }: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean) => {
    if (name && ts.isStringLiteral(name)) found.push({ node, specifier: name.text, typeOnly });
  };
  visit(tree, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false);
    }
  });
  return found;
}

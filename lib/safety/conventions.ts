/** The conventions that a syntax tree can show. Each answers what breaks it, as "place: sentence". */
import ts from 'typescript';
import { isTest, placeOf, visit } from './source-files';
import type { SourceFile } from './source-files';

type Find = (node: ts.Node) => string | false | null | undefined;

/** Collects a rule's sentences over all nodes of a source. */
function findAll(source: SourceFile, find: Find): string[] {
  const found: string[] = [];
  visit(source.tree, (node) => {
    const sentence = find(node);
    if (sentence) found.push(`${placeOf(source, node)}: ${sentence}`);
  });
  return found;
}

const RUNNERS = /^(it|test|describe|suite)$/;
const SWITCHED_OFF = /^(skip|only|todo|fixme|skipIf|runIf|fails|fail)$/;

/** A test that is switched off, or that switches the others off. */
export const switchedOffTests = (source: SourceFile): string[] =>
  findAll(source, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !SWITCHED_OFF.test(node.name.text)) return;
    // What only root can see may be tested for root only.
    if (/runIf\(!?isRoot\)/.test(node.parent.getText())) return;
    return RUNNERS.test(rootName(node.expression)) && `${node.getText()} switches tests off`;
  });

/** Anything that starts a shell. */
export const shells = (source: SourceFile): string[] =>
  findAll(source, (node) => {
    if (ts.isImportSpecifier(node) && /^exec(Sync)?$/.test((node.propertyName ?? node.name).getText())) {
      return /child_process/.test(node.parent.parent.parent.getText()) && 'exec runs a shell: spawn(file, argv[])';
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'shell') {
      return node.initializer.kind !== ts.SyntaxKind.FalseKeyword && 'no shell anywhere: spawn(file, argv[])';
    }
    if (ts.isCallExpression(node) && /^(spawn|spawnSync|execFile|execFileSync)$/.test(rootName(node.expression))) {
      const program = node.arguments[0];
      return program && /^(\/bin\/)?(ba|da|z)?sh$/.test(stringOf(program) ?? '') && 'this program is a shell';
    }
    return;
  });

// In two pieces, so that this file does not break its own rule.
const HUMAN_MONITOR = ['human', 'monitor-command'].join('-');

/** The human monitor: no stable syntax, no escaping. */
export const humanMonitor = (source: SourceFile): string[] =>
  findAll(source, (node) => stringOf(node)?.includes(HUMAN_MONITOR) && 'use the QMP command instead');

/** Markup from strings. */
export const rawMarkup = (source: SourceFile): string[] =>
  findAll(
    source,
    (node) =>
      (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) &&
      node.name.getText() === 'dangerouslySetInnerHTML' &&
      'render elements, not strings',
  );

const HEX_COLOUR = /(?<![\w&/#-])#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![\w-])/i;
const COLOUR_FUNCTION = /\b(rgba?|hsla?|oklch|oklab|lch)\(/i;

/** A colour outside app/globals.css. */
export const rawColours = (source: SourceFile): string[] =>
  findAll(source, (node) => {
    const text = stringOf(node);
    const colour = text && (HEX_COLOUR.exec(text) ?? COLOUR_FUNCTION.exec(text));
    return colour && `the colour ${colour[0]} belongs into app/globals.css as a token`;
  });

/** Whether the file, or a function in it, says 'use server'. */
export const usesServerDirective = (source: SourceFile): boolean => {
  let found = false;
  visit(source.tree, (node) => {
    found ||= ts.isExpressionStatement(node) && stringOf(node.expression) === 'use server';
  });
  return found;
};

/** State that a module keeps: Next loads a module more than once, so two places would see different state. */
export const moduleState = (source: SourceFile): string[] =>
  source.tree.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement) || hasDeclare(statement)) return [];
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    return statement.declarationList.declarations
      .filter((declaration) => !isConst || holdsMutable(declaration))
      .map(
        (declaration) =>
          `${placeOf(source, declaration)}: ${declaration.name.getText()} is state of a module (a table is declared ReadonlyMap or ReadonlySet)`,
      );
  });

/** A Map, Set or empty array or object that is not declared to be read only. */
function holdsMutable({ type, initializer }: ts.VariableDeclaration): boolean {
  if (!initializer || /^Readonly|^readonly /.test(type?.getText() ?? '')) return false;
  if (ts.isNewExpression(initializer)) return /^(Weak)?(Map|Set)$/.test(initializer.expression.getText());
  if (ts.isArrayLiteralExpression(initializer)) return initializer.elements.length === 0;
  return ts.isObjectLiteralExpression(initializer) && initializer.properties.length === 0;
}

/** Files that only pass others on. */
export const barrels = (source: SourceFile): string[] => {
  if (/(^|\/)index\.tsx?$/.test(source.path)) return [`${source.path}: name the file after what it does`];
  return findAll(
    source,
    (node) => ts.isExportDeclaration(node) && !node.exportClause && 'import from the file that defines it',
  );
};

/** A test must test something of its own folder: tests lie beside what they test. */
export const strayTests = (source: SourceFile): string[] => {
  if (!/\.test\.tsx?$/.test(source.path)) return [];
  return /from '\.\/[^']+'|import\('\.\/[^']+'\)/.test(source.text)
    ? []
    : [`${source.path}: imports nothing of its own folder; put it beside what it tests`];
};

/** Comments that silence the compiler. */
export const silencedCompiler = (source: SourceFile): string[] =>
  [...source.text.matchAll(/^.*@ts-(ignore|nocheck).*$/gm)].map(([line]) => `${source.path}: ${line.trim()}`);

export const isProduct = (source: SourceFile): boolean => !isTest(source.path) && !source.path.startsWith('e2e/');

function hasDeclare(statement: ts.VariableStatement): boolean {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** `it` of `it.each(x).skip`. */
function rootName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootName(node.expression);
  return '';
}

/** The text of a string, a template's piece or text between tags. */
function stringOf(node: ts.Node): string | undefined {
  return ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isJsxText(node)
    ? node.text
    : undefined;
}

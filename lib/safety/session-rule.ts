/**
 * Every way in asks for a session itself: a middleware can be bypassed, a wrapper around each handler cannot.
 *
 *   page.tsx              calls requirePage() of lib/web/page
 *   route.ts              there is none but sign-in's: the REST interface (lib/server/api) asks in one place
 *   lib/web/*-actions.ts  each exported action is made by a wrapper of lib/web/action
 */
import ts from 'typescript';
import { placeOf, visit } from './source-files';
import type { SourceFile } from './source-files';

/** Pages for people who have not signed in, and the one that only sends on. */
const OPEN_PAGES = /^app\/((\([a-z]+\)\/)*(sign-in|login|welcome)\/(.+\/)?)?page\.tsx$/;

/** better-auth's, which anybody may ask. */
const SIGN_IN_ROUTE = 'app/api/auth/[...all]/route.ts';

/** Pages that anybody could see. */
export function openPages(source: SourceFile): string[] {
  if (!/^app\/(.+\/)?page\.tsx$/.test(source.path) || OPEN_PAGES.test(source.path)) return [];
  const guards = importedFrom(source, /\/lib\/web\/page$/);
  return callsOneOf(source.tree, guards) ? [] : [`${source.path}: call requirePage() of lib/web/page first`];
}

/** Routes of Next, of which sign-in's is the only one. */
export function openRoutes(source: SourceFile): string[] {
  if (!/^app\/(.+\/)?route\.tsx?$/.test(source.path) || source.path === SIGN_IN_ROUTE) return [];
  return [`${source.path}: make it a row of lib/shared/api with a handler in lib/server/api`];
}

/** Exported server actions that do not go through the wrapper. */
export function openActions(source: SourceFile): string[] {
  if (!/^lib\/web\/[a-z-]+-actions\.ts$/.test(source.path)) return [];
  return unwrappedExports(source, /(^\.|\/lib\/web)\/action$/, 'lib/web/action');
}

/** Exported values of a module that are not made by calling something imported from `wrapper`. */
function unwrappedExports(source: SourceFile, wrapper: RegExp, name: string): string[] {
  const wrappers = importedFrom(source, wrapper);
  return source.tree.statements.flatMap((statement) => {
    if (!isExported(statement)) return [];
    if (ts.isVariableStatement(statement)) {
      const bare = statement.declarationList.declarations.filter(
        ({ initializer }) => !initializer || !isCallOf(initializer, wrappers),
      );
      return bare.map((found) => `${placeOf(source, found)}: ${found.name.getText()} is not wrapped by ${name}`);
    }
    if (!ts.isFunctionDeclaration(statement) || callsOneOf(statement, wrappers)) return [];
    return [`${placeOf(source, statement)}: ${statement.name?.text ?? 'default'} does not call ${name}`];
  });
}

/** The local names of what a module imports, as values, from the modules that `from` fits. */
function importedFrom(source: SourceFile, from: RegExp): Set<string> {
  const names = new Set<string>();
  for (const statement of source.tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!from.test(statement.moduleSpecifier.text) || !bindings || !ts.isNamedImports(bindings)) continue;
    for (const { isTypeOnly, name } of bindings.elements) if (!isTypeOnly) names.add(name.text);
  }
  return names;
}

function callsOneOf(tree: ts.Node, names: Set<string>): boolean {
  let found = false;
  visit(tree, (node) => {
    found ||= isCallOf(node, names);
  });
  return found;
}

const isCallOf = (node: ts.Node, names: Set<string>): boolean =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text);

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

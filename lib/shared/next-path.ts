/**
 * Where to go after signing in: a path of Skep itself, or the start page. Anything that a browser could take for
 * another site (`//host`, `/\host`, a whole URL) is the start page.
 */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted) || /[\\\s]/.test(wanted)) return '/';
  return /^\/(login|welcome|api)(?![^/?])/.test(wanted) ? '/' : wanted;
}

/**
 * What the gate decides from the request line and the headers alone. Pure.
 *
 *   target ─▶ method ─▶ exactly one Host, and an allowed one ─▶ a change: exact Origin, same site ─▶ pass
 *     400      405         400, 421                                403
 */

export interface RequestFacts {
  method: string;
  /** The request target as it came: `/vms?x=1`. */
  target: string;
  /** Names and values in turn, as Node gives them. */
  rawHeaders: readonly string[];
}

export interface GateRules {
  /** Values of `Host`, in lower case. */
  hosts: ReadonlySet<string>;
  /** Next's development server needs paths that the production server must not have. */
  dev: boolean;
}

export type Verdict = { ok: true; host: string; path: string } | { ok: false; status: number; message: string };

const READING = ['GET', 'HEAD'];
const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** The REST interface, which asks who is there itself. */
const API = '/api/v1';

const PUBLIC_PAGES = ['/login', '/welcome'];
const PUBLIC_FILES = ['/favicon.svg', '/favicon.ico', '/robots.txt'];

/** Decides on a request before anything else sees it. */
export function judgeRequest(facts: RequestFacts, rules: GateRules): Verdict {
  const path = pathOf(facts.target);
  if (path === null) return refuse(400, 'This address is not valid.');
  const isChange = CHANGING.includes(facts.method);
  const isKnown = isChange || READING.includes(facts.method) || (facts.method === 'OPTIONS' && isApi(path));
  if (!isKnown) return refuse(405, 'This method is not allowed.');
  const host = judgeHost(facts, rules);
  if (!host.ok) return host;
  if (isChange && !isSameOrigin(facts, host.host) && !(isApi(path) && hasToken(facts)))
    return refuse(403, 'This request did not come from a page of Skep.');
  if (!rules.dev && isForbiddenPath(path)) return refuse(404, 'There is nothing here.');
  return { ...host, path };
}

/** Decides on a WebSocket: like a change, so a page of another site cannot open one (T-43). */
export function judgeUpgrade(facts: RequestFacts, rules: GateRules): Verdict {
  const path = pathOf(facts.target);
  if (path === null) return refuse(400, 'This address is not valid.');
  if (facts.method !== 'GET') return refuse(405, 'This method is not allowed.');
  const host = judgeHost(facts, rules);
  if (!host.ok) return host;
  if (!isSameOrigin(facts, host.host)) return refuse(403, 'This socket was not asked for by a page of Skep.');
  return { ...host, path };
}

/** What is answered without a session. Everything else is not (T-40). */
export function isPublic(method: string, path: string, dev: boolean): boolean {
  if (path.startsWith('/api/auth/')) return true;
  if (!READING.includes(method)) return false;
  if (PUBLIC_PAGES.includes(path) || PUBLIC_FILES.includes(path) || path.startsWith('/_next/static/')) return true;
  return dev && (path.startsWith('/_next/') || path.startsWith('/__nextjs'));
}

/** True for what is asked of the REST interface. */
export function isApi(path: string): boolean {
  return path === API || path.startsWith(`${API}/`);
}

/**
 * The request proves itself with a token, not with the browser's cookie: no page of another site can make a browser
 * send one, for it would have to ask first (CORS), and nobody says yes (T-42).
 */
function hasToken(facts: RequestFacts): boolean {
  return valuesOf(facts.rawHeaders, 'authorization').some((value) => /^bearer /i.test(value));
}

/** The image optimiser (T-47), and what only the development server has (T-46). */
function isForbiddenPath(path: string): boolean {
  return /^\/_next\/(image|webpack-hmr|hmr|turbopack)/.test(path) || path.startsWith('/__nextjs');
}

/**
 * The path of an origin-form target, or null for anything that two readers could take for different paths:
 * a whole URL, `//host`, `..`, an encoded slash, a backslash.
 */
function pathOf(target: string): string | null {
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith('/') || path.startsWith('//') || /[\\#\s]/.test(path)) return null;
  try {
    const segments = path.split('/').map((segment) => decodeURIComponent(segment));
    const isOurs = path.startsWith('/upload/') || isApi(path);
    if (segments.some((segment) => segment === '.' || segment === '..' || segment.includes('\0'))) return null;
    if (segments.some((segment) => segment.includes('/') || (segment.includes('\\') && !isOurs))) return null;
    return path;
  } catch {
    return null;
  }
}

function judgeHost(facts: RequestFacts, rules: GateRules): { ok: true; host: string } | Exclude<Verdict, { ok: true }> {
  const [host, ...more] = valuesOf(facts.rawHeaders, 'host');
  if (host === undefined || more.length > 0) return refuse(400, 'A request needs exactly one Host header.');
  if (rules.hosts.has(host.toLowerCase())) return { ok: true, host: host.toLowerCase() };
  return refuse(421, 'Skep does not answer to this host name. An administrator can allow it in the settings.');
}

/** The page that asks has the very origin that it asks: scheme aside, `Origin` names the same host and port. */
function isSameOrigin(facts: RequestFacts, host: string): boolean {
  const origins = valuesOf(facts.rawHeaders, 'origin');
  const sites = valuesOf(facts.rawHeaders, 'sec-fetch-site');
  if (origins.length !== 1 || sites.length > 1) return false;
  if (origins[0] !== `http://${host}` && origins[0] !== `https://${host}`) return false;
  return sites.length === 0 || sites[0] === 'same-origin' || sites[0] === 'none';
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}

function refuse(status: number, message: string) {
  return { ok: false as const, status, message };
}

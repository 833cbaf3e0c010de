/** Which route a request means. Pure. */
import { API_BASE, type Endpoint } from '../../shared/api/endpoint';
import { endpointList, type OperationName } from '../../shared/api/table';

export type NamedEndpoint = Endpoint & { name: OperationName };

export type Route =
  | { found: 'nothing' }
  /** The address is known, the method is not; `allow` is the value of the header. */
  | { found: 'path'; allow: string }
  | { found: 'route'; endpoint: NamedEndpoint; params: Record<string, string>; allow: string };

interface Pattern {
  endpoint: NamedEndpoint;
  segments: string[];
}

/** @returns a function that looks a method and a path (without query) up */
export function createRouter(endpoints = endpointList()): (method: string, path: string) => Route {
  const patterns = endpoints
    .map((endpoint): Pattern => ({ endpoint, segments: endpoint.path.split('/') }))
    // Words go before names: /vms/{name}/cancel would be hidden by /vms/{name}/{verb} otherwise.
    .sort((a, b) => countNames(a) - countNames(b));
  return (method, path) => {
    const segments = path.slice(API_BASE.length).split('/').map(decodeURIComponent);
    const fitting = patterns.filter((pattern) => fits(pattern, segments));
    if (fitting.length === 0) return { found: 'nothing' };
    const allow = allowOf(fitting);
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = fitting.find(({ endpoint }) => endpoint.method === wanted);
    if (!found) return { found: 'path', allow };
    return { found: 'route', endpoint: found.endpoint, params: namesOf(found, segments), allow };
  };
}

function fits({ segments }: Pattern, given: string[]): boolean {
  return (
    segments.length === given.length &&
    segments.every((segment, i) => (isName(segment) ? given[i] !== '' : segment === given[i]))
  );
}

function namesOf({ segments }: Pattern, given: string[]): Record<string, string> {
  return Object.fromEntries(segments.flatMap((s, i) => (isName(s) ? [[s.slice(1, -1), given[i] ?? '']] : [])));
}

function allowOf(patterns: Pattern[]): string {
  const methods = new Set<string>(patterns.map(({ endpoint }) => endpoint.method));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods, 'OPTIONS'].sort().join(', ');
}

const isName = (segment: string): boolean => segment.startsWith('{');
const countNames = ({ segments }: Pattern): number => segments.filter(isName).length;

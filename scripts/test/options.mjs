/** What `npm test` was asked for. Pure. */
import { SetupError } from '../setup/say.mjs';

const PARTS = ['unit', 'e2e'];

/**
 * `npm test` runs everything; for daily work `npm test -- --only=unit [file…]` or `--only=e2e [file…]`.
 *
 * @returns `{ only, rest }`: the part or null for all, and what is handed to its runner
 * @throws SetupError for anything else
 */
export function parseOptions(argv) {
  const option = argv.find((arg) => arg.startsWith('--only='));
  const only = option ? option.slice('--only='.length) : null;
  const rest = argv.filter((arg) => arg !== option);
  if (only !== null && !PARTS.includes(only))
    throw new SetupError(`--only takes ${PARTS.join(' or ')}, not "${only}".`);
  if (only === null && rest.length > 0) {
    throw new SetupError(`Files can be named together with --only=unit or --only=e2e: ${rest.join(' ')}`);
  }
  return { only, rest };
}

/**
 * `npm run link`: prints a new one-time sign-in link. Asks the running Skep through its unix socket, which only its
 * own user may open, so no password is needed: for the first sign-in, and for who forgot theirs.
 */
import { request } from 'node:http';
import { isProgram } from './setup/project.mjs';
import { socketPath } from './setup/running.mjs';
import { runMain, SetupError } from './setup/say.mjs';

const TIMEOUT_MS = 10_000;

/** Asks for a link. @returns `{ url, expiresAt, kind }` @throws SetupError when no Skep answers */
export function askForLink(path) {
  return new Promise((done, fail) => {
    const asked = request({ socketPath: path, path: '/link', method: 'POST', timeout: TIMEOUT_MS }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) return done(JSON.parse(text));
        fail(new SetupError(`Skep refused to make a link (${response.statusCode}).`, text));
      });
    });
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    asked.on('error', (error) => fail(new SetupError(whyNoAnswer(path, error.code))));
    asked.end();
  });
}

function whyNoAnswer(path, code) {
  if (code === 'EACCES') return `Only the user who runs Skep may ask for a link (${path}).`;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    return `Skep is not running here (nothing answers at ${path}). Start it with npm start; if it has another home, set SKEP_HOME.`;
  }
  return `Skep does not answer at ${path} (${code}). Look at the terminal where it runs.`;
}

/** What is printed for an answer. Pure. */
export function describeLink({ url, kind, expiresAt }, now = Date.now()) {
  const what = kind === 'setup' ? 'It makes you the administrator, and works once' : 'It signs you in, and works once';
  const minutes = expiresAt && Math.max(1, Math.round((Date.parse(expiresAt) - now) / 60_000));
  const until = minutes ? `, for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '';
  return `${url}\n\nOpen it in a browser. ${what}${until}. Older links no longer work.`;
}

if (isProgram(import.meta.url)) {
  await runMain(async () => {
    const link = await askForLink(socketPath());
    console.log(describeLink(link));
  });
}

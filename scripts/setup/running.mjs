/** Whether Skep runs already, and where its socket is. */
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The socket of the Skep that this user runs; the same rule as in lib/core/home.ts. */
export function socketPath(env = process.env, isRoot = process.getuid() === 0, home = homedir()) {
  return join(homeRoot(env, isRoot, home), 'skep.sock');
}

function homeRoot(env, isRoot, home) {
  if (env.SKEP_HOME) return resolve(env.SKEP_HOME);
  if (isRoot) return '/var/lib/skep';
  const data = env.XDG_DATA_HOME;
  return join(data && isAbsolute(data) ? data : join(home, '.local/share'), 'skep');
}

/** Whether somebody listens on the socket; a file that a killed Skep left behind has no listener. */
export function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

/** Where Skep listens, and what it says about it. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIP } from 'node:net';
import os from 'node:os';
import { AppError, errnoOf } from '../shared/errors';
import { isWildcard, toHostName } from './gate-hosts';

export const DEFAULT_PORT = 7537;

export interface ListenPlan {
  /** The address to bind. */
  address: string;
  port: number;
  /** Sentences for the terminal: why it is not the address that was asked for, or what is risky about it. */
  warnings: string[];
}

/**
 * Decides from the environment where to listen. Pure.
 *
 * @param hasAdministrator until there is one, only this machine may connect: whoever comes first sets the password
 * @throws AppError `invalid_input` when SKEP_HOST or SKEP_PORT make no sense
 */
export function planListen(env: NodeJS.ProcessEnv, hasAdministrator: boolean): ListenPlan {
  const port = readPort(env['SKEP_PORT']);
  const wanted = env['SKEP_HOST'] === 'localhost' ? '127.0.0.1' : env['SKEP_HOST'] || '127.0.0.1';
  if (isIP(wanted) === 0)
    throw new AppError(
      'invalid_input',
      `SKEP_HOST is “${wanted}”, which is no address. Set it to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
    );
  if (isLoopback(wanted)) return { address: wanted, port, warnings: [] };
  if (!hasAdministrator)
    return {
      address: '127.0.0.1',
      port,
      warnings: [
        `Listening on 127.0.0.1 instead of ${wanted} until there is an administrator: open the link below on this machine ` +
          `(from another one: ssh -L ${port}:127.0.0.1:${port} to here), then start Skep again.`,
      ],
    };
  return {
    address: wanted,
    port,
    warnings: [
      `Other machines can reach Skep, without encryption: put it behind a proxy with TLS, or use only networks you trust.`,
    ],
  };
}

/**
 * Binds a server.
 *
 * @throws AppError `host_missing` when the port is taken, or the address is not this machine's
 */
export async function listen(server: Server, plan: Pick<ListenPlan, 'address' | 'port'>): Promise<number> {
  server.listen({ host: plan.address, port: plan.port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw toListenError(plan, error);
  }
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : plan.port;
}

/** The address to open in a browser, without a slash at the end. For all interfaces: one that other machines can use. */
export function browserUrl(address: string, port: number, interfaces = interfaceAddresses()): string {
  const usable = interfaces.find((a) => isIP(a) === 4 && !isLoopback(a)) ?? '127.0.0.1';
  return `http://${toHostName(isWildcard(address) ? usable : address)}${port === 80 ? '' : `:${port}`}`;
}

/** All addresses of this machine. */
export function interfaceAddresses(): string[] {
  return Object.values(os.networkInterfaces()).flatMap((list) => (list ?? []).map((entry) => entry.address));
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^127\./.test(address);
}

/** @throws AppError `invalid_input` */
export function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new AppError('invalid_input', `SKEP_PORT is “${text}”, which is no port. Set it to a number from 1 to 65535.`);
}

function toListenError({ address, port }: Pick<ListenPlan, 'address' | 'port'>, error: unknown): unknown {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${address} is in use by another program. Stop it, or set SKEP_PORT to another port.`,
    EADDRNOTAVAIL: `${address} is no address of this machine. Set SKEP_HOST to one that is.`,
    EACCES: `Port ${port} needs root. Set SKEP_PORT to a port above 1023.`,
  };
  const reason = reasons[errnoOf(error) ?? ''];
  return reason ? new AppError('host_missing', reason, { cause: error }) : error;
}

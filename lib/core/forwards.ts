/** Port forwards before a start: each host port is tried, so that the sentence names who has it. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { AppError } from '../shared/errors';
import { forwardsOf, type VmSpec } from '../shared/vm';

type Forward = ReturnType<typeof forwardsOf>[number];

export interface ForwardOwner {
  name: string;
  spec: VmSpec;
}

/**
 * @param running the VMs that run now, with the specs they run with
 * @param ownPort Skep's own TCP port
 * @throws AppError `busy` naming the port and who has it
 */
export async function checkForwards(spec: VmSpec, running: ForwardOwner[], ownPort: number): Promise<void> {
  for (const forward of forwardsOf(spec)) {
    const at = `${forward.hostAddress}:${forward.hostPort} (${forward.protocol.toUpperCase()})`;
    if (forward.protocol === 'tcp' && forward.hostPort === ownPort)
      throw new AppError(
        'busy',
        `Port ${at} is Skep’s own. Choose another host port for the forward of ${forward.nicId}.`,
      );
    const owner = running.find((vm) => forwardsOf(vm.spec).some((other) => clashes(forward, other)));
    if (owner)
      throw new AppError(
        'busy',
        `Port ${at} is forwarded to the VM ${owner.name}, which is running. Stop it, or choose another host port.`,
      );
    const error = await tryPort(forward);
    if (error === 'EADDRINUSE')
      throw new AppError('busy', `Port ${at} is in use by another program on this host. Choose another host port.`);
    if (error === 'EADDRNOTAVAIL')
      throw new AppError(
        'invalid_input',
        `${forward.hostAddress} is no address of this host. Choose 127.0.0.1, 0.0.0.0 or one of the host’s addresses.`,
      );
    if (error) throw new AppError('busy', `Port ${at} cannot be opened (${error}). Choose another host port.`);
  }
}

const ANY = '0.0.0.0';

function clashes(a: Forward, b: Forward): boolean {
  const sameAddress = a.hostAddress === b.hostAddress || a.hostAddress === ANY || b.hostAddress === ANY;
  return a.protocol === b.protocol && a.hostPort === b.hostPort && sameAddress;
}

/** Opens the port for a moment. The error's code, or null when it is free. */
function tryPort({ protocol, hostAddress, hostPort }: Forward): Promise<string | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    if (protocol === 'tcp') {
      const server = createServer();
      server.once('error', failed);
      server.listen({ host: hostAddress, port: hostPort, exclusive: true }, () => server.close(() => resolve(null)));
    } else {
      const socket = createSocket('udp4');
      socket.once('error', failed);
      socket.bind(hostPort, hostAddress, () => socket.close(() => resolve(null)));
    }
  });
}

/**
 * Core, pages, gate and sockets put together on one HTTP server.
 */
import { createServer, Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RunningVmm } from '../core/create-vmm';
import { setVmm } from '../vmm';
import type { OwnedHome } from '../core/owned-home';
import { createApi } from './api/api';
import { identifyAsOwner, identifyByRequest } from './api/identify';
import { startCore } from './boot';
import { createGate } from './gate';
import { limitConnections, SERVER_LIMITS } from './gate-connections';
import { allowedHosts, isWildcard } from './gate-hosts';
import { browserUrl, interfaceAddresses, listen, planListen, readPort, type ListenPlan } from './listen';
import { createLibraryDownload } from './library-download';
import { openLocalSocket } from './local-socket';
import type { Project } from './project';
import { createUploads } from './uploads';
import { attachSockets } from './ws';

export interface RunningServer {
  vmm: RunningVmm;
  /** The address to open in a browser. */
  url: string;
  warnings: string[];
  /** Makes a one-time link; the last one is void from then on. */
  makeLink(): Promise<{ url: string; kind: 'setup' | 'sign-in'; expiresAt: string | null }>;
  close(): Promise<void>;
}

/** @throws AppError with a sentence for the terminal */
export async function startServer(home: OwnedHome, project: Project, env: NodeJS.ProcessEnv): Promise<RunningServer> {
  const dev = env['SKEP_DEV'] === '1';
  const build = process.env.SKEP_BUILD_ID ?? 'development';
  const ownPort = readPort(env['SKEP_PORT']);
  const httpServer = createServer(SERVER_LIMITS);
  limitConnections(httpServer);
  const [vmm, pages] = await Promise.all([
    startCore(home, { ownPort, qemuDir: env['SKEP_QEMU_DIR'], version: project.version, build }),
    preparePages(project, httpServer, dev),
  ]);
  setVmm(vmm);
  const plan = planListen(env, await vmm.auth.hasAdministrator());
  const close = openDoors(httpServer, { vmm, pages, dev, plan });
  const port = await listen(httpServer, plan);
  vmm.setListensOn({ address: plan.address, port });
  const url = browserUrl(plan.address, port);
  const makeLink = async () => {
    const { token, kind, expiresAt } = await vmm.auth.issueLink();
    return { url: `${url}/welcome?token=${token}`, kind, expiresAt: expiresAt?.toISOString() ?? null };
  };
  const local = await openLocalDoor(home.paths.socket, vmm, makeLink);
  return {
    vmm,
    url,
    warnings: plan.warnings,
    makeLink,
    async close() {
      await local.close();
      await close();
      setVmm(undefined);
      await vmm.close();
    },
  };
}

/** The door for programs of this host: no Host and no Origin to check, for no browser comes here. */
async function openLocalDoor(path: string, vmm: RunningVmm, makeLink: () => Promise<unknown>) {
  const api = createApi(vmm, identifyAsOwner(vmm.auth));
  const local = await openLocalSocket(path, { verbs: { 'POST /link': makeLink }, api });
  const sockets = attachSockets({ httpServer: local.server, vmm, dev: false, checkUpgrade: () => true });
  return {
    async close() {
      await sockets.close();
      local.close();
    },
  };
}

type Pages = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Next, loaded while the core looks for its VMs. */
async function preparePages(project: Project, httpServer: Server, dev: boolean): Promise<Pages> {
  const { default: next } = await import('next');
  // Next takes the upgrades of the server it is given. In production it has none to serve, and gets one without any;
  // in development it reloads pages that were opened at `localhost` or at this name.
  const hostname = dev ? '127.0.0.1' : undefined;
  const app = next({ dev, dir: project.folder, hostname, httpServer: dev ? httpServer : new Server() });
  await app.prepare();
  return app.getRequestHandler();
}

interface Doors {
  vmm: RunningVmm;
  pages: Pages;
  dev: boolean;
  plan: ListenPlan;
}

/** @returns a function that closes the server and every connection to it */
function openDoors(httpServer: Server, { vmm, pages, dev, plan }: Doors): () => Promise<void> {
  const hosts = () => {
    const bound = httpServer.address();
    const port = typeof bound === 'object' && bound ? bound.port : plan.port;
    const interfaces = isWildcard(plan.address) ? interfaceAddresses() : [];
    return allowedHosts({ boundAddress: plan.address, port, extra: vmm.settings.get().allowedHosts, interfaces });
  };
  const session = (headers: Headers) => vmm.auth.session(headers);
  const api = createApi(vmm, identifyByRequest(vmm.auth));
  const download = createLibraryDownload(vmm.library);
  const gate = createGate({ hosts, session, pages, api, upload: createUploads(vmm.uploads), download, dev });
  httpServer.on('request', gate.handle);
  const sockets = attachSockets({ httpServer, vmm, dev, checkUpgrade: (req) => gate.checkUpgrade(req).ok });
  return async () => {
    httpServer.close();
    await sockets.close();
    httpServer.closeAllConnections();
  };
}

/**
 * Which Windows an installer brings: from the description at the end of its `install.wim`, which lists the editions.
 * Source: "Windows Imaging File Format (WIM)", Microsoft, header and XML data.
 */
import type { VmSystem } from '../../shared/vm';
import type { Architecture } from '../../shared/iso-facts';
import type { Bytes } from './bytes';
import type { Identity } from './systems';

const HEADER_BYTES = 96;
const MAX_XML_BYTES = 512 * 1024;
const ARCHITECTURES: Record<string, Architecture> = { 0: 'i386', 9: 'x86_64', 12: 'arm64' };
/** Builds whose descriptions name no product that a person would know. */
const SERVERS: [build: number, name: string][] = [
  [26100, '2025'],
  [20348, '2022'],
  [17763, '2019'],
  [14393, '2016'],
];

/** @returns null when the file is no WIM, or describes no Windows */
export async function readWim(wim: Bytes): Promise<Identity | null> {
  const header = await wim.read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 5) !== 'MSWIM') return null;
  const sizeBytes = header.readUIntLE(72, 6);
  const xml = (await wim.read(Number(header.readBigUInt64LE(80)), Math.min(sizeBytes, MAX_XML_BYTES))).toString(
    'utf16le',
  );
  return identityOf(xml);
}

function identityOf(xml: string): Identity | null {
  const build = Number(/<BUILD>(\d{1,6})<\/BUILD>/.exec(xml)?.[1] ?? 0);
  const isServer = /<INSTALLATIONTYPE>Server/i.test(xml);
  const system = productIn(xml) ?? productOfBuild(build, isServer);
  if (!system) return null;
  const arch = /<ARCH>(\d{1,2})<\/ARCH>/.exec(xml)?.[1];
  return {
    system,
    version: build ? `build ${build}` : null,
    preset: presetOf(system),
    architecture: (arch !== undefined && ARCHITECTURES[arch]) || null,
  };
}

/** “Windows Server 2022” of “Windows Server 2022 SERVERSTANDARD”. */
function productIn(xml: string): string | null {
  return /<(?:DISPLAY)?NAME>(Windows (?:Server )?\d[\d.]*(?: R2)?)\b/.exec(xml)?.[1] ?? null;
}

function productOfBuild(build: number, isServer: boolean): string | null {
  if (isServer) {
    const year = SERVERS.find(([from]) => build >= from)?.[1];
    return year ? `Windows Server ${year}` : null;
  }
  if (build >= 22000) return 'Windows 11';
  return build >= 10240 ? 'Windows 10' : null;
}

function presetOf(system: string): VmSystem {
  return /^Windows (11|Server 20(22|25))/.test(system) ? 'windows-11' : 'windows-10';
}

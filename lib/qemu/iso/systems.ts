/** Which system an installer brings, by the words that it carries: pure tables, and how they are read. */
import type { Architecture } from '../../shared/iso-facts';
import type { VmSystem } from '../../shared/vm';

export interface Identity {
  system: string;
  version: string | null;
  preset: VmSystem;
  architecture: Architecture | null;
}

/** What systems write, with their version in the groups (joined by dots). The first that fits counts. */
const WORDS: [RegExp, system: string, VmSystem][] = [
  [/^Debian(?: GNU\/Linux)? (\d+(?:\.\d+)*|testing|unstable)/i, 'Debian', 'linux'],
  [/^Debian/i, 'Debian', 'linux'],
  [/^Ubuntu(?:-Server)? (\d+\.\d+(?:\.\d+)?(?: LTS)?)/i, 'Ubuntu', 'linux'],
  [/^Ubuntu/i, 'Ubuntu', 'linux'],
  [/^Kubuntu (\d+\.\d+(?:\.\d+)?(?: LTS)?)/i, 'Kubuntu', 'linux'],
  [/^Xubuntu (\d+\.\d+(?:\.\d+)?(?: LTS)?)/i, 'Xubuntu', 'linux'],
  [/^Lubuntu (\d+\.\d+(?:\.\d+)?(?: LTS)?)/i, 'Lubuntu', 'linux'],
  [/^Linux Mint (\d+(?:\.\d+)?)/i, 'Linux Mint', 'linux'],
  [/^LMDE (\d+)/i, 'LMDE', 'linux'],
  [/^Kali(?: GNU\/Linux| Linux)?(?: (\d{4}\.\d+))?/i, 'Kali Linux', 'linux'],
  [/^Tails (\d+(?:\.\d+)*)/i, 'Tails', 'linux'],
  [/^Fedora[- ](?:.*?[- ])?(\d{2})(?=[- .]|$)/i, 'Fedora', 'linux'],
  [/^Fedora/i, 'Fedora', 'linux'],
  [/^(?:RHEL-|Red Hat Enterprise Linux )(\d+)[-.](\d+)/i, 'Red Hat Enterprise Linux', 'linux'],
  [/^CentOS[- ](?:Stream[- ])?(\d+)/i, 'CentOS', 'linux'],
  [/^Rocky(?:-| Linux )(\d+)[-.](\d+)/i, 'Rocky Linux', 'linux'],
  [/^AlmaLinux[- ](\d+)[-.](\d+)/i, 'AlmaLinux', 'linux'],
  [/^(?:OL-|Oracle Linux )(\d+)[-.](\d+)/i, 'Oracle Linux', 'linux'],
  [/^ARCH_(\d{4})(\d{2})/i, 'Arch Linux', 'linux'],
  [/^EOS_(\d{4})(\d{2})/i, 'EndeavourOS', 'linux'],
  [/^alpine-\S+ (\d+\.\d+(?:\.\d+)?)/i, 'Alpine Linux', 'linux'],
  [/^openSUSE[- ]Leap[- ](\d+\.\d+)/i, 'openSUSE Leap', 'linux'],
  [/^openSUSE[- ]Tumbleweed/i, 'openSUSE Tumbleweed', 'linux'],
  [/^SLE-(\d+)-SP(\d+)/i, 'SUSE Linux Enterprise', 'linux'],
  [/^nixos-(?:[a-z]+-)?(\d+\.\d+)/i, 'NixOS', 'linux'],
  [/^Gentoo/i, 'Gentoo', 'linux'],
  [/^Manjaro/i, 'Manjaro', 'linux'],
  [/^VOID_LIVE/i, 'Void Linux', 'linux'],
  [/^SlackDVD/i, 'Slackware', 'linux'],
  [/^(?:PVE|Proxmox VE)$/i, 'Proxmox VE', 'linux'],
  [/^(\d+)_(\d+)_RELEASE_/i, 'FreeBSD', 'bsd'],
  [/^FreeBSD(?:[-_ ](\d+\.\d+))?/i, 'FreeBSD', 'bsd'],
  [/^OpenBSD\/\S+\s+(\d+\.\d+)/i, 'OpenBSD', 'bsd'],
  [/^OpenBSD/i, 'OpenBSD', 'bsd'],
  [/^NetBSD(?:-(\d+\.\d+))?/i, 'NetBSD', 'bsd'],
  [/^OPNsense/i, 'OPNsense', 'bsd'],
  [/^pfSense/i, 'pfSense', 'bsd'],
  [/^GhostBSD/i, 'GhostBSD', 'bsd'],
  [/^(?:FreeDOS|FD\d\dLIVE)/i, 'FreeDOS', 'other'],
  [/^ReactOS/i, 'ReactOS', 'other'],
  [/^Haiku/i, 'Haiku', 'other'],
];

/** Most telling first: `x86_64` contains `x86`. */
const ARCHITECTURES: [RegExp, Architecture][] = [
  [/amd64|x86[_-]64|x64/i, 'x86_64'],
  [/arm64|aarch64/i, 'arm64'],
  [/riscv64/i, 'riscv64'],
  [/(?:^|[^a-z0-9])(?:i[3-6]86|x86)(?![_-]64)/i, 'i386'],
];

/** What one line (a volume label, `.disk/info`) speaks of, or null. */
export function systemIn(line: string): Identity | null {
  for (const [pattern, system, preset] of WORDS) {
    const match = pattern.exec(line.trim());
    if (match)
      return {
        system,
        version: match.slice(1).filter(Boolean).join('.') || null,
        preset,
        architecture: architectureIn(line),
      };
  }
  return null;
}

/** The processor that a line speaks of, or null. */
export function architectureIn(line: string): Architecture | null {
  return ARCHITECTURES.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

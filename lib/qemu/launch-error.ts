/** QEMU's last words turned into a sentence for people. QEMU's own text stays beside it, as details. */
import { AppError } from '../shared/errors';

export interface QemuExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Patterns of QEMU's (and the kernel's) messages, first match wins. `$1` is what the pattern caught. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /Could not set up host forwarding rule '(?:tcp|udp):([^']*?)-/,
    'The host port $1 is in use already. Choose another port for this forward, or stop the program that has it.',
  ],
  [
    /Failed to get "?(?:write|shared|consistent read)"? ?\S* ?lock/i,
    'One of its disks is in use by another VM or program.',
  ],
  [
    /Could not open '([^']+)': No such file or directory/,
    'The file $1 is missing. Put it back, or take the disk or CD out of the VM.',
  ],
  [
    /(?:Could not open|open) '?([^':]+)'?: Permission denied/,
    'QEMU may not open $1. Check who owns the file and who may enter the folders above it.',
  ],
  [/failed to initialize kvm|Could not access KVM kernel module|kvm_buf_set_msrs/i, 'KVM does not work on this host.'],
  [
    /cannot set up guest memory|Cannot allocate memory/,
    'The host has too little free memory. Give the VM less memory, or stop another VM.',
  ],
  [/No space left on device/, 'The disk of the host is full. Free some space.'],
  [
    /unsupported machine type|machine type.*does not exist/i,
    'This QEMU does not know the machine type that the VM was made for.',
  ],
  [
    /failed to find romfile "([^"]+)"|could not load PC BIOS '([^']+)'/,
    'The firmware file $1$2 is missing. Install QEMU again.',
  ],
  [/Image is not in (\w+) format/, 'One of its disks is not a $1 image, or is damaged.'],
  [/failed to execute (\S+): No such file/, 'The program $1 is missing. Run npm start once: it installs QEMU.'],
];

/**
 * Makes the error of a failed start.
 *
 * @param log what this start wrote, stdout and stderr
 */
export function launchError(log: string, exit: QemuExit): AppError {
  const details = log.trim() || `QEMU said nothing. ${describeExit(exit)}`;
  return new AppError('qemu_failed', `QEMU did not start. ${causeOf(log) ?? describeExit(exit)}`, { details });
}

/** The human cause in QEMU's words, or null when none is known. */
export function causeOf(log: string): string | null {
  for (const [pattern, sentence] of CAUSES) {
    const match = pattern.exec(log);
    if (match) return sentence.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
  }
  return null;
}

/** How a process ended, as a sentence. */
export function describeExit({ code, signal }: QemuExit): string {
  if (signal === 'SIGSYS') return 'It made a system call that its sandbox forbids.';
  if (signal === 'SIGKILL') return 'It was killed, perhaps by the host for want of memory.';
  if (signal) return `It was ended by ${signal}.`;
  return `It ended with exit code ${code ?? 'unknown'}.`;
}

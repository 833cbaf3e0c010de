/** What the host offers, and how it does now. */

/** The verdict on one accelerator: it counts only when a probe guest really ran on it. */
export interface AcceleratorVerdict {
  name: 'kvm' | 'tcg';
  works: boolean;
  /** How long the probe guest took, in milliseconds; null when it was not run. */
  probeMs: number | null;
  /** What happened, as a sentence. */
  reason: string;
  /** What would make it work, as a sentence; null when it works or nothing would. */
  fix: string | null;
  /** The first lines QEMU printed. */
  details: string | null;
}

export interface HostView {
  hostname: string;
  /** The distribution, such as "Debian GNU/Linux 12 (bookworm)". */
  os: string;
  kernel: string;
  cpuModel: string;
  cpuCount: number;
  memoryTotalBytes: number;
  skepVersion: string;
  /** Where Skep itself listens; absent while it does not. */
  listensOn?: { address: string; port: number };
  home: string;
  libraryFolder: string;
  /** null while QEMU is missing; `problem` then says what to do. */
  qemu: { version: string; path: string } | null;
  accelerators: AcceleratorVerdict[];
  /** What `auto` means on this host. */
  accelerator: 'kvm' | 'tcg';
  uefi: { available: boolean; reason: string };
  /** The user that QEMU processes run as. */
  qemuUser: string;
  /** What is wrong on this host, one sentence each. */
  problems: string[];
}

/** Sampled while somebody looks. Percentages: 100 is one core for a VM, the whole host for `host`. */
export interface LiveStats {
  host: {
    cpuPercent: number;
    memoryUsedBytes: number;
    memoryTotalBytes: number;
    diskFreeBytes: number;
    diskTotalBytes: number;
    /** Memory given to running VMs, in MiB. */
    committedMiB: number;
  };
  /** By VM id; running VMs only. */
  vms: Record<string, { cpuPercent: number; memoryBytes: number }>;
}

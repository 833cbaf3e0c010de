'use client';
/**
 * Verbs that this browser asked for and that the server has not shown yet, so that a click is answered at once.
 *
 *   click ──▶ begin(vm, 'start')      "Starting" is shown
 *   answer ─▶ settle(vm)              shown on until the VM's next push, but not longer than GRACE_MS
 *   error ──▶ fail(vm)                the old state is shown again
 */
import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { VmVerb, VmView } from '@/lib/shared/vm';
import { shownStatus, type ShownStatus } from './status';

/** The answer and the push travel on two connections: the push may come a little later. */
const GRACE_MS = 1500;

interface Pending {
  verb: VmVerb;
  /** The VM as it was at the click; another object means that the server has told something newer. */
  seen: VmView;
  isSettled: boolean;
}

export class PendingVerbs {
  private readonly byVm = new Map<string, Pending>();
  private readonly listeners = new Set<() => void>();

  begin(vm: VmView, verb: VmVerb): void {
    this.change(vm.id, { verb, seen: vm, isSettled: false });
  }

  settle(vm: VmView): void {
    const pending = this.byVm.get(vm.id);
    if (!pending) return;
    const settled = { ...pending, isSettled: true };
    this.change(vm.id, settled);
    setTimeout(() => {
      if (this.byVm.get(vm.id) === settled) this.fail(vm);
    }, GRACE_MS);
  }

  fail(vm: VmView): void {
    this.change(vm.id, null);
  }

  /** The verb to show for this VM, or null. */
  find(vm: VmView): VmVerb | null {
    const pending = this.byVm.get(vm.id);
    if (!pending || (pending.isSettled && pending.seen !== vm)) return null;
    return pending.verb;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private change(id: string, pending: Pending | null): void {
    if (pending) this.byVm.set(id, pending);
    else this.byVm.delete(id);
    for (const listener of this.listeners) listener();
  }
}

const PendingVerbsContext = createContext<PendingVerbs | null>(null);

export function PendingVerbsProvider({ children }: { children: ReactNode }) {
  const [pending] = useState(() => new PendingVerbs());
  return <PendingVerbsContext value={pending}>{children}</PendingVerbsContext>;
}

/** The page's pending verbs. @throws outside of the provider */
export function usePendingVerbs(): PendingVerbs {
  const pending = useContext(PendingVerbsContext);
  if (!pending) throw new Error('This component needs a PendingVerbsProvider above it.');
  return pending;
}

/** The verb that was just asked for this VM, or null. */
export function usePendingVerb(vm: VmView): VmVerb | null {
  const pending = usePendingVerbs();
  const read = () => pending.find(vm);
  return useSyncExternalStore(pending.subscribe, read, read);
}

/** What is shown for a VM now. */
export function useShownStatus(vm: VmView): ShownStatus {
  return shownStatus(vm, usePendingVerb(vm));
}

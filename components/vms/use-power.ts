'use client';
import { useMemo } from 'react';
import { VERB_LABELS, can } from '@/lib/shared/vm-can';
import type { VmView } from '@/lib/shared/vm';
import { powerVm } from '@/lib/web/vm-actions';
import { useConfirm } from '../ui/Confirm';
import { useToasts, type Toasts } from '../ui/Toast';
import { callAction } from '../use-action';
import { usePendingVerbs, type PendingVerbs } from './pending-verbs';
import { warningFor, type PowerVerb } from './verbs';

/** More at once would only make each of them slower. */
const AT_ONCE = 4;

export interface Power {
  /** Asks where something can be lost, then does it; the status changes at once. */
  run: (vm: VmView, verb: PowerVerb) => Promise<void>;
  /** The same for several; VMs that cannot do it now are left out. One toast sums up. */
  runMany: (vms: readonly VmView[], verb: PowerVerb) => Promise<void>;
}

/** The verbs of VMs, for buttons and menus. */
export function usePower(): Power {
  const confirm = useConfirm();
  const pending = usePendingVerbs();
  const toasts = useToasts();
  return useMemo(() => {
    const ask = async (verb: PowerVerb, vms: readonly VmView[]) => {
      const names = vms.map((vm) => vm.name);
      const warning = warningFor(verb, names);
      return !warning || confirm({ ...warning, isDanger: true });
    };
    return {
      run: async (vm, verb) => {
        if (!(await ask(verb, [vm]))) return;
        const error = await runOne(pending, vm, verb);
        if (error) toasts.showError(error);
      },
      runMany: async (vms, verb) => {
        const able = vms.filter((vm) => can(verb, vm));
        if (able.length === 0 || !(await ask(verb, able))) return;
        await runAll(pending, toasts, able, verb);
      },
    };
  }, [confirm, pending, toasts]);
}

async function runOne(pending: PendingVerbs, vm: VmView, verb: PowerVerb) {
  pending.begin(vm, verb);
  const result = await callAction(() => powerVm(vm.name, verb));
  if (result.ok) pending.settle(vm);
  else pending.fail(vm);
  return result.ok ? null : result.error;
}

async function runAll(pending: PendingVerbs, toasts: Toasts, vms: readonly VmView[], verb: PowerVerb): Promise<void> {
  const failures: string[] = [];
  const queue = [...vms];
  const worker = async () => {
    for (let vm = queue.shift(); vm; vm = queue.shift()) {
      const error = await runOne(pending, vm, verb);
      if (error) failures.push(`${vm.name}: ${error.message}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const label = VERB_LABELS[verb];
  const done = vms.length - failures.length;
  if (failures.length === 0) toasts.show({ kind: 'success', title: `${label}: ${count(done)} done.` });
  else
    toasts.show({
      kind: 'danger',
      title: `${label}: ${count(failures.length)} of ${vms.length} failed.`,
      text: 'The details say why. The others are done.',
      details: failures.join('\n'),
    });
}

function count(n: number): string {
  return n === 1 ? '1 VM' : `${n} VMs`;
}

'use client';

import { useEffect, useState } from 'react';
import type { KeyMacroSave, KeyMacroView } from '@/lib/shared/key-macro';
import type { VmView } from '@/lib/shared/vm';
import { listMacros, removeMacro, runMacro, saveMacro } from '@/lib/web/macro-actions';
import { useToasts } from '../ui/Toast';
import { callAction, useAction } from '../use-action';
import { useKeyboardOf } from './TypeTextDialog';

export interface Macros {
  list: readonly KeyMacroView[];
  /** Resolves true when it is saved; the error is shown already. */
  save: (macro: KeyMacroSave) => Promise<boolean>;
  remove: (id: string) => Promise<void>;
  run: (id: string) => Promise<void>;
}

/** The user's key macros, and what can be done with them at a VM. */
export function useMacros(vm: VmView): Macros {
  const [list, setList] = useState<readonly KeyMacroView[]>([]);
  const [{ layout }] = useKeyboardOf(vm);
  const toasts = useToasts();
  const saving = useAction(saveMacro);
  const removing = useAction(removeMacro);
  useEffect(() => {
    let isWanted = true;
    // Without an answer there are none to show; the next page tries again.
    void callAction(() => listMacros()).then((result) => isWanted && result.ok && setList(result.value));
    return () => void (isWanted = false);
  }, []);
  return {
    list,
    save: async (macro) => {
      const result = await saving.run(macro);
      if (result?.ok) setList(result.value);
      return result?.ok === true;
    },
    remove: async (id) => {
      const result = await removing.run(id);
      if (result?.ok) setList(result.value);
    },
    run: async (id) => {
      const result = await callAction(() => runMacro(vm.name, id, { layout }));
      if (!result.ok) toasts.showError(result.error);
    },
  };
}

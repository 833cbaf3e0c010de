'use client';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { VmView } from '@/lib/shared/vm';
import { SHOW_PALETTE, SHOW_SHORTCUTS } from '../frame/shortcuts';
import { useTheme } from '../frame/use-theme';
import { MoveDialog } from '../organise/MoveDialog';
import { TagsDialog } from '../organise/TagsDialog';
import { DeleteDialog } from '../vms/DeleteDialog';
import { usePower } from '../vms/use-power';
import type { PaletteItem } from './palette-items';

/** Loaded when it is opened for the first time: most visits need none. */
const Palette = dynamic(() => import('./Palette').then((module) => module.Palette), { ssr: false });

/** Opens the command palette when it is asked for, and does what was chosen there. */
export function PaletteHost() {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const [dialog, setDialog] = useState<{ kind: 'move' | 'tags' | 'delete'; vm: VmView } | null>(null);
  const run = useRun((kind, vm) => setDialog({ kind, vm }));
  useEffect(() => {
    const open = () => {
      setWasOpen(true);
      setOpen(true);
    };
    window.addEventListener(SHOW_PALETTE, open);
    return () => window.removeEventListener(SHOW_PALETTE, open);
  }, []);
  const close = () => setDialog(null);
  return (
    <>
      {wasOpen && <Palette isOpen={isOpen} onClose={() => setOpen(false)} onChoose={run} />}
      {dialog?.kind === 'move' && <MoveDialog vms={[dialog.vm]} onClose={close} />}
      {dialog?.kind === 'tags' && <TagsDialog vms={[dialog.vm]} onClose={close} />}
      {dialog?.kind === 'delete' && <DeleteDialog vm={dialog.vm} onClose={close} />}
    </>
  );
}

/** Does what an item of the palette stands for. */
function useRun(openDialog: (kind: 'move' | 'tags' | 'delete', vm: VmView) => void) {
  const router = useRouter();
  const power = usePower();
  const [, setTheme] = useTheme('system');
  return ({ action }: PaletteItem) => {
    switch (action.kind) {
      case 'go':
        return router.push(action.href);
      case 'verb':
        return void power.run(action.vm, action.verb);
      case 'dialog':
        return openDialog(action.dialog, action.vm);
      case 'theme':
        return setTheme(action.theme);
      case 'shortcuts':
        return void window.dispatchEvent(new Event(SHOW_SHORTCUTS));
    }
  };
}

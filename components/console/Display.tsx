'use client';

import { Monitor, MonitorOff } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { devicesOf } from '@/lib/shared/device';
import { vmPath } from '@/lib/shared/paths';
import { isAlive, type VmView } from '@/lib/shared/vm';
import { useVm } from '../live/live-hooks';
import { ButtonLink } from '../ui/Link';
import { Status } from '../ui/StatusMark';
import { useToasts } from '../ui/Toast';
import { ConsoleEmpty, LinkNotice, NotRunning } from './ConsoleNotice';
import { ConsoleFrame } from './ConsoleFrame';
import { DisplaySession } from './display-session';
import { DisplayToolbar } from './DisplayToolbar';
import { saveFile, timedName } from './download';
import type { Key } from './keys';
import { TouchKeyboard } from './TouchKeyboard';
import { TypeTextDialog } from './TypeTextDialog';
import { useFullWindow } from './use-full-window';
import { useIdleFocus } from './use-idle-focus';
import { useLeaveKeys } from './use-leave-keys';
import { useLinkKeeper } from './use-link-keeper';

const MENU_CLOSES_MS = 100;
const ICON = { 'aria-hidden': true, className: 'size-8' } as const;

/** A VM's screen, with what to do when there is none. */
export default function Display({ name, isPopOut = false }: { name: string; isPopOut?: boolean }) {
  const vm = useVm(name);
  if (!vm) {
    return (
      <ConsoleEmpty icon={<MonitorOff {...ICON} />} title={`There is no VM ${name}`}>
        It was deleted or got another name.
      </ConsoleEmpty>
    );
  }
  return <Screen key={vm.id} vm={vm} isPopOut={isPopOut} />;
}

function hasScreen(vm: VmView): boolean {
  return devicesOf(vm.runningSpec ?? vm.spec, 'video').length > 0;
}

function useDisplaySession(vm: VmView, isWanted: boolean) {
  const label = `Screen of ${vm.name}. Keys go to the guest. Press and release Ctrl and Alt together to leave.`;
  const [session] = useState(() => new DisplaySession(vm.id, label));
  const place = useRef<HTMLDivElement>(null);
  const state = useSyncExternalStore(session.state.subscribe, session.state.get, session.state.get);
  useEffect(() => {
    if (!isWanted || !place.current) return;
    session.open(place.current);
    return () => session.close();
  }, [session, isWanted]);
  const link = useLinkKeeper(isWanted ? session.link : null, state);
  return { session, place, link };
}

function useScreenshot(session: DisplaySession, vmName: string): () => Promise<void> {
  const toasts = useToasts();
  return async () => {
    try {
      saveFile(timedName(vmName, 'png'), await session.screenshot());
    } catch (error) {
      toasts.show({ kind: 'danger', title: error instanceof Error ? error.message : 'The screenshot failed.' });
    }
  };
}

function Screen({ vm, isPopOut }: { vm: VmView; isPopOut: boolean }) {
  const isWanted = isAlive(vm.status) && hasScreen(vm);
  const { session, place, link } = useDisplaySession(vm, isWanted);
  const [isViewOnly, setViewOnly] = useState(false);
  const [isFit, setFit] = useState(true);
  const [isTyping, setTyping] = useState(false);
  const full = useFullWindow();
  const screenshot = useScreenshot(session, vm.name);
  const toolbar = useLeaveKeys(place, isWanted);
  useIdleFocus(link.phase === 'connected', () => session.focus());
  const keyboard = useRef<HTMLTextAreaElement>(null);
  useEffect(() => session.setOptions({ viewOnly: isViewOnly, fit: isFit }), [session, isViewOnly, isFit]);
  return (
    <ConsoleFrame
      label={`Display of ${vm.name}`}
      state={isWanted ? link.phase : hasScreen(vm) ? 'stopped' : 'no-device'}
      isFull={full.isFull}
      toolbarRef={toolbar}
      toolbar={
        <DisplayToolbar
          {...{ session, isViewOnly, isFit, isPopOut }}
          vm={vm}
          isConnected={link.phase === 'connected'}
          isFull={full.isFull}
          onPress={(keys) => pressFromMenu(session, keys)}
          onType={() => setTyping(true)}
          onViewOnly={setViewOnly}
          onFit={setFit}
          onFull={full.toggle}
          onKeyboard={() => keyboard.current?.focus()}
          onScreenshot={() => void screenshot()}
        />
      }
    >
      {isWanted ? (
        <div className="absolute inset-0 bg-screen">
          <div ref={place} className="absolute inset-0" />
          <TouchKeyboard ref={keyboard} onStrokes={(strokes) => session.send(strokes)} />
          <LinkNotice link={link} onRetry={() => session.link.restart()} />
          {vm.status === 'paused' && <PausedMark />}
        </div>
      ) : (
        <NoScreen vm={vm} />
      )}
      {isTyping && (
        <TypeTextDialog
          vm={vm}
          onClose={() => setTyping(false)}
          onTyped={() => {
            setTyping(false);
            focusLater(session);
          }}
        />
      )}
    </ConsoleFrame>
  );
}

function pressFromMenu(session: DisplaySession, keys: readonly Key[]): void {
  session.press(keys);
  focusLater(session);
}

/** Focuses the screen once what stands over it has closed and given the focus back. */
function focusLater(session: DisplaySession): void {
  setTimeout(() => session.focus(), MENU_CLOSES_MS);
}

function PausedMark() {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 flex justify-center">
      <span className="rounded-md bg-raised px-3 py-1.5 shadow-raised">
        <Status kind="paused" word="Paused: the picture stands still" />
      </span>
    </div>
  );
}

function NoScreen({ vm }: { vm: VmView }) {
  if (hasScreen(vm)) return <NotRunning vm={vm} what="Its screen" icon={<Monitor {...ICON} />} />;
  return (
    <ConsoleEmpty
      icon={<MonitorOff {...ICON} />}
      title="This VM has no display"
      actions={
        <>
          <ButtonLink href={vmPath(vm.name, 'hardware')}>Add a display</ButtonLink>
          <ButtonLink kind="quiet" href={vmPath(vm.name, 'console')}>
            Open the serial console
          </ButtonLink>
        </>
      }
    >
      Without a video device there is no screen to show. The change takes effect at the next start.
    </ConsoleEmpty>
  );
}

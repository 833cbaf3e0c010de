'use client';

import type { ReactNode, Ref } from 'react';
import { Toolbar } from 'react-aria-components';
import { cx } from '../ui/cx';

interface ConsoleFrameProps {
  /** Name of the region for screen readers. */
  label: string;
  /** What the console does now, for styles and tests. */
  state: string;
  isFull: boolean;
  toolbar: ReactNode;
  toolbarRef: Ref<HTMLDivElement>;
  children: ReactNode;
  ref?: Ref<HTMLElement>;
}

const TOOLBAR = 'flex h-10 items-center gap-0.5 overflow-x-auto px-1 sm:px-2 pointer-coarse:h-12';
/** In fullscreen the toolbar waits above the upper edge and comes down when pointed at or focused. */
const HIDING_TOOLBAR =
  'absolute inset-x-0 top-0 z-10 -translate-y-[calc(100%-6px)] opacity-0 shadow-raised transition duration-100 ' +
  'hover:translate-y-0 hover:opacity-100 focus-within:translate-y-0 focus-within:opacity-100 ' +
  'pointer-coarse:translate-y-0 pointer-coarse:opacity-100';

/** A console to the edges: one thin toolbar, and the screen or terminal below it. */
export function ConsoleFrame({ label, state, isFull, toolbar, toolbarRef, children, ref }: ConsoleFrameProps) {
  return (
    <section
      ref={ref}
      aria-label={label}
      data-state={state}
      className={cx('flex flex-col bg-canvas', isFull ? 'fixed inset-0 z-30' : 'relative h-full min-h-0')}
    >
      <div className={cx('shrink-0 border-b bg-surface', isFull && HIDING_TOOLBAR)}>
        <Toolbar ref={toolbarRef} aria-label={`${label} tools`} className={TOOLBAR}>
          {toolbar}
        </Toolbar>
      </div>
      <div className="relative min-h-0 flex-1">{children}</div>
    </section>
  );
}

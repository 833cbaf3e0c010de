'use client';
import { usePathname } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { TaskNotices } from '../tasks/TaskNotices';
import { PaletteHost } from '../palette/PaletteHost';
import { PendingVerbsProvider } from '../vms/pending-verbs';
import { Sheet } from '../ui/Sheet';
import { UploadsProvider } from '../uploads/UploadsProvider';
import { Rail } from './Rail';
import { Shortcuts } from './Shortcuts';
import { RAIL_COOKIE, rememberLook, type Theme } from './theme';
import { TopBar } from './TopBar';

interface FrameProps {
  userName: string;
  theme: Theme;
  isRailFolded: boolean;
  children: ReactNode;
}

/**
 * The frame around every page: rail, top bar, content to the edges.
 *
 *   ┌──────┬───────────────────────────────┐
 *   │ rail │ top bar: where · live · account│
 *   │      ├───────────────────────────────┤
 *   │      │ <main>: scrolls by itself      │
 *   └──────┴───────────────────────────────┘
 */
export function Frame({ userName, theme, isRailFolded, children }: FrameProps) {
  const path = usePathname();
  const [isFolded, setFolded] = useState(isRailFolded);
  const [sheetPath, setSheetPath] = useState<string | null>(null);
  const fold = () => {
    rememberLook(RAIL_COOKIE, isFolded ? 'open' : 'folded');
    setFolded(!isFolded);
  };
  return (
    <PendingVerbsProvider>
      <UploadsProvider>
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to the content
        </a>
        <div className="flex h-dvh">
          <Rail isFolded={isFolded} onFold={fold} className="hidden md:flex" />
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar userName={userName} initialTheme={theme} onOpenRail={() => setSheetPath(path)} />
            <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
              {children}
            </main>
          </div>
        </div>
        <Sheet label="Navigation" isOpen={sheetPath === path} onClose={() => setSheetPath(null)}>
          <Rail isFolded={false} className="flex w-full! border-r-0" />
        </Sheet>
        <Shortcuts />
        <PaletteHost />
        <TaskNotices userName={userName} />
      </UploadsProvider>
    </PendingVerbsProvider>
  );
}

'use client';
import {
  Disc3,
  FolderPlus,
  ListChecks,
  MonitorCog,
  PanelLeftClose,
  PanelLeftOpen,
  Plus,
  Server,
  Settings as SettingsIcon,
  Trash2,
} from 'lucide-react';
import NextLink from 'next/link';
import { useState } from 'react';
import { PATHS } from '@/lib/shared/paths';
import { FolderDialog } from '../organise/FolderDialog';
import { IconButton } from '../ui/Button';
import { cx } from '../ui/cx';
import { Logo } from './Logo';
import { RailGuests } from './RailGuests';
import { RailLink } from './RailLink';

const PAGES = [
  { href: PATHS.library, label: 'Library', icon: <Disc3 aria-hidden className="size-4" /> },
  { href: PATHS.tasks, label: 'Tasks', icon: <ListChecks aria-hidden className="size-4" /> },
  { href: PATHS.trash, label: 'Trash', icon: <Trash2 aria-hidden className="size-4" /> },
  { href: PATHS.host, label: 'Host', icon: <Server aria-hidden className="size-4" /> },
  { href: PATHS.settings, label: 'Settings', icon: <SettingsIcon aria-hidden className="size-4" /> },
];

interface RailProps {
  isFolded: boolean;
  /** Folds or unfolds it; left out where it cannot (the phone's sheet). */
  onFold?: () => void;
  className?: string;
}

/** The rail at the left: the guests, then the other pages. */
export function Rail({ isFolded, onFold, className }: RailProps) {
  return (
    <nav
      aria-label="Main"
      className={cx('h-full shrink-0 flex-col border-r bg-surface', isFolded ? 'w-12' : 'w-60', className)}
    >
      <RailHead isFolded={isFolded} />
      <div className={cx('flex items-center', isFolded ? 'flex-col gap-1 px-2' : 'gap-1 px-2')}>
        <RailLink
          href={PATHS.vms}
          label="Virtual machines"
          icon={<MonitorCog aria-hidden className="size-4" />}
          isFolded={isFolded}
          className="min-w-0 flex-1"
        />
        <RailLink
          href={PATHS.newVm}
          label="New virtual machine"
          icon={<Plus aria-hidden className="size-4" />}
          isFolded
        />
        {!isFolded && <NewFolder />}
      </div>
      <RailGuests isFolded={isFolded} />
      <ul className="flex flex-col gap-0.5 border-t p-2">
        {PAGES.map((page) => (
          <li key={page.href}>
            <RailLink {...page} isFolded={isFolded} />
          </li>
        ))}
        {onFold && (
          <li>
            <FoldButton isFolded={isFolded} onFold={onFold} />
          </li>
        )}
      </ul>
    </nav>
  );
}

function NewFolder() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label="New folder"
        icon={<FolderPlus aria-hidden className="size-4" />}
        onPress={() => setOpen(true)}
        className="text-muted hover:text-body"
      />
      {isOpen && <FolderDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function RailHead({ isFolded }: { isFolded: boolean }) {
  return (
    <NextLink
      href={PATHS.vms}
      aria-label="Skep, home"
      className={cx('mb-1 flex h-12 shrink-0 items-center gap-2 font-semibold', isFolded ? 'justify-center' : 'px-4')}
    >
      <Logo className="size-5" />
      {!isFolded && <span className="text-lg">Skep</span>}
    </NextLink>
  );
}

function FoldButton({ isFolded, onFold }: { isFolded: boolean; onFold: () => void }) {
  const Icon = isFolded ? PanelLeftOpen : PanelLeftClose;
  return (
    <IconButton
      label={isFolded ? 'Unfold the rail' : 'Fold the rail'}
      icon={<Icon aria-hidden className="size-4" />}
      onPress={onFold}
      aria-expanded={!isFolded}
    />
  );
}

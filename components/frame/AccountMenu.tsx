'use client';
import { CircleUser, Keyboard as KeyboardIcon, LogOut } from 'lucide-react';
import { PATHS } from '@/lib/shared/paths';
import { IconButton } from '../ui/Button';
import { Menu, MenuChoices, MenuItem, MenuLine, MenuText } from '../ui/Menu';
import { useToasts } from '../ui/Toast';
import { SHOW_SHORTCUTS } from './shortcuts';
import { THEME_LABELS, THEMES, type Theme } from './theme';
import { useTheme } from './use-theme';

const CHOICES = THEMES.map((theme) => ({ value: theme, label: THEME_LABELS[theme] }));

/** Ends the session on the server, then loads the sign-in page anew: nothing of this page's state stays. */
async function signOut(): Promise<boolean> {
  try {
    const response = await fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (!response.ok && response.status !== 401) return false;
  } catch {
    return false;
  }
  window.location.assign(PATHS.login);
  return true;
}

/** Who is signed in, the theme, the shortcuts, the way out. */
export function AccountMenu({ userName, initialTheme }: { userName: string; initialTheme: Theme }) {
  const [theme, choose] = useTheme(initialTheme);
  const toasts = useToasts();
  const leave = async () => {
    if (!(await signOut())) toasts.showError({ message: 'You are still signed in: Skep did not answer. Try again.' });
  };
  return (
    <Menu
      label="Account"
      trigger={<IconButton label={`Account of ${userName}`} icon={<CircleUser aria-hidden className="size-4.5" />} />}
    >
      <MenuText title={userName} about="Administrator" />
      <MenuLine />
      <MenuChoices
        label="Theme"
        mode="single"
        choices={CHOICES}
        selected={[theme]}
        onChange={([next]) => next && choose(next as Theme)}
      />
      <MenuLine />
      <MenuItem
        icon={<KeyboardIcon aria-hidden className="size-4" />}
        keys="?"
        onAction={() => window.dispatchEvent(new Event(SHOW_SHORTCUTS))}
      >
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden className="size-4" />} onAction={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

'use client';
import { useState } from 'react';
import { rememberLook, THEME_COOKIE, type Theme } from '@/components/frame/theme';
import { RadioGroup } from '@/components/ui/RadioGroup';

/** Light, dark, or as the system. Remembered in this browser. */
export function AppearanceSection({ initialTheme }: { initialTheme: Theme }) {
  const [theme, setTheme] = useState(initialTheme);
  const choose = (next: Theme) => {
    document.documentElement.dataset.theme = next;
    rememberLook(THEME_COOKIE, next);
    setTheme(next);
  };
  return (
    <RadioGroup<Theme>
      label="Theme"
      help="Remembered in this browser."
      choices={[
        { value: 'system', label: 'As the system' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
      value={theme}
      onChange={choose}
    />
  );
}

'use client';

import type { ReactNode } from 'react';
import { popOutPath } from '@/lib/shared/paths';
import { buttonClass } from '../ui/Button';

/** Opens a console in a tab of its own, without the rest of Skep around it. */
export function PopOutLink({ vmName, tab, icon }: { vmName: string; tab: 'display' | 'console'; icon: ReactNode }) {
  const label = 'Open in a tab of its own';
  return (
    <a
      href={popOutPath(vmName, tab)}
      target="_blank"
      rel="noopener"
      aria-label={label}
      title={label}
      className={buttonClass('quiet', 'sm', 'w-7 px-0! pointer-coarse:w-9')}
    >
      {icon}
    </a>
  );
}

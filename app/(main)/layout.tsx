import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Frame } from '@/components/frame/Frame';
import { parseTheme, RAIL_COOKIE, THEME_COOKIE } from '@/components/frame/theme';
import { LiveProvider } from '@/components/live/LiveProvider';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

/** Everything behind the sign-in: the live state, and the frame with the rail of guests. */
export default async function MainLayout({ children }: { children: ReactNode }) {
  const session = await requirePage();
  const jar = await cookies();
  return (
    <LiveProvider initial={vmm().live.snapshot()}>
      <Frame
        userName={session.name}
        theme={parseTheme(jar.get(THEME_COOKIE)?.value)}
        isRailFolded={jar.get(RAIL_COOKIE)?.value === 'folded'}
      >
        {children}
      </Frame>
    </LiveProvider>
  );
}

import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { parseTheme, THEME_COOKIE } from '@/components/frame/theme';
import { SettingsPage } from '@/components/settings/SettingsPage';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Settings' };

export default async function Settings() {
  const { userId, name } = await requirePage();
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  const { settings, auth } = vmm();
  const tokens = auth.tokens.list({ userId, name });
  return <SettingsPage userName={name} settings={settings.get()} theme={theme} tokens={tokens} />;
}

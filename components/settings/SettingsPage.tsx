import type { Theme } from '@/components/frame/theme';
import { Section } from '@/components/ui/Facts';
import type { Settings } from '@/lib/shared/settings';
import type { TokenView } from '@/lib/shared/token';
import { AboutSection } from './AboutSection';
import { AccessSection } from './AccessSection';
import { AccountSection } from './AccountSection';
import { DownloadsSection } from './DownloadsSection';
import { AppearanceSection } from './AppearanceSection';
import { NoticesSection } from './NoticesSection';
import { ShutdownSection } from './ShutdownSection';
import { TokensSection } from './TokensSection';
import { TrashSection } from './TrashSection';

interface SettingsPageProps {
  userName: string;
  settings: Settings;
  theme: Theme;
  tokens: readonly TokenView[];
}

/** What can be set, one part below the other. */
export function SettingsPage({ userName, settings, theme, tokens }: SettingsPageProps) {
  return (
    <div className="relative flex max-w-3xl flex-col gap-10 px-4 py-6 md:px-6">
      <h1 className="text-xl font-semibold">Settings</h1>
      <Section title="Account">
        <AccountSection userName={userName} />
      </Section>
      <Section title="Access">
        <AccessSection allowedHosts={settings.allowedHosts} />
      </Section>
      <Section title="API tokens">
        <TokensSection initialTokens={tokens} />
      </Section>
      <Section title="Downloads">
        <DownloadsSection hosts={settings.downloadHosts} />
      </Section>
      <Section title="Virtual machines">
        <ShutdownSection seconds={settings.shutdownTimeoutSeconds} />
      </Section>
      <Section title="Trash">
        <TrashSection days={settings.trashDays} />
      </Section>
      <Section title="Appearance">
        <AppearanceSection initialTheme={theme} />
      </Section>
      <Section title="Notices">
        <NoticesSection />
      </Section>
      <Section title="About">
        <AboutSection />
      </Section>
    </div>
  );
}

import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/AuthCard';
import { LinkSignIn } from '@/components/auth/LinkSignIn';
import { SetupForm } from '@/components/auth/SetupForm';
import { Code } from '@/components/ui/Copy';
import { ButtonLink } from '@/components/ui/Link';
import { PATHS } from '@/lib/shared/paths';
import { vmm } from '@/lib/vmm';
import { currentSession } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Welcome' };

/** Where one-time links lead. Looking at the page does not use the link up. */
export default async function WelcomePage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const kind = typeof token === 'string' ? vmm().auth.checkLink(token) : null;
  if (kind === 'setup' && typeof token === 'string')
    return (
      <AuthCard title="Welcome to Skep" about="Choose the name and the password of the administrator.">
        <SetupForm token={token} />
      </AuthCard>
    );
  if (kind === 'sign-in' && typeof token === 'string')
    return (
      <AuthCard title="Sign in to Skep" about="This link signs you in as the administrator. It works once.">
        <LinkSignIn token={token} />
      </AuthCard>
    );
  const isSignedIn = (await currentSession()) !== null;
  return (
    <AuthCard
      title="This link does not work any more"
      about={
        <>
          It has been used, is too old, or a newer one was made. Run <Code>npm run link</Code> on the host for a new
          one.
        </>
      }
    >
      <ButtonLink href={isSignedIn ? '/' : PATHS.login}>
        {isSignedIn ? 'Go to Skep' : 'Sign in with a password'}
      </ButtonLink>
    </AuthCard>
  );
}

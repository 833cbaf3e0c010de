import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/components/auth/AuthCard';
import { SignInForm } from '@/components/auth/SignInForm';
import { Code } from '@/components/ui/Copy';
import { nextPath } from '@/lib/shared/next-path';
import { vmm } from '@/lib/vmm';
import { currentSession } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Sign in' };

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextPath((await searchParams).next);
  if (await currentSession()) redirect(next);
  if (!(await vmm().auth.hasAdministrator()))
    return (
      <AuthCard
        title="Welcome to Skep"
        about={
          <>
            There is no administrator yet. Open the link that Skep printed in its terminal when it started, or run{' '}
            <Code>npm run link</Code> on the host to get a new one.
          </>
        }
      />
    );
  return (
    <AuthCard title="Sign in to Skep">
      <SignInForm next={next} />
      <p className="mt-6 text-sm text-pretty text-muted">
        No password at hand? <Code>npm run link</Code> on the host prints a link that signs you in.
      </p>
    </AuthCard>
  );
}

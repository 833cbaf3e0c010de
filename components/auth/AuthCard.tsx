import type { ReactNode } from 'react';
import { Logo } from '../frame/Logo';

/** The page around a form of the sign-in: the mark, one heading, one column. */
export function AuthCard({ title, about, children }: { title: string; about?: ReactNode; children?: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center px-4 py-10">
      <div className="w-full max-w-88">
        <Logo className="size-10" />
        <h1 className="mt-4 text-xl font-semibold">{title}</h1>
        {about && <div className="mt-1 text-pretty text-muted">{about}</div>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  );
}

'use client';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { ConfirmProvider } from '../ui/Confirm';
import { ToastProvider } from '../ui/Toast';

/**
 * What every page needs around it: links of the kit navigate without a reload, numbers read the same on the
 * server and in the browser (the texts are English), and there is a place for toasts.
 */
export function Providers({ children }: { children: ReactNode }) {
  const router = useRouter();
  return (
    <I18nProvider locale="en-US">
      <RouterProvider navigate={(href) => router.push(href)}>
        <ToastProvider>
          <ConfirmProvider>{children}</ConfirmProvider>
        </ToastProvider>
      </RouterProvider>
    </I18nProvider>
  );
}

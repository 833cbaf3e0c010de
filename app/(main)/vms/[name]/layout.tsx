import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { VmFrame } from '@/components/vms/VmFrame';

interface Props {
  params: Promise<{ name: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const name = decodeURIComponent((await params).name);
  return { title: { default: `${name} · Skep`, template: `%s · ${name} · Skep` } };
}

/** The pages of one VM: its head stays while one walks between them. */
export default async function VmLayout({ params, children }: Props) {
  return <VmFrame name={decodeURIComponent((await params).name)}>{children}</VmFrame>;
}

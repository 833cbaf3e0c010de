'use client';
import { Code } from '@/components/ui/Copy';
import { NameList } from './NameList';

/** Which private places downloads may come from. */
export function DownloadsSection({ hosts }: { hosts: readonly string[] }) {
  return (
    <NameList
      title="Private download hosts"
      about={
        <>
          Downloads come from the public internet only: through an address, nobody may reach services of this host or
          its network. Add hosts that you trust, such as a mirror of your own: <Code>mirror.lan</Code>,{' '}
          <Code>10.0.0.5:8080</Code> or a whole network, <Code>10.0.0.0/8</Code>.
        </>
      }
      addLabel="Another host or network"
      placeholder="mirror.lan"
      names={hosts}
      patchOf={(names) => ({ downloadHosts: names })}
    />
  );
}

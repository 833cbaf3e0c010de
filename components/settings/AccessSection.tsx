'use client';
import { useHost } from '@/components/live/live-hooks';
import { Code } from '@/components/ui/Copy';
import { Fact, Facts } from '@/components/ui/Facts';
import { NameList } from './NameList';

/** Where Skep listens, and the names under which browsers may reach it. */
export function AccessSection({ allowedHosts }: { allowedHosts: readonly string[] }) {
  const { listensOn } = useHost();
  return (
    <div className="flex flex-col gap-5">
      <Facts>
        {listensOn && (
          <Fact term="Listens on">
            <Code>
              {listensOn.address}:{listensOn.port}
            </Code>
            <p className="text-sm text-muted">
              Set by <Code>SKEP_HOST</Code> and <Code>SKEP_PORT</Code> when Skep starts.
            </p>
          </Fact>
        )}
      </Facts>
      <NameList
        title="Allowed host names"
        about={
          <>
            Skep answers only to names it knows, so that no foreign web page can talk to it through your browser.{' '}
            <Code>localhost</Code> and this host’s own addresses are always allowed. Add the name of a proxy or of your
            network’s DNS here.
          </>
        }
        addLabel="Another name"
        placeholder="vms.example.org"
        names={allowedHosts}
        patchOf={(names) => ({ allowedHosts: names })}
      />
    </div>
  );
}

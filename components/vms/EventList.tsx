'use client';
import { CircleAlert, Dot, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { VmEvent } from '@/lib/shared/events';
import type { VmView } from '@/lib/shared/vm';
import { useVmEvents } from '../live/live-hooks';
import { Button } from '../ui/Button';
import { CodeBlock } from '../ui/Copy';
import { Disclosure } from '../ui/Disclosure';
import { Section } from '../ui/Facts';
import { Time } from '../ui/Time';

const FIRST = 10;

const ICONS: Record<VmEvent['kind'], ReactNode> = {
  info: <Dot aria-label="Information" className="size-4 text-faint" />,
  warning: <TriangleAlert aria-label="Warning" className="size-4 text-attention" />,
  error: <CircleAlert aria-label="Error" className="size-4 text-danger" />,
};

/** What happened to a VM, newest first. New lines come in by themselves. */
export function EventList({ vm, initial }: { vm: VmView; initial: readonly VmEvent[] }) {
  const events = useVmEvents(vm.id, initial);
  const [isAll, setAll] = useState(false);
  const shown = isAll ? events : events.slice(0, FIRST);
  return (
    <Section title="Events">
      {events.length === 0 && <p className="text-muted">Nothing happened yet.</p>}
      <ol className="flex flex-col gap-1.5">
        {shown.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ol>
      {events.length > shown.length && (
        <Button size="sm" kind="quiet" className="self-start" onPress={() => setAll(true)}>
          {`Show ${events.length - shown.length} more`}
        </Button>
      )}
    </Section>
  );
}

function EventLine({ event }: { event: VmEvent }) {
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 sm:grid-cols-[1.25rem_minmax(0,1fr)_auto]">
      <span className="mt-0.5">{ICONS[event.kind]}</span>
      <div className="min-w-0 break-words">
        {event.message}
        {event.actor && <span className="text-muted"> · {event.actor}</span>}
        {event.details && (
          <Disclosure title="Details">
            <CodeBlock text={event.details} label="Details" />
          </Disclosure>
        )}
      </div>
      <Time at={event.at} className="text-sm text-muted max-sm:col-start-2" />
    </li>
  );
}

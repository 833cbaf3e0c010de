'use client';
import { useSyncExternalStore } from 'react';
import type { VmSpec } from '@/lib/shared/vm';
import { CopyableCode } from '../ui/Copy';
import { ExternalLink } from '../ui/Link';
import { viewForwards, type ForwardView } from './forwards';

const never = () => () => {};

/** The host name in the address bar; the loopback address on the server. */
function usePageHost(): string {
  return useSyncExternalStore(
    never,
    () => window.location.hostname,
    () => '127.0.0.1',
  );
}

/** The forwards of a VM. */
export function useForwards(spec: VmSpec): ForwardView[] {
  return viewForwards(spec, usePageHost());
}

const IN_A_ROW = 2;

/** Forwards in one line of a table: the web ones are links. */
export function ForwardsShort({ spec }: { spec: VmSpec }) {
  const forwards = useForwards(spec);
  const rest = forwards.slice(IN_A_ROW);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {forwards.slice(0, IN_A_ROW).map((forward) => (
        <ForwardShort key={forward.key} forward={forward} />
      ))}
      {rest.length > 0 && (
        <span className="text-sm text-muted" title={rest.map((forward) => forward.text).join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}

function ForwardShort({ forward }: { forward: ForwardView }) {
  const port = forward.address.slice(forward.address.lastIndexOf(':'));
  const label = forward.service ? `${forward.service}${port}` : port;
  if (forward.href)
    return (
      <ExternalLink href={forward.href} className="tabular">
        {label}
      </ExternalLink>
    );
  return (
    <span title={forward.command ?? forward.text} className="text-muted tabular">
      {label}
    </span>
  );
}

/** Forwards as a list: links, commands to copy, addresses to copy. */
export function ForwardsList({ spec }: { spec: VmSpec }) {
  const forwards = useForwards(spec);
  if (forwards.length === 0) return <span className="text-muted">None</span>;
  return (
    <ul className="flex flex-col gap-1">
      {forwards.map((forward) => (
        <li key={forward.key} className="flex flex-wrap items-center gap-x-2">
          {forward.href ? (
            <ExternalLink href={forward.href}>{forward.href}</ExternalLink>
          ) : (
            <CopyableCode text={forward.command ?? forward.address} />
          )}
          <span className="text-sm text-muted">
            {forward.protocol} → guest port {forward.guestPort}
            {forward.isHostOnly && ', on the host only'}
          </span>
        </li>
      ))}
    </ul>
  );
}

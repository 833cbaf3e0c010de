'use client';
import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useHost } from '@/components/live/live-hooks';
import { Button, IconButton } from '@/components/ui/Button';
import { Code } from '@/components/ui/Copy';
import { Fact, Facts } from '@/components/ui/Facts';
import { TextField } from '@/components/ui/TextField';
import { useSettingSaver } from './use-setting';

/** Where Skep listens, and the names under which browsers may reach it. */
export function AccessSection({ allowedHosts }: { allowedHosts: readonly string[] }) {
  const { listensOn } = useHost();
  const [hosts, setHosts] = useState(allowedHosts);
  const [typed, setTyped] = useState('');
  const { save, isPending, error, clear } = useSettingSaver();

  const store = async (next: readonly string[]) => {
    if (!(await save({ allowedHosts: [...next] }))) return;
    setHosts(next);
    setTyped('');
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = typed.trim().toLowerCase();
    if (name && !isPending) void store(hosts.includes(name) ? hosts : [...hosts, name]);
  };
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
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">Allowed host names</h3>
        <p className="text-sm text-pretty text-muted">
          Skep answers only to names it knows, so that no foreign web page can talk to it through your browser.{' '}
          <Code>localhost</Code> and this host’s own addresses are always allowed. Add the name of a proxy or of your
          network’s DNS here.
        </p>
        <ul aria-label="Allowed host names" className="divide-y border-y empty:hidden">
          {hosts.map((host) => (
            <li key={host} className="flex items-center justify-between gap-3 py-1">
              <Code>{host}</Code>
              <IconButton
                size="sm"
                label={`Remove ${host}`}
                icon={<X aria-hidden className="size-4" />}
                isPending={isPending}
                onPress={() => void store(hosts.filter((other) => other !== host))}
              />
            </li>
          ))}
        </ul>
        <form onSubmit={add} noValidate className="flex max-w-md items-start gap-2">
          <TextField
            label="Another name"
            isCode
            placeholder="vms.example.org"
            value={typed}
            onChange={(text) => {
              setTyped(text);
              clear();
            }}
            error={error}
            autoComplete="off"
            spellCheck="false"
            className="min-w-0 flex-1"
          />
          <Button
            type="submit"
            isPending={isPending}
            disabledReason={typed.trim() === '' ? 'Type a name first.' : null}
            className="mt-6"
          >
            Add
          </Button>
        </form>
      </div>
    </div>
  );
}

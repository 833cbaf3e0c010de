'use client';
import { ArrowRight, Plus, X } from 'lucide-react';
import { useVms } from '@/components/live/live-hooks';
import { Button, IconButton } from '@/components/ui/Button';
import { NumberField } from '@/components/ui/NumberField';
import { Select } from '@/components/ui/Select';
import { TextField } from '@/components/ui/TextField';
import { devicesOf, MAX_FORWARDS, type NicDevice, type PortForward } from '@/lib/shared/device';
import { newForward, updateDevice } from '@/lib/shared/spec-draft';
import { forwardsOf } from '@/lib/shared/vm';
import { fieldTexts, PartError, restartNote, type SpecEditor } from './spec-editor';

/** The forwards that are wanted most: guest port, and the host port to begin the search at. */
const COMMON = [
  { label: 'SSH', guestPort: 22, hostPort: 2222 },
  { label: 'HTTP', guestPort: 80, hostPort: 8080 },
  { label: 'HTTPS', guestPort: 443, hostPort: 8443 },
  { label: 'Other', guestPort: 8000, hostPort: 8000 },
] as const;

/** A NIC's port forwards: host port → guest port. */
export function ForwardsTable({ editor, nic }: { editor: SpecEditor; nic: NicDevice }) {
  const vms = useVms();
  const { draft, change } = editor;
  const key = `devices.${nic.id}.network.forwards`;
  const { forwards } = nic.network;
  const set = (next: PortForward[]) =>
    change(updateDevice(draft, 'nic', nic.id, (old) => ({ ...old, network: { ...old.network, forwards: next } })));
  const usedPorts = () => [
    ...devicesOf(draft, 'nic').flatMap((one) => one.network.forwards.map((forward) => forward.hostPort)),
    ...vms.flatMap((vm) => forwardsOf(vm.spec).map((forward) => forward.hostPort)),
  ];
  const fullReason = forwards.length >= MAX_FORWARDS ? `A NIC can have at most ${MAX_FORWARDS} port forwards.` : null;
  const restart = restartNote(editor, key);
  return (
    <div role="group" aria-label={`Port forwards of ${nic.id}`} className="flex flex-col gap-2">
      <div>
        <span className="font-medium">Port forwards</span>
        <p className="text-sm text-pretty text-muted">
          What connects to the host’s port reaches the guest’s. Without a forward nothing reaches the guest.
        </p>
        {restart && <p className="text-sm text-attention">{restart}</p>}
      </div>
      <ul className="flex flex-col gap-3 empty:hidden sm:gap-2">
        {forwards.map((forward, index) => (
          <ForwardRow
            // Rows have no identity of their own; all their fields are controlled, so the place will do.
            key={index}
            editor={editor}
            fieldKey={`${key}.${index}`}
            forward={forward}
            onChange={(next) => set(forwards.with(index, next))}
            onRemove={() => set(forwards.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <PartError editor={editor} fieldKey={key} />
      {!editor.isReadOnly && (
        <div className="flex flex-wrap gap-2">
          {COMMON.map(({ label, guestPort, hostPort }) => (
            <Button
              key={label}
              size="sm"
              icon={<Plus aria-hidden className="size-3.5" />}
              aria-label={`Add a forward for ${label}`}
              disabledReason={fullReason}
              onPress={() => set([...forwards, newForward(guestPort, hostPort, usedPorts())])}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

interface ForwardRowProps {
  editor: SpecEditor;
  fieldKey: string;
  forward: PortForward;
  onChange: (forward: PortForward) => void;
  onRemove: () => void;
}

const PORT_FORMAT = { useGrouping: false } as const;

function ForwardRow({ editor, fieldKey, forward, onChange, onRemove }: ForwardRowProps) {
  const update = (next: Partial<PortForward>) => onChange({ ...forward, ...next });
  return (
    <li className="group/row grid grid-cols-2 items-start gap-2 sm:grid-cols-[5rem_minmax(7rem,1fr)_8rem_1rem_8rem_1.75rem] sm:not-first:[&_:is(label,span.font-medium)]:sr-only">
      <Select<PortForward['protocol']>
        label="Protocol"
        options={[
          { value: 'tcp', label: 'TCP' },
          { value: 'udp', label: 'UDP' },
        ]}
        value={forward.protocol}
        onChange={(protocol) => update({ protocol })}
      />
      <TextField
        label="Host address"
        isCode
        {...fieldTexts(editor, `${fieldKey}.hostAddress`)}
        value={forward.hostAddress}
        onChange={(hostAddress) => update({ hostAddress: hostAddress.trim() })}
      />
      <NumberField
        label="Host port"
        {...fieldTexts(editor, `${fieldKey}.hostPort`)}
        value={forward.hostPort}
        onChange={(hostPort) => update({ hostPort })}
        minValue={0}
        formatOptions={PORT_FORMAT}
      />
      <ArrowRight aria-hidden className="hidden size-4 text-faint sm:mt-3 sm:block sm:group-first/row:mt-8" />
      <NumberField
        label="Guest port"
        {...fieldTexts(editor, `${fieldKey}.guestPort`)}
        value={forward.guestPort}
        onChange={(guestPort) => update({ guestPort })}
        minValue={0}
        formatOptions={PORT_FORMAT}
      />
      <IconButton
        size="sm"
        label={`Remove the forward of host port ${forward.hostPort}`}
        icon={<X aria-hidden className="size-4" />}
        onPress={onRemove}
        className="col-span-2 justify-self-end sm:col-span-1 sm:mt-0.5 sm:group-first/row:mt-6.5"
      />
    </li>
  );
}

'use client';
import { Dices, Plus } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/Button';
import { Switch } from '@/components/ui/Checkbox';
import { Select } from '@/components/ui/Select';
import { TextField } from '@/components/ui/TextField';
import { devicesOf, type NicDevice } from '@/lib/shared/device';
import { addNic, randomMac, removeDevice, updateDevice, whyNoMore } from '@/lib/shared/spec-draft';
import { NIC_MODEL_LABELS } from '@/lib/shared/spec-labels';
import { DeviceItem, DeviceList } from './DeviceList';
import { ForwardsTable } from './ForwardsTable';
import { fieldTexts, restartNote, type SpecEditor } from './spec-editor';

/**
 * The NICs with their networks and port forwards.
 *
 * @param forwardsElsewhere id of a NIC whose forwards the page shows at another place
 */
export function NicsSection({ editor, forwardsElsewhere }: { editor: SpecEditor; forwardsElsewhere?: string }) {
  const { draft, change } = editor;
  const nics = devicesOf(draft, 'nic');
  return (
    <div className="flex flex-col gap-3">
      {nics.length === 0 && <p className="text-muted">No NIC: the guest has no network.</p>}
      <DeviceList label="NICs">
        {nics.map((nic) => (
          <NicItem key={nic.id} editor={editor} nic={nic} hasForwards={nic.id !== forwardsElsewhere} />
        ))}
      </DeviceList>
      {!editor.isReadOnly && (
        <div>
          <Button
            size="sm"
            icon={<Plus aria-hidden className="size-3.5" />}
            disabledReason={whyNoMore(draft, 'nic')}
            onPress={() => change(addNic(draft))}
          >
            Add NIC
          </Button>
        </div>
      )}
    </div>
  );
}

function NicItem({ editor, nic, hasForwards }: { editor: SpecEditor; nic: NicDevice; hasForwards: boolean }) {
  const { draft, change } = editor;
  const key = `devices.${nic.id}`;
  const update = (next: Partial<NicDevice>) =>
    change(updateDevice(draft, 'nic', nic.id, (old) => ({ ...old, ...next })));
  return (
    <DeviceItem
      editor={editor}
      deviceId={nic.id}
      summary="user networking"
      onRemove={() => change(removeDevice(draft, nic.id))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Select<NicDevice['model']>
          label="Model"
          {...fieldTexts(editor, `${key}.model`)}
          options={[
            { value: 'virtio-net', label: NIC_MODEL_LABELS['virtio-net'], about: 'Fastest; Windows needs a driver' },
            { value: 'e1000', label: NIC_MODEL_LABELS.e1000, about: 'Nearly every system knows it' },
          ]}
          value={nic.model}
          onChange={(model) => update({ model })}
        />
        <TextField
          label="MAC address"
          isCode
          {...fieldTexts(editor, `${key}.mac`)}
          value={nic.mac}
          onChange={(mac) => update({ mac: mac.toLowerCase().trim() })}
          suffix={
            <IconButton
              size="sm"
              label="Another random address"
              icon={<Dices aria-hidden className="size-4" />}
              onPress={() => update({ mac: randomMac() })}
              className="-mr-1.5"
            />
          }
        />
      </div>
      <Switch
        isSelected={nic.network.isolated}
        onChange={(isolated) => update({ network: { ...nic.network, isolated } })}
        help="The guest reaches neither the internet nor the host. Its port forwards still work."
        note={restartNote(editor, `${key}.network.isolated`)}
      >
        Isolated
      </Switch>
      {hasForwards && <ForwardsTable editor={editor} nic={nic} />}
    </DeviceItem>
  );
}

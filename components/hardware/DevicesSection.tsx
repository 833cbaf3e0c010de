'use client';
import { Switch } from '@/components/ui/Checkbox';
import { Select } from '@/components/ui/Select';
import { devicesOf } from '@/lib/shared/device';
import { setPresence, updateDevice } from '@/lib/shared/spec-draft';
import { SINGLE_DEVICE_LABELS, VIDEO_LABELS } from '@/lib/shared/spec-labels';
import { fieldTexts, restartNote, type SpecEditor } from './spec-editor';

type VideoChoice = keyof typeof VIDEO_LABELS | 'none';

const SWITCHES = [
  { kind: 'tablet', help: 'The pointer in the browser and the one in the guest stay together.' },
  { kind: 'serial', help: 'What the Console tab shows. Linux and BSD can talk there without a display.' },
  { kind: 'rng', help: 'Gives the guest randomness of the host, so that it need not wait for its own at boot.' },
] as const;

/** The devices that a VM has once or not at all: display, tablet, serial port, random numbers. */
export function DevicesSection({ editor }: { editor: SpecEditor }) {
  const { draft, change } = editor;
  const video = devicesOf(draft, 'video')[0];
  const changeVideo = (choice: VideoChoice) => {
    const next = setPresence(draft, 'video', choice !== 'none');
    change(
      choice === 'none' ? next : updateDevice(next, 'video', 'video0', (device) => ({ ...device, model: choice })),
    );
  };
  return (
    <div className="flex flex-col gap-4">
      <Select<VideoChoice>
        label="Display"
        {...fieldTexts(editor, ['devices.video0.model', 'devices.video0'])}
        options={[
          { value: 'std', label: VIDEO_LABELS.std, about: 'A picture in every firmware, boot loader and installer' },
          { value: 'virtio', label: VIDEO_LABELS.virtio, about: 'Faster in current Linux; others need a driver' },
          { value: 'none', label: 'None', about: 'For guests that are used by serial console or network only' },
        ]}
        value={video?.model ?? 'none'}
        onChange={changeVideo}
        className="sm:w-1/2"
      />
      {SWITCHES.map(({ kind, help }) => (
        <Switch
          key={kind}
          help={help}
          note={restartNote(editor, `devices.${kind}0`)}
          isSelected={draft.devices.some((device) => device.kind === kind)}
          onChange={(on) => change(setPresence(draft, kind, on))}
        >
          {SINGLE_DEVICE_LABELS[kind]}
        </Switch>
      ))}
    </div>
  );
}

'use client';
import { useHost } from '@/components/live/live-hooks';
import { NumberField } from '@/components/ui/NumberField';
import { formatBytes } from '@/lib/shared/units';
import { SizeField } from './SizeField';
import { fieldTexts, type SpecEditor } from './spec-editor';

const MIB = 1024 ** 2;

/** CPUs and memory. */
export function ProcessorSection({ editor }: { editor: SpecEditor }) {
  const host = useHost();
  const { draft, change } = editor;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <NumberField
        label="CPUs"
        {...fieldTexts(
          editor,
          'cpu.count',
          host.cpuCount === 1 ? 'This host has one.' : `This host has ${host.cpuCount} CPUs.`,
        )}
        value={draft.cpu.count}
        onChange={(count) => change({ ...draft, cpu: { count } })}
        minValue={0}
        formatOptions={{ useGrouping: false }}
      />
      <SizeField
        label="Memory"
        {...fieldTexts(editor, 'memoryMiB', `This host has ${formatBytes(host.memoryTotalBytes)}.`)}
        bytes={draft.memoryMiB * MIB}
        onChange={(bytes) => change({ ...draft, memoryMiB: bytes / MIB })}
        granuleBytes={MIB}
        units={['MiB', 'GiB']}
      />
    </div>
  );
}

'use client';
import { CircleQuestionMark } from 'lucide-react';
import { IconButton } from '../ui/Button';
import { Popover } from '../ui/Popover';

const LINES: [string, string][] = [
  ['web shop', 'both words, anywhere: name, status, tags, ports, notes'],
  ['"two words"', 'exactly that'],
  ['name:web*', 'in the name; * and ? are wildcards'],
  ['tag:web,db', 'one of these tags; also status, folder, system, accel, notes'],
  ['-tag:old', 'not; also NOT'],
  ['web OR db', 'one of them; AND binds tighter, use ( )'],
  ['mem>2GiB', 'also >=, <, <=, = ; also cpus, disk, port'],
  ['is:protected', 'also autostart, tagged, in-folder, busy'],
];

/** What can be written into the filter. */
export function QueryHelp() {
  return (
    <Popover
      label="What the filter understands"
      placement="bottom start"
      trigger={
        <IconButton
          label="What the filter understands"
          icon={<CircleQuestionMark aria-hidden className="size-4" />}
          className="text-muted"
        />
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        {LINES.map(([example, about]) => (
          <div key={example} className="contents">
            <dt className="font-mono text-xs leading-4.5 whitespace-nowrap">{example}</dt>
            <dd className="text-muted">{about}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}

'use client';
import { useConnection } from '../live/live-hooks';
import { Status } from '../ui/StatusMark';
import { Hint } from '../ui/Tooltip';

const WORDS: Record<ReturnType<typeof useConnection>, string> = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Reconnecting',
  'signed-out': 'Signed out',
};

/** Whether the page shows the present or an older state. */
export function ConnectionMark() {
  const connection = useConnection();
  const isLive = connection === 'live';
  return (
    <Hint
      className="px-2 text-sm"
      text={
        isLive
          ? 'What you see is the present: Skep tells this page every change at once.'
          : 'The connection to Skep is being made. Until then this page may be out of date.'
      }
    >
      <Status kind={isLive ? 'running' : 'working'} word={WORDS[connection]} className="text-muted" />
    </Hint>
  );
}

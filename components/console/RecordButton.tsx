'use client';

import { CircleStop, Video } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../ui/Button';
import { useToasts } from '../ui/Toast';
import type { DisplaySession } from './display-session';
import { saveFile, timedName } from './download';
import { ScreenRecording } from './screen-recording';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

interface RecordButtonProps {
  session: DisplaySession;
  vmName: string;
  disabledReason: string | null;
}

/** Records the screen into a video file; while it does, shows for how long. Leaving the page ends and saves it. */
export function RecordButton({ session, vmName, disabledReason }: RecordButtonProps) {
  const recording = useRef<ScreenRecording | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const toasts = useToasts();
  const isRecording = seconds !== null;

  useEffect(() => {
    if (!isRecording) return;
    const tick = () => recording.current && setSeconds((performance.now() - recording.current.startedAt) / 1000);
    const clock = setInterval(tick, 1000);
    return () => clearInterval(clock);
  }, [isRecording]);

  const stop = useRef(async () => {
    const ended = recording.current;
    recording.current = null;
    if (ended) saveFile(timedName(vmName, 'webm'), await ended.stop());
  });
  useEffect(() => {
    const finish = stop.current;
    return () => void finish();
  }, []);

  const start = () => {
    try {
      recording.current = new ScreenRecording(() => session.canvas);
      setSeconds(0);
    } catch (error) {
      toasts.show({ kind: 'danger', title: error instanceof Error ? error.message : 'The recording failed.' });
    }
  };

  if (!isRecording)
    return (
      <IconButton
        size="sm"
        label="Record the screen"
        icon={<Video {...ICON} />}
        disabledReason={disabledReason}
        onPress={start}
      />
    );
  return (
    <Button
      size="sm"
      kind="quiet"
      aria-label="Stop recording"
      tooltip="Stop recording and save the video"
      icon={<CircleStop aria-hidden className="size-4 text-danger" />}
      onPress={() => {
        setSeconds(null);
        void stop.current();
      }}
    >
      <span className="tabular">{clockText(seconds)}</span>
    </Button>
  );
}

function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

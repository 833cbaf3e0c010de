'use client';
import { useEffect, useState } from 'react';

/** Whole seconds left until a time, counted down on the screen; 0 when it has passed or there is none. */
export function useCountdown(): { secondsLeft: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [secondsLeft, setSecondsLeft] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const update = () => setSecondsLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    const timer = setInterval(update, 250);
    return () => clearInterval(timer);
  }, [until]);
  const start = (seconds: number) => {
    setUntil(Date.now() + seconds * 1000);
    setSecondsLeft(seconds);
  };
  return { secondsLeft, start };
}

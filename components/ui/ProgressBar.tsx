'use client';
import type { ReactNode } from 'react';
import { Meter as AriaMeter, ProgressBar as AriaProgressBar } from 'react-aria-components';
import { cx } from './cx';

const TRACK = 'bg-selected h-1.5 overflow-hidden rounded-full';

interface ProgressBarProps {
  label: string;
  /** 0 to 1; null when nobody knows. */
  value: number | null;
  /** Shown at the end in place of the percentage, such as "1.2 of 4 GiB". */
  text?: string;
  hideLabel?: boolean;
  className?: string;
}

/** How far something is. */
export function ProgressBar({ label, value, text, hideLabel, className }: ProgressBarProps) {
  const percent = value === null ? null : Math.round(value * 100);
  return (
    <AriaProgressBar
      aria-label={label}
      value={percent ?? 0}
      isIndeterminate={percent === null}
      {...(text ? { valueLabel: text } : {})}
      className={cx('flex flex-col gap-1', className)}
    >
      {!hideLabel && (
        <div className="flex justify-between gap-4">
          <span className="truncate">{label}</span>
          <span className="shrink-0 text-muted tabular">{text ?? (percent === null ? '' : `${percent} %`)}</span>
        </div>
      )}
      <div className={TRACK}>
        <div
          className={cx(
            'h-full rounded-full bg-inverse transition-[width] duration-150',
            percent === null && 'animate-pulse',
          )}
          style={{ width: `${percent ?? 100}%` }}
        />
      </div>
    </AriaProgressBar>
  );
}

interface MeterProps {
  label: string;
  /** 0 to 1. */
  value: number;
  text: ReactNode;
  /** From where on it asks for attention, 0 to 1. */
  high?: number;
  hideLabel?: boolean;
  className?: string;
}

/** How much of something is in use now. */
export function Meter({ label, value, text, high, hideLabel, className }: MeterProps) {
  const percent = Math.min(100, Math.max(0, value * 100));
  const isHigh = high !== undefined && value >= high;
  return (
    <AriaMeter aria-label={label} value={percent} className={cx('flex flex-col gap-1', className)}>
      {!hideLabel && (
        <div className="flex justify-between gap-4">
          <span>{label}</span>
          <span className="text-right text-muted tabular">{text}</span>
        </div>
      )}
      <div className={TRACK}>
        <div
          className={cx(
            'h-full rounded-full transition-[width] duration-150',
            isHigh ? 'bg-attention' : 'bg-line-strong',
          )}
          style={{ width: `${percent}%` }}
        />
      </div>
    </AriaMeter>
  );
}

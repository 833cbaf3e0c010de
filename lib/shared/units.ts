/** Numbers as people read them. Binary units everywhere: memory and disks are counted in KiB, MiB, GiB. */

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/**
 * A size with at most three digits: `512 MiB`, `1.5 GiB`, `20 GiB`. Rounded to the nearest; trailing zeros go.
 *
 * @param bytes not negative
 */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  // 1023.9 KiB must not become "1024 KiB".
  if (unit > 0 && Math.round(value) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${UNITS[unit]}`;
}

/** An amount of memory: `512 MiB`, `2 GiB`. */
export function formatMiB(mebibytes: number): string {
  return formatBytes(mebibytes * 1024 ** 2);
}

/** All bytes, for a hover: `21,474,836,480 bytes`. */
export function formatExactBytes(bytes: number): string {
  return `${bytes.toLocaleString('en-US')} bytes`;
}

/** A time span in its two largest units: `45 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** A percentage; one decimal below 10: `3.4 %`, `57 %`, `0 %`. */
export function formatPercent(percent: number): string {
  const digits = percent >= 9.95 || percent < 0.05 ? 0 : 1;
  return `${Number(percent.toFixed(digits))} %`;
}

/** A running clock for something short: `0:23`, `12:05`, `1:02:03`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const STEPS: [number, string][] = [
  [365 * 86_400, 'year'],
  [30 * 86_400, 'month'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

function roughly(seconds: number): string {
  const [size, unit] = STEPS.find(([step]) => seconds >= step) ?? [60, 'minute'];
  const count = Math.max(1, Math.floor(seconds / size));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `just now`, `5 minutes ago`, `1 day ago`, `in 2 hours`. Times are epoch milliseconds. */
export function formatRelativeTime(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < -60) return `in ${roughly(-seconds)}`;
  if (seconds < 45) return 'just now';
  return `${roughly(seconds)} ago`;
}

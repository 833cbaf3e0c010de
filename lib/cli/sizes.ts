/** Sizes as people type them. */
import { usageError } from './exit';

const FACTORS: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/**
 * Bytes of `20G`, `512MiB`, `1.5T`. Units are binary, as everywhere in Skep; a bare number counts in `unit`.
 *
 * @throws CliError for anything else
 */
export function parseSize(text: string, option: string, unit: 'M' | 'G' | '' = ''): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text.trim());
  if (!match) throw usageError(`--${option} takes a size such as 512M or 20G, not “${text}”.`);
  const factor = FACTORS[(match[2] ?? '').toUpperCase() || unit] ?? 1;
  return Math.round(Number(match[1]) * factor);
}

/** A whole number. @throws CliError */
export function parseNumber(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw usageError(`--${option} takes a whole number, not “${text}”.`);
  return Number(text);
}

/** Finds what somebody means by a few letters. Pure. */

export interface FuzzyMatch {
  /** Higher is better. */
  score: number;
  /** The characters that matched, as [start, end) in order; none overlap. */
  ranges: [number, number][];
}

const AT_START = 100;
const AT_WORD = 80;
const INSIDE = 50;
const SCATTERED = 20;

/**
 * Matches a text with what was typed: each word of it must be found, whole, or else letter by letter from the
 * beginning of a word on (`dsp` finds `display`).
 *
 * @returns null when one of the words is not found
 */
export function fuzzyMatch(text: string, typed: string): FuzzyMatch | null {
  const lower = text.toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let score = 0;
  const ranges: [number, number][] = [];
  for (const word of words) {
    const match = findWhole(lower, word) ?? findScattered(lower, word);
    if (!match) return null;
    score += match.score;
    ranges.push(...match.ranges);
  }
  // Of two that match alike, the shorter one is more likely meant.
  return { score: score - lower.length / 100, ranges: merge(ranges) };
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');

function findWhole(text: string, word: string): FuzzyMatch | null {
  let best: FuzzyMatch | null = null;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const score = at === 0 ? AT_START : isWordStart(text, at) ? AT_WORD : INSIDE;
    if (!best || score > best.score) best = { score, ranges: [[at, at + word.length]] };
  }
  return best;
}

function findScattered(text: string, word: string): FuzzyMatch | null {
  for (let at = text.indexOf(word[0] ?? ''); at >= 0; at = text.indexOf(word[0] ?? '', at + 1)) {
    if (!isWordStart(text, at)) continue;
    const ranges = lettersFrom(text, word, at);
    if (ranges) return { score: SCATTERED - merge(ranges).length, ranges };
  }
  return null;
}

function lettersFrom(text: string, word: string, from: number): [number, number][] | null {
  const ranges: [number, number][] = [];
  let at = from;
  for (const letter of word) {
    const found = text.indexOf(letter, at);
    if (found < 0) return null;
    ranges.push([found, found + letter.length]);
    at = found + letter.length;
  }
  return ranges;
}

function merge(ranges: readonly [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

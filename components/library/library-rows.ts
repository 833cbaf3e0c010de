/** The list of library files: which of them match, in which order they stand, and their words. Pure. */
import type { LibraryFile } from '@/lib/shared/events';
import { isoBootWords, isoTitle } from '@/lib/shared/iso-facts';

/** A row of the table. */
export type LibraryRow = LibraryFile & { id: string };

export type KindChoice = 'all' | 'iso' | 'image' | 'other';

export interface LibraryFilter {
  text: string;
  kind: KindChoice;
}

export const NO_FILTER: LibraryFilter = { text: '', kind: 'all' };

const KIND_WORDS: Partial<Record<LibraryFile['kind'], string>> = { iso: 'ISO', raw: 'Raw disk', other: 'Other' };

/** “ISO”, “qcow2”, “Raw disk”. */
export function kindWord({ kind }: Pick<LibraryFile, 'kind'>): string {
  return KIND_WORDS[kind] ?? kind;
}

/** What is in it: the system and processor of an ISO, the reason why a file cannot be used. */
export function contentWords({ facts, label, refusal }: LibraryFile): string {
  if (!facts) return refusal ?? '';
  return [isoTitle(facts) ?? label ?? '', facts.architecture ?? '', isoBootWords(facts)].filter(Boolean).join(', ');
}

/** “Home library”, or the name of an added folder. */
export function folderWord({ folder }: Pick<LibraryFile, 'folder'>): string {
  return folder ?? 'Skep’s own';
}

function isOfKind({ kind }: LibraryFile, choice: KindChoice): boolean {
  if (choice === 'all') return true;
  if (choice === 'iso' || choice === 'other') return kind === choice;
  return kind === 'qcow2' || kind === 'raw';
}

/** The files of the kind that contain every word. */
export function filterFiles(files: readonly LibraryRow[], filter: LibraryFilter): LibraryRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return files.filter((file) => {
    if (!isOfKind(file, filter.kind)) return false;
    const text = [file.ref, kindWord(file), contentWords(file), file.label, folderWord(file), ...file.usedBy]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function sortValue(file: LibraryRow, column: string): string | number {
  switch (column) {
    case 'kind':
      return kindWord(file).toLowerCase();
    case 'content':
      return contentWords(file).toLowerCase();
    case 'size':
      return file.sizeBytes;
    case 'virtual':
      return file.virtualBytes ?? -1;
    case 'used':
      return file.usedBy.length;
    case 'folder':
      return folderWord(file).toLowerCase();
    case 'modified':
      return Date.parse(file.modifiedAt);
    default:
      return file.name.toLowerCase();
  }
}

/** The files in the order of a column; equal ones by name. */
export function sortFiles(
  files: readonly LibraryRow[],
  sort: { column: string; direction: 'ascending' | 'descending' },
): LibraryRow[] {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...files].sort((a, b) => {
    const [x, y] = [sortValue(a, sort.column), sortValue(b, sort.column)];
    if (x !== y) return sign * (x < y ? -1 : 1);
    return a.ref.localeCompare(b.ref);
  });
}

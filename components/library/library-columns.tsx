'use client';
import { TriangleAlert } from 'lucide-react';
import { vmPath } from '@/lib/shared/paths';
import { formatBytes, formatExactBytes } from '@/lib/shared/units';
import type { DataColumn } from '../ui/DataTable';
import { Link } from '../ui/Link';
import type { TableLayoutChoice } from '../ui/table-layout';
import { Time } from '../ui/Time';
import { Hint } from '../ui/Tooltip';
import { LibraryMenu } from './LibraryMenu';
import { contentWords, folderWord, kindWord, type LibraryRow } from './library-rows';

const NONE = <span className="text-faint">–</span>;

function Bytes({ bytes }: { bytes: number | null }) {
  return bytes === null ? NONE : <Hint text={formatExactBytes(bytes)}>{formatBytes(bytes)}</Hint>;
}

/** What is in it, or why it cannot be used. */
export function ContentText({ file }: { file: LibraryRow }) {
  const words = contentWords(file);
  if (!words) return NONE;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={words}>
      {file.refusal && file.kind !== 'iso' && <TriangleAlert aria-hidden className="size-4 shrink-0 text-attention" />}
      <span className="truncate">{words}</span>
    </span>
  );
}

/** The VMs that have it, each a link. */
export function Users({ file }: { file: LibraryRow }) {
  if (file.usedBy.length === 0) return NONE;
  return (
    <span className="truncate">
      {file.usedBy.map((vm, index) => (
        <span key={vm}>
          {index > 0 && ', '}
          <Link href={vmPath(vm)} prefetch={false}>
            {vm}
          </Link>
        </span>
      ))}
    </span>
  );
}

/** The columns of the table of library files. */
export const LIBRARY_COLUMNS: readonly DataColumn<LibraryRow>[] = [
  {
    id: 'name',
    name: 'Name',
    width: '3fr',
    minWidth: 180,
    isRowHeader: true,
    render: (file) => (
      <span className="truncate font-medium" title={file.ref}>
        {file.name}
      </span>
    ),
  },
  { id: 'kind', name: 'Kind', width: 100, render: (file) => kindWord(file) },
  {
    id: 'content',
    name: 'Content',
    width: '3fr',
    minWidth: 160,
    render: (file) => <ContentText file={file} />,
  },
  { id: 'size', name: 'Size', width: 100, isNumber: true, render: (file) => <Bytes bytes={file.sizeBytes} /> },
  {
    id: 'virtual',
    name: 'Disk size',
    width: 104,
    isNumber: true,
    render: (file) => <Bytes bytes={file.virtualBytes} />,
  },
  { id: 'used', name: 'Used by', width: '2fr', minWidth: 100, render: (file) => <Users file={file} /> },
  { id: 'folder', name: 'Folder', width: 112, render: (file) => <span className="truncate">{folderWord(file)}</span> },
  { id: 'modified', name: 'Modified', width: 136, render: (file) => <Time at={file.modifiedAt} /> },
  {
    id: 'verbs',
    name: 'Actions',
    width: 60,
    minWidth: 60,
    hideName: true,
    isSortable: false,
    isNumber: true,
    render: (file) => <LibraryMenu file={file} />,
  },
];

export const LIBRARY_COLUMN_IDS = LIBRARY_COLUMNS.map(({ id }) => id);

/** Columns that can be hidden. */
export const LIBRARY_HIDEABLE = LIBRARY_COLUMNS.filter(({ id }) => id !== 'name' && id !== 'verbs');

export const LIBRARY_LAYOUT: TableLayoutChoice = {
  hidden: [],
  widths: {},
  sort: { column: 'name', direction: 'ascending' },
};

'use client';
import { Columns3, Disc3 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useHost, useLibrary } from '../live/live-hooks';
import { Button, IconButton } from '../ui/Button';
import { CopyableCode } from '../ui/Copy';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { Key } from '../ui/Facts';
import { Menu, MenuChoices } from '../ui/Menu';
import { Select } from '../ui/Select';
import { FilterField } from '../ui/TextField';
import { useTableLayout, type TableLayoutState } from '../ui/table-layout';
import { useIsPhone } from '../ui/use-media';
import { LIBRARY_COLUMN_IDS, LIBRARY_COLUMNS, LIBRARY_HIDEABLE, LIBRARY_LAYOUT } from './library-columns';
import {
  filterFiles,
  NO_FILTER,
  sortFiles,
  type KindChoice,
  type LibraryFilter,
  type LibraryRow,
} from './library-rows';
import { LibraryPhoneList } from './LibraryPhoneList';
import { DownloadButton } from './DownloadButton';
import { UploadArea } from './UploadArea';

const KINDS: readonly { value: KindChoice; label: string }[] = [
  { value: 'all', label: 'Any kind' },
  { value: 'iso', label: 'ISO images' },
  { value: 'image', label: 'Disk images' },
  { value: 'other', label: 'Other files' },
];

/** All ISOs and disk images that VMs are made of. */
export function LibraryPage() {
  const library = useLibrary();
  const files = useMemo(() => library.map((file) => ({ ...file, id: file.ref })), [library]);
  return (
    <div className="flex h-full flex-col">
      {files.length === 0 ? <NoFiles /> : <FileList files={files} />}
      <div className="shrink-0 border-t px-3 py-3 md:px-5">
        <UploadArea what="a file" extensions={['.iso', '.img', '.qcow2', '.raw']} onUploaded={() => undefined} />
        <div className="mt-2">
          <DownloadButton size="sm" />
        </div>
      </div>
    </div>
  );
}

const nameOf = (file: LibraryRow) => file.name;

function FileList({ files }: { files: readonly LibraryRow[] }) {
  const layout = useTableLayout('library', LIBRARY_LAYOUT, LIBRARY_COLUMN_IDS);
  const isPhone = useIsPhone();
  const [filter, setFilter] = useState<LibraryFilter>(NO_FILTER);
  const wanted = useDeferredValue(filter);
  const { column, direction } = layout.sort;
  const shown = useMemo(
    () => sortFiles(filterFiles(files, wanted), { column, direction }),
    [files, wanted, column, direction],
  );
  const empty = <NoMatch onClear={() => setFilter(NO_FILTER)} />;
  return (
    <>
      <h1 className="sr-only">Library</h1>
      <ListHead filter={filter} onFilter={setFilter} layout={layout} isPhone={isPhone} />
      {isPhone ? (
        <LibraryPhoneList files={shown} empty={empty} />
      ) : (
        <DataTable
          label="Library files"
          columns={LIBRARY_COLUMNS}
          layout={layout}
          items={shown}
          textOf={nameOf}
          empty={empty}
        />
      )}
    </>
  );
}

interface ListHeadProps {
  filter: LibraryFilter;
  onFilter: (filter: LibraryFilter) => void;
  layout: TableLayoutState;
  isPhone: boolean;
}

function ListHead({ filter, onFilter, layout, isPhone }: ListHeadProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-3 py-3 md:px-5">
      <FilterField
        label="Filter library"
        placeholder="Filter by name, system, VM"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        hint={<Key>/</Key>}
        className="w-full min-w-0 sm:w-80"
      />
      <Select
        label="Kind"
        hideLabel
        options={KINDS}
        value={filter.kind}
        onChange={(kind) => onFilter({ ...filter, kind })}
        className="min-w-0 flex-1 sm:w-44 sm:flex-none"
      />
      {!isPhone && <ColumnMenu layout={layout} />}
    </div>
  );
}

function ColumnMenu({ layout }: { layout: TableLayoutState }) {
  const shown = LIBRARY_HIDEABLE.map(({ id }) => id).filter((id) => !layout.hidden.includes(id));
  return (
    <Menu
      label="Columns"
      trigger={
        <IconButton label="Columns" icon={<Columns3 aria-hidden className="size-4" />} className="ml-auto text-muted" />
      }
    >
      <MenuChoices
        label="Columns"
        mode="multiple"
        choices={LIBRARY_HIDEABLE.map(({ id, name }) => ({ value: id, label: name }))}
        selected={shown}
        onChange={(chosen) =>
          layout.setHidden(LIBRARY_HIDEABLE.map(({ id }) => id).filter((id) => !chosen.includes(id)))
        }
      />
    </Menu>
  );
}

function NoFiles() {
  const { libraryFolder } = useHost();
  return (
    <EmptyState icon={<Disc3 aria-hidden className="size-8" />} title="The library is empty" isPage className="flex-1">
      <p>
        ISOs that VMs are installed from and disk images that they are made of lie here. Upload one below, or copy it on
        the host to <CopyableCode text={libraryFolder} />.
      </p>
    </EmptyState>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex flex-col items-center gap-2 py-12 text-muted">
      <p>No file matches.</p>
      <Button size="sm" onPress={onClear}>
        Show all
      </Button>
    </div>
  );
}

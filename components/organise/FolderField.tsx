'use client';
import { useMemo } from 'react';
import { folderPath, foldersByPath, whyNotInto, type FolderView } from '@/lib/shared/organise';
import { useFolders } from '../live/live-hooks';
import { SearchSelect } from '../ui/Select';

/** The value that stands for no folder: a select has no null. */
const TOP = 'top';

interface FolderFieldProps {
  label: string;
  value: string | null;
  onChange: (folderId: string | null) => void;
  /** The folder that is to lie there; it cannot lie in itself. */
  moving?: FolderView | null;
  help?: string;
  error?: string | null;
}

/** Chooses a folder, or none. */
export function FolderField({ value, onChange, moving, ...texts }: FolderFieldProps) {
  const folders = useFolders();
  const options = useMemo(
    () => [
      { value: TOP, label: 'No folder' },
      ...foldersByPath(folders).map(({ id, path }) => ({
        value: id,
        label: path,
        disabledReason: moving === undefined ? null : whyNotInto(folders, moving?.id ?? null, id),
      })),
    ],
    [folders, moving],
  );
  const known = folderPath(folders, value) === '' ? TOP : (value ?? TOP);
  return (
    <SearchSelect
      {...texts}
      options={options}
      value={known}
      onChange={(next) => onChange(next === TOP ? null : next)}
    />
  );
}

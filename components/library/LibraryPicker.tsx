'use client';
import { useState } from 'react';
import { useHost, useLibrary } from '@/components/live/live-hooks';
import { CopyableCode } from '@/components/ui/Copy';
import { Banner } from '@/components/ui/Notice';
import { SearchSelect, type Option } from '@/components/ui/Select';
import type { LibraryFile } from '@/lib/shared/events';
import { isoTitle } from '@/lib/shared/iso-facts';
import { formatBytes } from '@/lib/shared/units';
import { DownloadButton } from './DownloadButton';
import { UploadArea } from './UploadArea';

/** What is looked for in the library. */
export type LibraryWish = 'iso' | 'image';

const WISHES = {
  iso: {
    label: 'ISO image',
    what: 'an ISO',
    none: 'No ISO image is in the library yet.',
    extensions: ['.iso', '.img'],
    fits: (file: LibraryFile) => file.kind === 'iso',
  },
  image: {
    label: 'Disk image',
    what: 'a disk image',
    none: 'No disk image is in the library yet.',
    extensions: ['.qcow2', '.img', '.raw'],
    fits: (file: LibraryFile) => file.kind === 'qcow2' || file.kind === 'raw',
  },
} as const;

interface LibraryPickerProps {
  wish: LibraryWish;
  /** A file's name. */
  value: string | null;
  onChange: (file: LibraryFile) => void;
  label?: string;
  help?: string;
  error?: string | null;
}

/** Picks a file of the library, or uploads one and picks that. */
export function LibraryPicker({ wish, value, onChange, label, help, error }: LibraryPickerProps) {
  const library = useLibrary();
  const [misfit, setMisfit] = useState<LibraryFile | null>(null);
  const { label: wishLabel, what, none, extensions, fits } = WISHES[wish];
  const files = library.filter((file) => fits(file));
  const select = (ref: string) => {
    const file = files.find((one) => one.ref === ref);
    if (file) onChange(file);
  };
  return (
    <div className="flex flex-col gap-2">
      {files.length > 0 ? (
        <SearchSelect
          label={label ?? wishLabel}
          options={files.map(toOption)}
          value={value}
          onChange={select}
          help={help}
          error={error}
        />
      ) : (
        <EmptyLibrary sentence={none} error={error} />
      )}
      <UploadArea
        what={what}
        extensions={extensions}
        onUploaded={(file) => {
          const isUsable = fits(file) && !file.refusal;
          setMisfit(isUsable ? null : file);
          if (isUsable) onChange(file);
        }}
      />
      <div>
        <DownloadButton size="sm" />
      </div>
      {misfit && (
        <Banner kind="attention" title={`${misfit.name} is in the library now, but cannot be used here.`}>
          {misfit.refusal ?? `It is not ${what}.`}
        </Banner>
      )}
    </div>
  );
}

function toOption(file: LibraryFile): Option {
  const size =
    file.virtualBytes !== null && file.virtualBytes !== file.sizeBytes
      ? `${formatBytes(file.virtualBytes)}, file ${formatBytes(file.sizeBytes)}`
      : formatBytes(file.sizeBytes);
  return {
    value: file.ref,
    label: file.ref,
    about: [(file.facts && isoTitle(file.facts)) ?? file.label, size, usersText(file)].filter(Boolean).join(' · '),
    disabledReason: file.refusal,
  };
}

function usersText({ usedBy }: LibraryFile): string {
  return usedBy.length === 0 ? '' : `used by ${usedBy.join(', ')}`;
}

function EmptyLibrary({ sentence, error }: { sentence: string; error?: string | null }) {
  const { libraryFolder } = useHost();
  return (
    <div>
      <p>{sentence}</p>
      <p className="text-pretty text-muted">
        Upload one here, or copy it on the host to <CopyableCode text={libraryFolder} /> and it appears by itself.
      </p>
      {error && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

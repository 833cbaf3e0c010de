'use client';
import type { ReactNode } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import { formatBytes } from '@/lib/shared/units';
import { LibraryMenu } from './LibraryMenu';
import { contentWords, kindWord, type LibraryRow } from './library-rows';

const ROW_PX = 64;

/** The library on a phone: two lines for each file. */
export function LibraryPhoneList({ files, empty }: { files: readonly LibraryRow[]; empty: ReactNode }) {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX }}>
      <GridList
        aria-label="Library files"
        items={files}
        renderEmptyState={() => empty}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        {(file: LibraryRow) => (
          <GridListItem
            id={file.id}
            textValue={file.name}
            className="flex h-16 items-center gap-2 border-b px-3 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2"
          >
            <div className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-medium">{file.name}</span>
              <span className="truncate text-sm text-muted">
                {[kindWord(file), formatBytes(file.sizeBytes), usersOf(file), contentWords(file)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
            <LibraryMenu file={file} />
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}

function usersOf({ usedBy }: LibraryRow): string {
  return usedBy.length === 0 ? '' : `used by ${usedBy.join(', ')}`;
}

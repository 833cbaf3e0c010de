'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Cell,
  Column,
  ColumnResizer,
  ResizableTableContainer,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
  type ColumnProps,
  type Key,
  type Selection,
} from 'react-aria-components';
import { Checkbox } from './Checkbox';
import { cx } from './cx';
import type { TableLayoutState } from './table-layout';

type ColumnSize = NonNullable<ColumnProps['width']>;

export interface DataColumn<T> {
  id: string;
  name: string;
  /** px, or a share of what is left such as `1fr`. */
  width: ColumnSize;
  minWidth?: number;
  /** Numbers stand at the right edge. */
  isNumber?: boolean;
  /** The column that names the row for screen readers. */
  isRowHeader?: boolean;
  /** False for columns of buttons. */
  isSortable?: boolean;
  /** A header without visible text (buttons). */
  hideName?: boolean;
  render: (item: T) => ReactNode;
}

interface DataTableProps<T> {
  label: string;
  /** All columns; hidden ones are left out here. */
  columns: readonly DataColumn<T>[];
  layout: TableLayoutState;
  /** Sorted and filtered already. */
  items: readonly T[];
  textOf: (item: T) => string;
  /** Where a row leads. */
  hrefOf?: (item: T) => string;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Selection) => void;
  empty: ReactNode;
}

const ROW_PX = 40;
const HEAD_PX = 36;
const SELECT_PX = 44;

/**
 * A table of many rows: sticky head, sorting, columns that resize and hide, selection, full keyboard.
 * Only rows in sight are in the document.
 */
export function DataTable<T extends { id: string }>({
  label,
  columns,
  layout,
  items,
  textOf,
  hrefOf,
  selected,
  onSelect,
  empty,
}: DataTableProps<T>) {
  const shown = columns.filter((column) => !layout.hidden.includes(column.id));
  // Which columns there are is part of the collection's cache key: rows are drawn anew when it changes.
  const shape = shown.map((column) => column.id).join();
  if (!layout.isKnown) return <div className="min-h-0 flex-1" />;
  return (
    <ResizableTableContainer
      className="min-h-0 flex-1 overflow-auto"
      onResizeEnd={(widths) => layout.setWidths(widthsInPx(widths))}
    >
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW_PX, headingHeight: HEAD_PX }}>
        <Table
          key={shape}
          aria-label={label}
          selectionMode={onSelect ? 'multiple' : 'none'}
          selectedKeys={selected}
          onSelectionChange={onSelect}
          sortDescriptor={layout.sort}
          onSortChange={layout.setSort}
          className="outline-none"
        >
          <TableHeader className="w-full border-b bg-surface">
            {onSelect && (
              <Column width={SELECT_PX} minWidth={SELECT_PX} className="h-9 border-b">
                <Checkbox slot="selection" className="h-9 w-11" />
              </Column>
            )}
            {shown.map((column) => (
              <HeadCell key={column.id} column={column} width={layout.widths[column.id] ?? column.width} />
            ))}
          </TableHeader>
          <TableBody items={items} dependencies={[shape]} renderEmptyState={() => empty}>
            {(item: T) => (
              <Row
                id={item.id}
                textValue={textOf(item)}
                href={hrefOf?.(item)}
                className="group/row h-10 border-b outline-none hover:bg-hover focus-visible:outline-focus focus-visible:-outline-offset-2 selected:bg-selected"
              >
                {onSelect && (
                  <Cell className="flex h-10 items-center justify-center outline-none">
                    <Checkbox slot="selection" className="h-10 w-11" />
                  </Cell>
                )}
                {shown.map((column) => (
                  <Cell
                    key={column.id}
                    className={cx(
                      'flex h-10 min-w-0 items-center overflow-hidden px-3 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2',
                      column.isNumber && 'justify-end text-right whitespace-nowrap tabular',
                    )}
                  >
                    {column.render(item)}
                  </Cell>
                ))}
              </Row>
            )}
          </TableBody>
        </Table>
      </Virtualizer>
    </ResizableTableContainer>
  );
}

/** The map holds every column; those with a width in px were set by a person. */
function widthsInPx(widths: Map<Key, ColumnSize>): Record<string, number> {
  const entries = [...widths].map(([column, width]) => [String(column), width] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

function HeadCell<T>({ column, width }: { column: DataColumn<T>; width: ColumnSize }) {
  return (
    <Column
      id={column.id}
      textValue={column.name}
      isRowHeader={column.isRowHeader}
      allowsSorting={column.isSortable !== false}
      defaultWidth={width}
      minWidth={column.minWidth ?? 72}
      className="relative flex h-9 items-center border-b text-sm font-medium text-muted outline-none focus-visible:outline-focus focus-visible:-outline-offset-2"
    >
      {({ sortDirection }) => (
        <>
          <span className={cx('flex min-w-0 flex-1 items-center gap-1 px-3', column.isNumber && 'flex-row-reverse')}>
            <span className={column.hideName ? 'sr-only' : 'truncate'}>{column.name}</span>
            {sortDirection === 'ascending' && <ArrowUp aria-hidden className="size-3.5 shrink-0" />}
            {sortDirection === 'descending' && <ArrowDown aria-hidden className="size-3.5 shrink-0" />}
          </span>
          {!column.hideName && (
            <ColumnResizer
              aria-label={`Width of ${column.name}`}
              className="absolute inset-y-0 right-0 w-3 translate-x-1.5 cursor-col-resize touch-none outline-none after:absolute after:inset-y-2 after:left-1/2 after:w-px after:bg-line hover:after:bg-line-strong focus-visible:after:bg-focus resizing:after:bg-focus"
            />
          )}
        </>
      )}
    </Column>
  );
}

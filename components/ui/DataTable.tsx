'use client';
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import {
  Button as AriaButton,
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
  type DragAndDropHooks,
  type Key,
  type Selection,
} from 'react-aria-components';
import { Checkbox } from './Checkbox';
import { cx } from './cx';
import { RowMaker, selectedItems, selectedRows, type GroupedRow, type RowGroup } from './row-groups';
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
  /** The items in groups, each below a heading. */
  groups?: readonly RowGroup<T>[] | null;
  textOf: (item: T) => string;
  /** Where a row leads. */
  hrefOf?: (item: T) => string;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Selection) => void;
  /** Rows can be dragged, by their handles too; keys are those of `row-groups.ts`. */
  dragAndDropHooks?: DragAndDropHooks;
  empty: ReactNode;
}

const ROW_PX = 40;
const HEAD_PX = 36;
const SELECT_PX = 44;

/**
 * A table of many rows: sticky head, sorting, columns that resize and hide, selection, full keyboard.
 * Only rows in sight are in the document.
 */
export function DataTable<T extends { id: string }>(props: DataTableProps<T>) {
  const { label, columns, layout, items, groups = null, selected, onSelect, dragAndDropHooks, empty } = props;
  const shown = columns.filter((column) => !layout.hidden.includes(column.id));
  // Which columns there are is part of the collection's cache key: rows are drawn anew when it changes.
  const shape = shown.map((column) => column.id).join();
  const [maker] = useState(() => new RowMaker<T>());
  const rows = useMemo(() => maker.rowsOf(items, groups), [maker, items, groups]);
  const keys = useMemo(() => selectedRows(rows, selected ?? new Set()), [rows, selected]);
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
          selectedKeys={keys}
          onSelectionChange={onSelect && ((after) => onSelect(selectedItems(keys, after)))}
          sortDescriptor={layout.sort}
          onSortChange={layout.setSort}
          dragAndDropHooks={dragAndDropHooks}
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
          <TableBody items={rows} dependencies={[shape]} renderEmptyState={() => empty}>
            {(row: GroupedRow<T>) =>
              row.kind === 'heading' ? (
                <HeadingRow row={row} columnCount={shown.length + (onSelect ? 1 : 0)} />
              ) : (
                <ItemRow row={row} columns={shown} table={props} />
              )
            }
          </TableBody>
        </Table>
      </Virtualizer>
    </ResizableTableContainer>
  );
}

function HeadingRow({ row, columnCount }: { row: { id: string; label: string; count: number }; columnCount: number }) {
  return (
    <Row
      id={row.id}
      textValue={row.label}
      isDisabled
      className="h-10 border-b bg-surface outline-none drop-target:bg-selected"
    >
      <Cell
        colSpan={columnCount}
        className="flex h-10 items-center gap-2 px-3 text-sm font-medium outline-none md:px-5"
      >
        {row.label} <span className="font-normal text-muted tabular">{row.count}</span>
      </Cell>
    </Row>
  );
}

interface ItemRowProps<T> {
  row: { id: string; item: T };
  /** Those that are shown. */
  columns: readonly DataColumn<T>[];
  table: DataTableProps<T>;
}

function ItemRow<T extends { id: string }>({ row, columns, table }: ItemRowProps<T>) {
  const { textOf, hrefOf, onSelect, dragAndDropHooks } = table;
  const name = textOf(row.item);
  return (
    <Row
      id={row.id}
      textValue={name}
      href={hrefOf?.(row.item)}
      className="group/row h-10 border-b outline-none hover:bg-hover focus-visible:outline-focus focus-visible:-outline-offset-2 selected:bg-selected dragging:opacity-50"
    >
      {onSelect && (
        <Cell className="relative flex h-10 items-center justify-center outline-none">
          {dragAndDropHooks && <DragHandle name={name} />}
          <Checkbox slot="selection" className="h-10 w-11" />
        </Cell>
      )}
      {columns.map((column) => (
        <Cell
          key={column.id}
          className={cx(
            'flex h-10 min-w-0 items-center overflow-hidden px-3 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2',
            column.isNumber && 'justify-end text-right whitespace-nowrap tabular',
          )}
        >
          {column.render(row.item)}
        </Cell>
      ))}
    </Row>
  );
}

/** For the keyboard and screen readers; a mouse drags the whole row. */
function DragHandle({ name }: { name: string }) {
  return (
    <AriaButton
      slot="drag"
      aria-label={`Drag ${name}`}
      className="absolute inset-y-2 left-0 w-3.5 rounded-sm text-faint opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
    >
      <GripVertical aria-hidden className="size-3.5" />
    </AriaButton>
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

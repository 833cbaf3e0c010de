'use client';
import { ArrowDown, ArrowUp, GripVertical, Plus, X } from 'lucide-react';
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { Button, IconButton } from '@/components/ui/Button';
import { movedInOrder, notBooted } from '@/lib/shared/boot-order';
import { deviceLabel, deviceSummary } from '@/lib/shared/spec-labels';
import { PartError, restartNote, type SpecEditor } from './spec-editor';

/** What the firmware tries, first on top: by drag and drop, by keyboard, or with the arrows. */
export function BootOrderSection({ editor }: { editor: SpecEditor }) {
  const { draft, change, isReadOnly } = editor;
  const { order } = draft.boot;
  const setOrder = (next: string[]) => change({ ...draft, boot: { order: next } });
  const restart = restartNote(editor, 'boot.order');
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === 'on') return;
      setOrder(movedInOrder(order, new Set([...keys].map(String)), String(target.key), target.dropPosition));
    },
  });
  const left = notBooted(draft);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-pretty text-muted">
        The first that can be booted is taken. A blank disk is passed over, so that an installer on a CD-ROM starts by
        itself, and the installed system afterwards.
      </p>
      {restart && <p className="text-sm text-attention">{restart}</p>}
      <GridList
        aria-label="Boot order"
        {...(isReadOnly ? {} : { dragAndDropHooks })}
        renderEmptyState={() => <p className="py-2 text-muted">The VM boots from nothing.</p>}
        className="flex flex-col divide-y border-y"
      >
        {order.map((id, index) => (
          <BootItem
            key={id}
            editor={editor}
            id={id}
            onMove={(by) => setOrder(swapped(order, index, index + by))}
            onRemove={() => setOrder(order.filter((other) => other !== id))}
            isFirst={index === 0}
            isLast={index === order.length - 1}
          />
        ))}
      </GridList>
      <PartError editor={editor} fieldKey="boot.order" />
      {left.length > 0 && !isReadOnly && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-sm text-muted">Not booted from:</span>
          {left.map((device) => (
            <Button
              key={device.id}
              size="sm"
              icon={<Plus aria-hidden className="size-3.5" />}
              aria-label={`Boot from ${deviceLabel(device.id)} too`}
              onPress={() => setOrder([...order, device.id])}
            >
              {deviceLabel(device.id)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function swapped(order: readonly string[], from: number, to: number): string[] {
  const [a, b] = [order[from], order[to]];
  return a === undefined || b === undefined ? [...order] : order.with(from, b).with(to, a);
}

interface BootItemProps {
  editor: SpecEditor;
  id: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function BootItem({ editor, id, isFirst, isLast, onMove, onRemove }: BootItemProps) {
  const label = deviceLabel(id);
  const device = editor.draft.devices.find((one) => one.id === id);
  return (
    <GridListItem
      id={id}
      textValue={label}
      className="flex items-center gap-2 py-1.5 outline-offset-[-2px] dragging:opacity-50 drop-target:bg-info-soft"
    >
      {!editor.isReadOnly && (
        <AriaButton
          slot="drag"
          aria-label={`Move ${label}`}
          className="flex h-7 w-6 items-center justify-center rounded-sm text-muted hover:bg-hover"
        >
          <GripVertical aria-hidden className="size-4" />
        </AriaButton>
      )}
      <span className="shrink-0">{label}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-muted">{device && deviceSummary(device)}</span>
      {!editor.isReadOnly && (
        <>
          <IconButton
            size="sm"
            label={`Move ${label} up`}
            icon={<ArrowUp aria-hidden className="size-4" />}
            disabledReason={isFirst ? 'It is the first already.' : null}
            onPress={() => onMove(-1)}
          />
          <IconButton
            size="sm"
            label={`Move ${label} down`}
            icon={<ArrowDown aria-hidden className="size-4" />}
            disabledReason={isLast ? 'It is the last already.' : null}
            onPress={() => onMove(1)}
          />
          <IconButton
            size="sm"
            label={`Do not boot from ${label}`}
            icon={<X aria-hidden className="size-4" />}
            onPress={onRemove}
          />
        </>
      )}
    </GridListItem>
  );
}

'use client';
import { ChevronRight, GripVertical } from 'lucide-react';
import NextLink from 'next/link';
import {
  Button as AriaButton,
  Collection,
  Link as AriaLink,
  NavigationTreeItem,
  NavigationTreeItemContent,
} from 'react-aria-components';
import { vmPath } from '@/lib/shared/paths';
import type { VmView } from '@/lib/shared/vm';
import { FolderMenu } from '../organise/FolderMenu';
import { TagDots } from '../organise/TagChips';
import { cx } from '../ui/cx';
import { StatusMark } from '../ui/StatusMark';
import { Tooltip } from '../ui/Tooltip';
import { useShownStatus } from '../vms/pending-verbs';
import type { RailNode } from './rail-tree';

const ROW = 'flex h-7.5 min-w-0 flex-1 items-center gap-2 outline-none pointer-coarse:h-10';
/** How far each level stands in, in px. */
const INDENT_PX = 14;

/** A folder or a VM in the rail. */
export function RailItem({ node, isFolded }: { node: RailNode; isFolded: boolean }) {
  return (
    <NavigationTreeItem
      id={node.id}
      textValue={node.name}
      {...(node.kind === 'vm' ? { href: vmPath(node.name) } : {})}
      className={({ isCurrent, isFocusVisible, isDropTarget, isDragging }) =>
        cx(
          'group/item rounded-md outline-none hover:bg-hover',
          isCurrent && 'bg-selected! font-medium',
          (isFocusVisible || isDropTarget) && 'outline-focus -outline-offset-2!',
          isDropTarget && 'bg-selected!',
          isDragging && 'opacity-50',
        )
      }
    >
      <NavigationTreeItemContent>
        {({ level, isExpanded }) => (
          <div
            className="relative flex items-center"
            style={isFolded ? undefined : { paddingInlineStart: (level - 1) * INDENT_PX }}
          >
            {node.kind === 'vm' ? (
              <GuestLink vm={node.vm} isFolded={isFolded} />
            ) : (
              <FolderRow node={node} isExpanded={isExpanded} />
            )}
            {!isFolded && <DragHandle name={node.name} />}
          </div>
        )}
      </NavigationTreeItemContent>
      {node.kind === 'folder' && (
        <Collection items={node.children}>{(child) => <RailItem node={child} isFolded={isFolded} />}</Collection>
      )}
    </NavigationTreeItem>
  );
}

/** For the keyboard and screen readers; a mouse drags the whole row. */
function DragHandle({ name }: { name: string }) {
  return (
    <AriaButton
      slot="drag"
      aria-label={`Drag ${name}`}
      className="sr-only rounded-sm bg-raised text-muted focus-visible:not-sr-only focus-visible:absolute! focus-visible:inset-y-1 focus-visible:right-7 focus-visible:w-5"
    >
      <GripVertical aria-hidden className="size-4" />
    </AriaButton>
  );
}

function FolderRow({ node, isExpanded }: { node: RailNode & { kind: 'folder' }; isExpanded: boolean }) {
  return (
    <>
      <AriaLink className={cx(ROW, 'pr-8 pl-1')}>
        <ChevronRight
          aria-hidden
          className={cx(
            'size-4 shrink-0 text-muted transition-transform duration-100',
            isExpanded && 'rotate-90',
            node.children.length === 0 && 'opacity-40',
          )}
        />
        <span className="truncate">{node.name}</span>
        <span className="ml-auto text-xs text-faint tabular">{node.vmCount}</span>
      </AriaLink>
      <FolderMenu
        folder={node.folder}
        className="absolute! right-0 opacity-0 group-hover/item:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
      />
    </>
  );
}

function GuestLink({ vm, isFolded }: { vm: VmView; isFolded: boolean }) {
  const { kind, word } = useShownStatus(vm);
  const link = (
    <AriaLink
      {...(isFolded ? { 'aria-label': `${vm.name}, ${word}` } : {})}
      render={(props) =>
        'href' in props ? (
          // The row is what is dragged, not its address.
          <NextLink {...props} href={vmPath(vm.name)} prefetch={false} draggable={false} />
        ) : (
          <span {...props} />
        )
      }
      className={cx(ROW, isFolded ? 'justify-center' : 'gap-2.5 px-2')}
    >
      <StatusMark kind={kind} label={isFolded ? undefined : word} />
      {isFolded ? <span className="sr-only">{vm.name}</span> : <span className="truncate">{vm.name}</span>}
      {!isFolded && <TagDots names={vm.tags} className="ml-auto" />}
    </AriaLink>
  );
  return isFolded ? (
    <Tooltip text={`${vm.name}, ${word.toLowerCase()}`} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

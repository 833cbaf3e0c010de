'use client';
import type { TagColour } from '@/lib/shared/organise';
import { useTags } from '../live/live-hooks';
import { cx } from '../ui/cx';

const DOTS: Record<TagColour, string> = {
  grey: 'bg-tag-grey',
  red: 'bg-tag-red',
  orange: 'bg-tag-orange',
  yellow: 'bg-tag-yellow',
  green: 'bg-tag-green',
  teal: 'bg-tag-teal',
  blue: 'bg-tag-blue',
  purple: 'bg-tag-purple',
};

/** The colour of a tag, beside its name. */
export function TagDot({ colour, className }: { colour: TagColour; className?: string }) {
  return <span aria-hidden className={cx('size-2 shrink-0 rounded-full', DOTS[colour], className)} />;
}

/** The colours of some tags, where their names have no room. */
export function TagDots({ names, className }: { names: readonly string[]; className?: string }) {
  const tags = useTags();
  if (names.length === 0) return null;
  const label = names.join(', ');
  return (
    <span role="img" aria-label={`Tags: ${label}`} title={label} className={cx('flex shrink-0 gap-0.5', className)}>
      {names.map((name) => (
        <TagDot key={name} colour={tags.find((tag) => tag.name === name)?.colour ?? 'grey'} />
      ))}
    </span>
  );
}

/** Tags by name, each with its dot. */
export function TagChips({ names, className }: { names: readonly string[]; className?: string }) {
  const tags = useTags();
  if (names.length === 0) return null;
  return (
    <span className={cx('flex min-w-0 items-center gap-1', className)} title={names.join(', ')}>
      {names.map((name) => (
        <span
          key={name}
          className="inline-flex min-w-0 items-center gap-1 rounded-sm border px-1.5 text-xs leading-4.5"
        >
          <TagDot colour={tags.find((tag) => tag.name === name)?.colour ?? 'grey'} />
          <span className="truncate">{name}</span>
        </span>
      ))}
    </span>
  );
}

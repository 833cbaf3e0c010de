'use client';
import { CircleAlert, X } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { FACETS, NO_FILTER, type ListFilter } from '@/lib/shared/vm-filter';
import { Button } from '../ui/Button';
import type { FacetChoices } from './filter-facets';

interface FilterChipsProps {
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  facets: readonly FacetChoices[];
  /** What of the text was not understood, as sentences. */
  problems: readonly string[];
}

/** What the list is filtered by, each with its way out; and what of the filter makes no sense yet. */
export function FilterChips({ filter, onFilter, facets, problems }: FilterChipsProps) {
  const hasChips = FACETS.some((facet) => filter[facet].length > 0);
  if (!hasChips && problems.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 px-3 pb-2 md:px-5">
      {facets.flatMap(({ facet, label, choices }) =>
        filter[facet].map((value) => (
          <Chip
            key={`${facet}=${value}`}
            label={label}
            value={choices.find((choice) => choice.value === value)?.label ?? value}
            onRemove={() => onFilter({ ...filter, [facet]: filter[facet].filter((other) => other !== value) })}
          />
        )),
      )}
      {hasChips && (
        <Button
          size="sm"
          kind="quiet"
          onPress={() => onFilter({ ...NO_FILTER, text: filter.text, group: filter.group })}
        >
          Clear filters
        </Button>
      )}
      <span role="status" className="flex items-center gap-1.5 text-sm text-attention">
        {problems.length > 0 && <CircleAlert aria-hidden className="size-3.5 shrink-0" />}
        {problems[0]}
      </span>
    </div>
  );
}

function Chip({ label, value, onRemove }: { label: string; value: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-7 items-center rounded-md border pl-2 text-sm">
      <span className="text-muted">{label}</span>
      <span className="ml-1.5 max-w-48 truncate">{value}</span>
      <AriaButton
        aria-label={`Remove the filter ${label}: ${value}`}
        onPress={onRemove}
        className="flex h-full w-7 items-center justify-center rounded-md text-muted hover:text-body"
      >
        <X aria-hidden className="size-3.5" />
      </AriaButton>
    </span>
  );
}

/** Filters of the list that a user gave a name to. */
import { z } from 'zod';

export const filterName = z.string().trim().min(1, 'A filter needs a name.').max(60, 'At most 60 characters.');

export const MAX_FILTERS = 100;

/** The search part of the list's address, without the question mark. */
const filterQuery = z.string().max(2000, 'This filter is too long to save: at most 2000 characters.');

export const filterSave = z.strictObject({
  name: filterName,
  query: filterQuery,
  /** The list opens with it. */
  isDefault: z.boolean().default(false),
});
export type FilterSave = z.infer<typeof filterSave>;

export const filterPatch = z.strictObject({ name: filterName.optional(), isDefault: z.boolean().optional() });
export type FilterPatch = z.infer<typeof filterPatch>;

export const filterId = z.uuid('That is no id of a filter.');

export interface SavedFilterView {
  id: string;
  name: string;
  query: string;
  isDefault: boolean;
}

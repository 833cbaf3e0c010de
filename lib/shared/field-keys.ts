/**
 * The names of a spec's fields, as forms use them: dotted paths in which a device stands with its id and not with
 * its place in the list, so that a name still fits when a device before it goes.
 *
 *   zod's path   devices.2.network.forwards.0.hostPort
 *   field key    devices.nic0.network.forwards.0.hostPort
 */
import { vmSpecDraft, type VmSpecDraft } from './vm';

/** What stands at a field instead of its help: an error keeps the form from being sent, a warning does not. */
export interface FieldNote {
  level: 'error' | 'warning';
  message: string;
}
export type FieldNotes = Record<string, FieldNote>;

/** Turns zod's paths (joined by dots) into field keys. */
export function toFieldKeys(draft: VmSpecDraft, fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, message]) => [
      path.replace(/^devices\.(\d+)/, (all, index: string) => {
        const device = draft.devices[Number(index)];
        return device ? `devices.${device.id}` : all;
      }),
      message,
    ]),
  );
}

/** What is wrong with a draft by its own rules: field key → sentence. Empty when it is valid. */
export function specErrors(draft: VmSpecDraft): Record<string, string> {
  const result = vmSpecDraft.safeParse(draft);
  if (result.success) return {};
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= issue.message;
  return toFieldKeys(draft, fields);
}

/** Errors and warnings in one map; the first source wins at a field, an error beats a warning. */
export function mergeNotes(...sources: FieldNotes[]): FieldNotes {
  const merged: FieldNotes = {};
  for (const notes of sources) {
    for (const [key, note] of Object.entries(notes)) {
      const present = merged[key];
      if (!present || (present.level === 'warning' && note.level === 'error')) merged[key] = note;
    }
  }
  return merged;
}

/** Sentences as error notes. */
export function asErrors(fields: Record<string, string>): FieldNotes {
  return Object.fromEntries(
    Object.entries(fields).map(([key, message]) => [key, { level: 'error', message } satisfies FieldNote]),
  );
}

/** The first error of the notes, for the reason of a disabled button; null when there is none. */
export function firstError(notes: FieldNotes): string | null {
  return Object.values(notes).find((note) => note.level === 'error')?.message ?? null;
}

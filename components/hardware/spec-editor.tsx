import type { ReactNode } from 'react';
import type { FieldTexts } from '@/components/ui/Field';
import type { FieldNotes } from '@/lib/shared/field-keys';
import type { SpecDiff } from '@/lib/shared/spec-diff';
import type { VmSpecDraft } from '@/lib/shared/vm';

/**
 * What every section of the hardware form gets: the draft, the way to change it, and what stands at its fields.
 * The wizard and the hardware page use the same sections.
 */
export interface SpecEditor {
  draft: VmSpecDraft;
  change: (next: VmSpecDraft) => void;
  /** Errors and warnings by field key (`lib/shared/field-keys.ts`). */
  notes: FieldNotes;
  /** What runs now, by field key, where it differs from the draft; null when nothing runs. */
  running: SpecDiff | null;
  /** Nothing can be changed now; the page says why. */
  isReadOnly: boolean;
}

/** The mark beside a field whose value the running VM does not have yet, or null. */
export function restartNote(editor: SpecEditor, key: string): string | null {
  const now = editor.running?.[key];
  return now === undefined ? null : `Takes effect at the next start; now: ${now}`;
}

/**
 * The texts around one field: its error, or else its warning in place of the help, and below it the mark that the
 * running VM has another value.
 *
 * @param keys the field's key; several when the field stands for several of the spec, the first with a note counts
 */
export function fieldTexts(
  editor: SpecEditor,
  keys: string | readonly string[],
  help?: ReactNode,
): Omit<FieldTexts, 'label'> {
  const all = typeof keys === 'string' ? [keys] : keys;
  const note = all.map((key) => editor.notes[key]).find(Boolean);
  if (note?.level === 'error') return { error: note.message };
  const restart = all.map((key) => restartNote(editor, key)).find(Boolean);
  const text = note ? <Warning>{note.message}</Warning> : help;
  if (!restart) return { help: text };
  return {
    help: (
      <>
        {text && <span className="block">{text}</span>}
        <span className="block text-attention">{restart}</span>
      </>
    ),
  };
}

/** A warning in place of a field's help. */
export function Warning({ children }: { children: ReactNode }) {
  return <span className="text-attention">{children}</span>;
}

/** Errors of a whole part, such as "too many SATA drives", where no single field is to blame. */
export function PartError({ editor, fieldKey }: { editor: SpecEditor; fieldKey: string }) {
  const note = editor.notes[fieldKey];
  if (!note) return null;
  return (
    <p role="alert" className={note.level === 'error' ? 'text-sm text-danger' : 'text-sm text-attention'}>
      {note.message}
    </p>
  );
}

/** The restart mark of a device that comes or goes. */
export function RestartMark({ editor, fieldKey }: { editor: SpecEditor; fieldKey: string }) {
  const note = restartNote(editor, fieldKey);
  return note && <span className="text-sm text-attention">{note}</span>;
}

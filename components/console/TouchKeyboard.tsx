'use client';

import { useRef, type KeyboardEvent, type Ref } from 'react';
import { NAMED_KEYS, strokesOf, strokesOfCharacter, typedBetween, type Stroke } from './keys';

/** Something to delete must always be there, or phones send no Backspace. */
const FILLER = '\u00a0'.repeat(20);
/** A field that grows for ever makes phones slow. */
const LONGEST = 200;

/**
 * An unseen text field that opens a phone's keyboard and passes on what happens in it. Words that are composed,
 * corrected or swiped arrive as edits, so the field's text is compared and not the keys.
 */
export function TouchKeyboard({
  onStrokes,
  ref,
}: {
  onStrokes: (strokes: Stroke[]) => void;
  ref: Ref<HTMLTextAreaElement>;
}) {
  const before = useRef(FILLER);
  const onKeyDown = (event: KeyboardEvent) => {
    const key = NAMED_KEYS[event.key];
    if (!key || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onStrokes(strokesOf([key]));
  };
  const read = (field: HTMLTextAreaElement) => {
    const { backspaces, text } = typedBetween(before.current, field.value);
    before.current = field.value;
    const backspace = NAMED_KEYS.Backspace;
    for (let i = 0; backspace && i < backspaces; i++) onStrokes(strokesOf([backspace]));
    for (const character of text) onStrokes(strokesOfCharacter(character));
  };
  const refill = (field: HTMLTextAreaElement) => {
    field.value = before.current = FILLER;
    field.setSelectionRange(FILLER.length, FILLER.length);
  };
  return (
    <textarea
      ref={ref}
      aria-label="Keyboard input for the guest"
      defaultValue={FILLER}
      tabIndex={-1}
      autoCapitalize="off"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="enter"
      // 16 px: below that, iPhones zoom into the field. Not hidden, or it could not be focused.
      className="pointer-events-none absolute bottom-0 left-0 h-px w-px resize-none overflow-hidden border-0 p-0 text-lg opacity-0"
      onKeyDown={onKeyDown}
      onFocus={(event) => refill(event.currentTarget)}
      onInput={(event) => {
        const field = event.currentTarget;
        read(field);
        const isComposing = (event.nativeEvent as InputEvent).isComposing;
        if (!isComposing && (field.value.length < FILLER.length / 2 || field.value.length > LONGEST)) refill(field);
      }}
    />
  );
}

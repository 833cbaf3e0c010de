/**
 * Calls `leave` when Ctrl and Alt are pressed and released with nothing else: the way out of a console that takes
 * every key, Tab included. AltGr does not count, although some systems report it as Ctrl+Alt.
 *
 * @returns the unsubscriber
 */
export function onLeaveKeys(element: HTMLElement, leave: () => void): () => void {
  let seen = new Set<string>();
  const onDown = (event: KeyboardEvent) => {
    if (event.getModifierState('AltGraph')) seen.add('spoiled');
    if (event.key === 'Control') seen.add('ctrl');
    else if (event.code === 'AltLeft') seen.add('alt');
    else seen.add('spoiled');
  };
  const onUp = (event: KeyboardEvent) => {
    const isLeaving = seen.size === 2 && seen.has('ctrl') && seen.has('alt');
    if (!event.ctrlKey && !event.altKey) seen = new Set();
    if (!isLeaving) return;
    seen.add('spoiled');
    // After the console has seen the release: no key may stay down in the guest.
    setTimeout(leave);
  };
  const onBlur = () => (seen = new Set());
  element.addEventListener('keydown', onDown, true);
  element.addEventListener('keyup', onUp, true);
  element.addEventListener('focusout', onBlur);
  return () => {
    element.removeEventListener('keydown', onDown, true);
    element.removeEventListener('keyup', onUp, true);
    element.removeEventListener('focusout', onBlur);
  };
}

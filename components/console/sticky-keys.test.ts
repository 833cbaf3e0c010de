import { describe, expect, it } from 'vitest';
import type { Stroke } from './keys';
import { StickyKeys } from './sticky-keys';

function setUp() {
  const sent: string[] = [];
  const keys = new StickyKeys((strokes: readonly Stroke[]) => {
    for (const { code, down } of strokes) sent.push(`${code} ${down ? 'down' : 'up'}`);
  });
  return { keys, sent };
}

describe('sticky keys', () => {
  it('hold until the next key, and let go in the opposite order', () => {
    const { keys, sent } = setUp();
    keys.toggle('Ctrl');
    keys.toggle('Alt');
    keys.onKeyUp('ShiftLeft');
    expect(keys.held.get()).toEqual(['Ctrl', 'Alt']);
    keys.onKeyUp('KeyA');
    keys.onKeyUp('KeyB');
    expect(sent).toEqual(['ControlLeft down', 'AltLeft down', 'AltLeft up', 'ControlLeft up']);
    expect(keys.held.get()).toEqual([]);
  });

  it('let go at a second press', () => {
    const { keys, sent } = setUp();
    keys.toggle('Win');
    keys.toggle('Win');
    expect(sent).toEqual(['MetaLeft down', 'MetaLeft up']);
    expect(keys.held.get()).toEqual([]);
  });

  it('send nothing when the connection took them along', () => {
    const { keys, sent } = setUp();
    keys.toggle('Shift');
    keys.forget();
    keys.release();
    expect(sent).toEqual(['ShiftLeft down']);
  });
});

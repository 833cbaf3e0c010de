import { describe, expect, it } from 'vitest';
import { bufferText, type TextBuffer } from './serial-text';

function bufferOf(lines: { text: string; isWrapped?: boolean }[]): TextBuffer {
  return {
    length: lines.length,
    getLine: (y) => {
      const line = lines[y];
      if (!line) return undefined;
      const translateToString = (trimRight?: boolean) => (trimRight ? line.text.trimEnd() : line.text);
      return { isWrapped: line.isWrapped ?? false, translateToString };
    },
  };
}

describe('bufferText', () => {
  it('joins wrapped lines and drops empty ones at the end', () => {
    const buffer = bufferOf([
      { text: 'login: root   ' },
      { text: '' },
      { text: 'a long li' },
      { text: 'ne  ', isWrapped: true },
      { text: '   ' },
    ]);
    expect(bufferText(buffer)).toBe('login: root\n\na long line\n');
  });

  it('is empty for an empty terminal', () => expect(bufferText(bufferOf([{ text: '' }]))).toBe(''));
});

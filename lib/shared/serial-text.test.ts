import { describe, expect, it } from 'vitest';
import { plainSerialText, showControls } from './serial-text';

const plain = (text: string) => plainSerialText(Buffer.from(text));

describe('plainSerialText', () => {
  it('drops colours, movements, titles and other sequences', () => {
    expect(plain('\u001b[1;32mok\u001b[0m \u001b[05;01Hx\u001b]0;title\u0007y\u001bPq\u001b\\z\u001b(B\u001b=!')).toBe(
      'ok xyz!',
    );
  });

  it('ends lines wherever the guest began one, and follows corrections', () => {
    expect(plain('a\r\nb\r\r\n10 %\r20 %\nlx\bs\n')).toBe('a\nb\n10 %\n20 %\nls\n');
  });

  it('keeps text of any language, and shows what is no text', () => {
    expect(plain('жизнь\u0000\u0007')).toBe('жизнь␀␇');
    expect(plainSerialText(Uint8Array.of(0xff, 0x41))).toBe('\ufffdA');
  });

  it('leaves no escape, whatever comes', () => {
    expect(plain('\u001b\u001b[\u001b]52;c;eA==\n\u001b')).not.toContain('\u001b');
  });
});

describe('showControls', () => {
  it('leaves nothing that a terminal would act on', () => {
    expect(showControls('a\u001b]52;c;eA==\u0007b\u009b31m\u007f\n\tok')).toBe('a␛]52;c;eA==␇b\ufffd31m␡\n\tok');
  });
});

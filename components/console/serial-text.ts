/** A terminal's content as plain text. Pure, so that it is tested without a browser. */
import { showControls } from '@/lib/shared/serial-text';

/** The part of xterm's buffer that is needed. */
export interface TextBuffer {
  readonly length: number;
  getLine(y: number): { readonly isWrapped: boolean; translateToString(trimRight?: boolean): string } | undefined;
}

/** All lines; those that were only broken at the terminal's edge become one again; empty ones at the end go. */
export function bufferText(buffer: TextBuffer): string {
  const lines: string[] = [];
  for (let y = 0; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    if (!line) continue;
    const continues = buffer.getLine(y + 1)?.isWrapped ?? false;
    const text = line.translateToString(!continues);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  while (lines.at(-1) === '') lines.pop();
  return showControls(lines.map((line) => `${line}\n`).join(''));
}

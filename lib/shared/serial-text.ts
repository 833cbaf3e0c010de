/** What a guest says on a serial port, as plain text that acts on no terminal. Pure. */

/** Escape sequences: CSI (colours, movements), strings (titles, clipboard) up to their end, and short ones. */
const SEQUENCES =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g;

/** Control characters as visible pictures (U+2400 …): a saved file must not act on the terminal that shows it. */
export function showControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is replaced
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (c) => {
    const code = c.charCodeAt(0);
    if (code === 0x7f) return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** Bytes of a serial port as lines of text: colours and movements go, every way to begin a line becomes a line end. */
export function plainSerialText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes).replace(SEQUENCES, '');
  const lines = text.replace(/\r+\n?/g, '\n');
  // eslint-disable-next-line no-control-regex -- a backspace takes back what stands before it
  return showControls(lines.replace(/[^\n]\u0008/g, ''));
}

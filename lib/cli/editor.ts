/** A text in the user's editor. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError, EXIT } from './exit';

/**
 * Opens `text` in $VISUAL, $EDITOR or vi, and answers what was saved.
 *
 * @throws CliError when the editor cannot be run or ends with an error; the text is lost then
 */
export function editText(text: string, fileName: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'skep-edit-'));
  const file = join(folder, fileName);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    // The variable may hold arguments (`code --wait`), which are divided by spaces.
    const [editor = 'vi', ...args] = (process.env['VISUAL'] ?? process.env['EDITOR'] ?? 'vi')
      .split(' ')
      .filter(Boolean);
    const { status, error } = spawnSync(editor, [...args, file], { stdio: 'inherit' });
    if (error || status !== 0)
      throw new CliError(EXIT.failed, `The editor ${editor} ended with an error, so nothing was changed.`);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

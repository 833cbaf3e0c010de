/** Keyboard layouts for the tiny guest's own console, made of xkeyboard-config's by Debian's own tools. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './debian.mjs';

/** Unpacked, not installed: the layouts, what turns them into the kernel's language, and what compiles that. */
export const KEYMAP_PACKAGES = ['xkb-data', 'console-setup', 'kbd'];

const LAYOUTS = ['us', 'gb', 'de', 'fr', 'es', 'it', 'ru', 'br', 'pt', 'se', 'pl'];

/** Writes a keymap per layout into the tree, as busybox's loadkmap reads them. */
export function addKeymaps(tree, packages) {
  const file = (name, path) => join(packages[name].root, path);
  const folder = join(tree, 'lib/keymaps');
  mkdirSync(folder, { recursive: true });
  for (const layout of LAYOUTS) {
    const include = `-I${file('xkb-data', 'usr/share/X11/xkb')}`;
    const model = layout === 'br' ? 'abnt2' : 'pc105';
    const keymap = run('perl', [file('console-setup', 'usr/bin/ckbcomp'), include, '-model', model, '-layout', layout]);
    // -u: the kernel takes Unicode. -b: to a file, not into this computer's kernel.
    writeFileSync(join(folder, layout), run(file('kbd', 'bin/loadkeys'), ['-b', '-u', '-q', '-'], { input: keymap }));
  }
}

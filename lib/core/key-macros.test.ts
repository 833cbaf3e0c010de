import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningVmm } from './create-vmm';
import { ACTOR, TestHome } from './testing/kit';

let home: TestHome;
let core: RunningVmm;
beforeEach(async () => {
  home = new TestHome();
  core = await home.open();
});
afterEach(() => home.destroy());

const OTHER = { userId: 'u2', name: 'bert' };
const steps = [
  { kind: 'keys' as const, keys: 'Ctrl+Alt+F2' },
  { kind: 'text' as const, text: 'root\n' },
];

it('a macro is made, changed and deleted by its user, and seen by nobody else', async () => {
  const { keyboard } = core;
  const [made] = await keyboard.saveMacro(ACTOR, { name: 'Log in', steps });
  expect(made).toMatchObject({ name: 'Log in', steps });
  const id = made!.id;
  expect(await keyboard.macros(OTHER)).toEqual([]);
  await expect(keyboard.saveMacro(OTHER, { id, name: 'Mine', steps })).rejects.toMatchObject({ code: 'not_found' });
  await expect(keyboard.removeMacro(OTHER, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(keyboard.saveMacro(ACTOR, { name: 'Log in', steps })).rejects.toMatchObject({ code: 'already_exists' });
  expect(await keyboard.saveMacro(ACTOR, { id, name: 'Sign in', steps })).toEqual([{ id, name: 'Sign in', steps }]);
  expect(await keyboard.removeMacro(ACTOR, id)).toEqual([]);
});

it('a macro needs a VM and steps that can be done', async () => {
  const { keyboard } = core;
  const [made] = await keyboard.saveMacro(ACTOR, { name: 'x', steps });
  await expect(keyboard.runMacro(ACTOR, 'nobody', made!.id, {})).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    keyboard.saveMacro(ACTOR, { name: 'y', steps: [{ kind: 'keys', keys: 'Ctrl+Nothing' }] }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

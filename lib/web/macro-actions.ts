'use server';
/** What the display asks for when it comes to a user's key macros. */
import { keyMacroId, keyMacroSave, type KeyMacroRun } from '../shared/key-macro';
import { parse } from '../shared/parse';
import { vmName } from '../shared/vm';
import { vmm } from '../vmm';
import { action } from './action';

/** The user's macros. */
export const listMacros = action((actor) => vmm().keyboard.macros(actor));

/** Makes or changes a macro; answers all of the user's. */
export const saveMacro = action(keyMacroSave, (actor, macro) => vmm().keyboard.saveMacro(actor, macro));

/** Deletes a macro; answers those that are left. */
export const removeMacro = action(keyMacroId, (actor, id) => vmm().keyboard.removeMacro(actor, id));

/** Runs a macro at a VM's keyboard; resolves after its last step. */
export const runMacro = action((actor, name: string, id: string, input: KeyMacroRun) =>
  vmm().keyboard.runMacro(actor, parse(vmName, name), parse(keyMacroId, id), input),
);

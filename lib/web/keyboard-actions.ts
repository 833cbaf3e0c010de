'use server';
/** What the pages of VMs ask for at a guest's keyboard. */
import type { TypeText } from '../shared/typing/type-text';
import { vmName } from '../shared/vm';
import { parse } from '../shared/parse';
import { vmm } from '../vmm';
import { action } from './action';

/** Types a piece of a text; resolves when it is typed. */
export const typeIntoVm = action(async (actor, name: string, input: TypeText) => {
  await vmm().keyboard.type(actor, parse(vmName, name), input);
});

'use server';
/** What the settings ask for about tokens. Input is parsed here; rights are the wrapper's. */
import { parse } from '../shared/parse';
import { tokenCreate, tokenId } from '../shared/token';
import { vmm } from '../vmm';
import { action } from './action';

/** Makes a token; the answer has it, this once. */
export const createToken = action(tokenCreate, (actor, input) => vmm().auth.tokens.create(actor, input));

/** Revokes a token; what it holds open closes. */
export const revokeToken = action(async (actor, id: string) => {
  await vmm().auth.tokens.revoke(actor, parse(tokenId, id));
});

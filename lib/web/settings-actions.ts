'use server';
import { settingsPatch } from '../shared/settings';
import { vmm } from '../vmm';
import { action } from './action';

/** Changes settings; answers all of them. */
export const updateSettings = action(settingsPatch, (actor, patch) => vmm().settings.update(actor, patch));

'use server';
/** What the list and the rail ask for: folders, tags, saved filters. Input is parsed here; rights are the wrapper's. */
import {
  folderCreate,
  folderId,
  folderPatch,
  tagPatch,
  vmPlacing,
  type FolderPatch,
  type TagPatch,
} from '../shared/organise';
import { parse } from '../shared/parse';
import { filterId, filterPatch, filterSave, type FilterPatch } from '../shared/saved-filter';
import { vmTag } from '../shared/vm';
import { vmm } from '../vmm';
import { action } from './action';

export const createFolder = action(folderCreate, (actor, input) => vmm().organise.createFolder(actor, input));

/** Renames or moves a folder. */
export const updateFolder = action((actor, id: string, patch: FolderPatch) =>
  vmm().organise.updateFolder(actor, parse(folderId, id), parse(folderPatch, patch)),
);

/** Deletes a folder; what lies in it goes up one level. */
export const removeFolder = action(folderId, (actor, id) => vmm().organise.removeFolder(actor, id));

/** Renames or recolours a tag, on all VMs. */
export const updateTag = action((actor, name: string, patch: TagPatch) =>
  vmm().organise.updateTag(actor, parse(vmTag, name), parse(tagPatch, patch)),
);

/** Deletes a tag and takes it off all VMs. */
export const removeTag = action(vmTag, (actor, name) => vmm().organise.removeTag(actor, name));

/** Puts VMs into a folder, gives them tags and takes tags off them. */
export const placeVms = action(vmPlacing, (actor, placing) => vmm().organise.place(actor, placing));

/** Saves a filter of the list under a name; answers all of the user's. */
export const saveFilter = action(filterSave, (actor, input) => vmm().filters.save(actor, input));

/** Renames a saved filter, or makes it the one that the list opens with; answers all of the user's. */
export const updateFilter = action((actor, id: string, patch: FilterPatch) =>
  vmm().filters.update(actor, parse(filterId, id), parse(filterPatch, patch)),
);

/** Deletes a saved filter; answers all of the user's. */
export const removeFilter = action(filterId, (actor, id) => vmm().filters.remove(actor, id));

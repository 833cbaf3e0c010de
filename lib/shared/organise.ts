/**
 * Order in the list of VMs: folders that lie in folders, and coloured tags.
 *
 *   FolderView {id, name, parentId} ◀── VmView.folderId
 *   TagView    {name, colour}       ◀── VmView.tags (names)
 */
import { z } from 'zod';
import { vmName, vmTag, vmTags } from './vm';

/** The colours a tag can have; each is a token of app/globals.css. */
export const TAG_COLOURS = ['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple'] as const;
export const tagColour = z.enum(TAG_COLOURS);
export type TagColour = z.infer<typeof tagColour>;

/** Folders that may lie in one another. */
export const MAX_FOLDER_DEPTH = 8;
export const MAX_FOLDERS = 1000;
export const MAX_TAGS = 500;

/** No slash and no comma: a folder is written as a path, and lists of them with commas. */
export const folderName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._&()+-]{0,62}$/u,
    'A folder name has 1 to 63 letters, digits, spaces or . _ & ( ) + -, and starts with a letter or digit.',
  );

export const folderId = z.uuid('That is no id of a folder.');

export const folderCreate = z.strictObject({ name: folderName, parentId: folderId.nullable().default(null) });
export type FolderCreate = z.infer<typeof folderCreate>;

export const folderPatch = z.strictObject({ name: folderName.optional(), parentId: folderId.nullable().optional() });
export type FolderPatch = z.infer<typeof folderPatch>;

export const tagPatch = z.strictObject({ name: vmTag.optional(), colour: tagColour.optional() });
export type TagPatch = z.infer<typeof tagPatch>;

/** Where some VMs are put, and which tags they get and lose. What is left out stays. */
export const vmPlacing = z.strictObject({
  vms: z.array(vmName).min(1).max(10_000),
  folderId: folderId.nullable().optional(),
  addTags: vmTags.optional(),
  removeTags: vmTags.optional(),
});
export type VmPlacing = z.infer<typeof vmPlacing>;

export interface FolderView {
  id: string;
  name: string;
  /** The folder that it lies in, null at the top. */
  parentId: string | null;
}

export interface TagView {
  name: string;
  colour: TagColour;
}

type Folders = readonly FolderView[];

/** A folder and those around it, outermost first; empty for the top or an unknown id. Ends at a cycle. */
export function folderChain(folders: Folders, id: string | null): FolderView[] {
  const chain: FolderView[] = [];
  let at = folders.find((folder) => folder.id === id);
  while (at && !chain.includes(at)) {
    chain.unshift(at);
    const { parentId }: FolderView = at;
    at = folders.find((folder) => folder.id === parentId);
  }
  return chain;
}

/** `Production/Web`, or an empty string for the top. */
export function folderPath(folders: Folders, id: string | null): string {
  return folderChain(folders, id)
    .map((folder) => folder.name)
    .join('/');
}

/** The ids of a folder and of all that lie in it, however deep. */
export function folderTree(folders: Folders, id: string): Set<string> {
  const found = new Set([id]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const folder of folders) if (folder.parentId !== null && found.has(folder.parentId)) found.add(folder.id);
  }
  return found;
}

/**
 * Why a folder may not lie in another, as a sentence, or null when it may.
 *
 * @param id the folder that moves, null for a new one
 */
export function whyNotInto(folders: Folders, id: string | null, parentId: string | null): string | null {
  if (id !== null && parentId !== null && folderTree(folders, id).has(parentId))
    return 'A folder cannot lie in itself or in one of its own folders.';
  const depth = folderChain(folders, parentId).length + (id === null ? 1 : heightOf(folders, id));
  return depth > MAX_FOLDER_DEPTH ? `Folders can lie ${MAX_FOLDER_DEPTH} deep in one another, not deeper.` : null;
}

/** Levels that a folder takes: 1 without folders in it. */
function heightOf(folders: Folders, id: string): number {
  const above = folderChain(folders, id).length;
  const depths = [...folderTree(folders, id)].map((inside) => folderChain(folders, inside).length - above + 1);
  return Math.max(...depths);
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

/** The folders with their paths, sorted by path. */
export function foldersByPath(folders: Folders): { id: string; path: string }[] {
  return folders.map(({ id }) => ({ id, path: folderPath(folders, id) })).sort((a, b) => byName(a.path, b.path));
}

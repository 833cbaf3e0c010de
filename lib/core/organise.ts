/**
 * Folders and tags of the list of VMs, kept in memory and written through to the database.
 *
 *   VmFolder rows ──▶ folders     a VM names its folder by id
 *   Tag rows ───────▶ tags        a VM names its tags; a tag comes with its first use
 *
 * None of it touches a guest, so it needs no turn among a VM's operations and does not count its revision up.
 * Changes are made one after the other: each builds on what the one before it left.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../shared/errors';
import {
  folderCreate,
  folderPatch,
  MAX_FOLDERS,
  MAX_TAGS,
  TAG_COLOURS,
  tagColour,
  tagPatch,
  vmPlacing,
  whyNotInto,
  type FolderCreate,
  type FolderPatch,
  type FolderView,
  type TagColour,
  type TagPatch,
  type TagView,
  type VmPlacing,
} from '../shared/organise';
import { parse } from '../shared/parse';
import { vmTags } from '../shared/vm';
import type { Db } from './db';
import type { Registry } from './registry';
import type { Actor, OrganiseService } from './types';
import type { VmEntry } from './vm-entry';
import type { VmStore } from './vm-store';

export interface OrganiserDeps {
  db: Db;
  store: VmStore;
  registry: Registry;
  onChange(): void;
  onVmChange(id: string): void;
}

/** What may be said of a VM's place: see `VmPatch`. */
interface Place {
  folderId?: string | null | undefined;
  tags?: string[] | undefined;
}

export class Organiser implements OrganiseService {
  private readonly folderById = new Map<string, FolderView>();
  private readonly colours = new Map<string, TagColour>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: OrganiserDeps) {}

  /** Reads what there is. Tags that VMs carry and that have no colour get one. */
  async open(): Promise<void> {
    const { db, registry } = this.deps;
    for (const { id, name, parentId } of await db.vmFolder.findMany()) this.folderById.set(id, { id, name, parentId });
    for (const { name, colour } of await db.tag.findMany())
      this.colours.set(name, tagColour.catch('grey').parse(colour));
    await this.knowTags(registry.entries().flatMap(({ definition }) => definition.tags));
  }

  folders(): FolderView[] {
    return [...this.folderById.values()];
  }

  tags(): TagView[] {
    return [...this.colours]
      .map(([name, colour]) => ({ name, colour }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /**
   * What a VM that is made or changed may say of its place: its tags as they are spelt already; new ones are made.
   *
   * @throws AppError `not_found` (no such folder) | `invalid_input` (too many tags)
   */
  admit<P extends Place>(place: P): Promise<P> {
    return this.inTurn(async () => {
      if (place.folderId) this.getFolder(place.folderId);
      if (!place.tags) return place;
      return { ...place, tags: await this.knowTags(place.tags) };
    });
  }

  createFolder(_actor: Actor, data: FolderCreate): Promise<FolderView> {
    const { name, parentId } = parse(folderCreate, data);
    return this.inTurn(async () => {
      if (this.folderById.size >= MAX_FOLDERS)
        throw new AppError('invalid_input', `There are ${MAX_FOLDERS} folders, which is as many as can be.`);
      const folder = { id: randomUUID(), name, parentId };
      this.checkPlace(null, folder);
      await this.deps.db.vmFolder.create({ data: folder });
      return this.keepFolder(folder);
    });
  }

  updateFolder(_actor: Actor, id: string, data: FolderPatch): Promise<FolderView> {
    const patch = parse(folderPatch, data);
    return this.inTurn(async () => {
      const before = this.getFolder(id);
      const { name = before.name, parentId = before.parentId } = patch;
      const folder = { id, name, parentId };
      this.checkPlace(id, folder);
      await this.deps.db.vmFolder.update({ where: { id }, data: { name, parentId } });
      return this.keepFolder(folder);
    });
  }

  removeFolder(_actor: Actor, id: string): Promise<void> {
    return this.inTurn(async () => {
      const { parentId } = this.getFolder(id);
      const children = [...this.folderById.values()].filter((folder) => folder.parentId === id);
      const taken = new Set(this.namesIn(parentId, id));
      const moved = children.map((child) => ({ ...child, parentId, name: freeName(child.name, taken) }));
      const { db, registry, onChange } = this.deps;
      await db.$transaction([
        ...moved.map(({ id: child, name }) => db.vmFolder.update({ where: { id: child }, data: { name, parentId } })),
        db.vm.updateMany({ where: { folderId: id }, data: { folderId: parentId } }),
        db.vmFolder.delete({ where: { id } }),
      ]);
      for (const folder of moved) this.folderById.set(folder.id, folder);
      this.folderById.delete(id);
      for (const entry of registry.entries())
        if (entry.definition.folderId === id) this.keepPlace(entry, { folderId: parentId });
      onChange();
    });
  }

  updateTag(_actor: Actor, name: string, data: TagPatch): Promise<TagView> {
    const patch = parse(tagPatch, data);
    return this.inTurn(async () => {
      const tag = { name: patch.name ?? name, colour: patch.colour ?? this.colourOf(name) };
      const other = this.spelling(tag.name);
      if (other !== undefined && other !== name)
        throw new AppError('already_exists', `There is already a tag ${other}. Choose another name.`, {
          fields: { name: 'Another tag has this name.' },
        });
      await this.deps.db.tag.update({ where: { name }, data: tag });
      this.colours.delete(name);
      this.colours.set(tag.name, tag.colour);
      if (tag.name !== name) await this.retag(name, tag.name);
      this.deps.onChange();
      return tag;
    });
  }

  removeTag(_actor: Actor, name: string): Promise<void> {
    return this.inTurn(async () => {
      this.colourOf(name);
      await this.retag(name, null);
      await this.deps.db.tag.delete({ where: { name } });
      this.colours.delete(name);
      this.deps.onChange();
    });
  }

  place(_actor: Actor, data: VmPlacing): Promise<void> {
    const { vms, folderId, addTags, removeTags = [] } = parse(vmPlacing, data);
    return this.inTurn(async () => {
      if (folderId) this.getFolder(folderId);
      const entries = vms.map((name) => this.deps.registry.get(name));
      const added = await this.knowTags(addTags ?? []);
      const lost = removeTags.map((tag) => this.spelling(tag) ?? tag);
      const isRetagged = added.length + lost.length > 0;
      const places = entries.map((entry) => {
        const kept = entry.definition.tags.filter((tag) => !lost.includes(tag));
        return { entry, place: { folderId, tags: isRetagged ? parse(vmTags, [...kept, ...added]) : undefined } };
      });
      for (const { entry, place } of places) await this.writePlace(entry, place);
    });
  }

  /** Runs a change when those before it are done. */
  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.last.then(change);
    this.last = result.catch(() => undefined);
    return result;
  }

  private getFolder(id: string): FolderView {
    const folder = this.folderById.get(id);
    if (folder) return folder;
    throw new AppError('not_found', 'That folder does not exist any more. Somebody may have deleted it.');
  }

  private keepFolder(folder: FolderView): FolderView {
    this.folderById.set(folder.id, folder);
    this.deps.onChange();
    return folder;
  }

  private namesIn(parentId: string | null, except: string | null): string[] {
    const inside = [...this.folderById.values()].filter((folder) => folder.parentId === parentId);
    return inside.filter(({ id }) => id !== except).map(({ name }) => name.toLowerCase());
  }

  /** @throws AppError when a folder may not lie there */
  private checkPlace(id: string | null, { name, parentId }: FolderView): void {
    const around = parentId === null ? null : this.getFolder(parentId);
    const reason = whyNotInto([...this.folderById.values()], id, parentId);
    if (reason) throw new AppError('invalid_input', reason, { fields: { parentId: reason } });
    if (this.namesIn(parentId, id).includes(name.toLowerCase()))
      throw new AppError(
        'already_exists',
        `${around ? `${around.name} has` : 'There is'} already a folder named ${name}. Choose another name.`,
        { fields: { name: 'Another folder here has this name.' } },
      );
  }

  private colourOf(tag: string): TagColour {
    const colour = this.colours.get(tag);
    if (colour) return colour;
    throw new AppError('not_found', `There is no tag ${tag} any more. Somebody may have deleted it.`);
  }

  /** A tag as it is spelt already, whatever its case. */
  private spelling(tag: string): string | undefined {
    if (this.colours.has(tag)) return tag;
    return [...this.colours.keys()].find((known) => known.toLowerCase() === tag.toLowerCase());
  }

  /** Makes the tags that are new, in the colours used least. Answers all of them as they are spelt. */
  private async knowTags(tags: readonly string[]): Promise<string[]> {
    const spelt = new Set<string>();
    for (const tag of tags) {
      const known = this.spelling(tag);
      spelt.add(known ?? tag);
      if (known !== undefined) continue;
      if (this.colours.size >= MAX_TAGS)
        throw new AppError(
          'invalid_input',
          `There are ${MAX_TAGS} tags, which is as many as can be. Delete some first.`,
        );
      const colour = rarest([...this.colours.values()]);
      await this.deps.db.tag.create({ data: { name: tag, colour } });
      this.colours.set(tag, colour);
      this.deps.onChange();
    }
    return [...spelt].sort();
  }

  /** Puts another tag, or none, in a tag's place on all VMs. */
  private async retag(from: string, to: string | null): Promise<void> {
    for (const entry of this.deps.registry.entries()) {
      const { tags } = entry.definition;
      if (!tags.includes(from)) continue;
      const kept = tags.filter((tag) => tag !== from);
      await this.writePlace(entry, { tags: (to === null ? kept : [...kept, to]).sort() });
    }
  }

  private async writePlace(entry: VmEntry, place: Place): Promise<void> {
    await this.deps.store.place(entry.definition.id, place);
    this.keepPlace(entry, place);
  }

  private keepPlace(entry: VmEntry, { folderId, tags }: Place): void {
    const { definition } = entry;
    entry.definition = {
      ...definition,
      folderId: folderId === undefined ? definition.folderId : folderId,
      tags: tags ?? definition.tags,
    };
    this.deps.onVmChange(definition.id);
  }
}

function rarest(used: readonly TagColour[]): TagColour {
  const count = (colour: TagColour) => used.filter((other) => other === colour).length;
  // Grey is for whoever chooses it: a colour tells more.
  return TAG_COLOURS.slice(1).reduce((best, colour) => (count(colour) < count(best) ? colour : best));
}

/** A name that none of `taken` has in lower case, which it then joins. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name.slice(0, 58)} ${n}`;
  taken.add(free.toLowerCase());
  return free;
}

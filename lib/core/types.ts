/**
 * The door's shape: what the core offers to pages, actions, routes and sockets. Everything else in `core` is private.
 */
import type { FileHandle } from 'node:fs/promises';
import type { LibraryRename } from '../shared/library';
import type { LibraryFile, LiveSnapshot, ServerEvent, SocketKind, VmEvent } from '../shared/events';
import type { HostView } from '../shared/host';
import type { FolderCreate, FolderPatch, FolderView, TagPatch, TagView, VmPlacing } from '../shared/organise';
import type { KeyMacroRun, KeyMacroSave, KeyMacroView } from '../shared/key-macro';
import type { FilterPatch, FilterSave, SavedFilterView } from '../shared/saved-filter';
import type { Settings, SettingsPatch } from '../shared/settings';
import type { TaskView } from '../shared/task';
import type { NewToken, TokenCreate, TokenView } from '../shared/token';
import type { RestoredView, TrashState, TrashView } from '../shared/trash';
import type { TypeText } from '../shared/typing/type-text';
import type { CommandPreview, VmCreate, VmPatch, VmSpecDraft, VmVerb, VmView } from '../shared/vm';
import type { Transfers } from './transfer-types';

/** Who asks. Every verb that changes something takes one first, so that events (and later rights) know. */
export interface Actor {
  userId: string;
  name: string;
}

export interface Vmm extends Transfers {
  readonly home: HomePaths;
  readonly vms: VmService;
  readonly keyboard: KeyboardService;
  readonly host: HostService;
  readonly library: LibraryService;
  readonly tasks: TaskService;
  readonly organise: OrganiseService;
  readonly filters: FilterService;
  readonly trash: TrashService;
  readonly auth: AuthService;
  readonly settings: SettingsService;
  readonly live: LiveService;
  /** Closes sockets and the database. Sends QEMU nothing: VMs go on. */
  close(): Promise<void>;
}

/** All paths below SKEP_HOME; see `core/home.ts` for owners and modes. */
export interface HomePaths {
  root: string;
  lock: string;
  socket: string;
  database: string;
  databaseCopies: string;
  secrets: string;
  library: string;
  vms: string;
  trash: string;
  run: string;
}

export interface VmService {
  list(): VmView[];
  /** By name. @throws AppError `not_found` */
  get(name: string): VmView;
  /** By id, for sockets that outlive a rename. */
  findById(id: string): VmView | undefined;
  /** Answers as soon as the VM is in the list; copying disks goes on behind it (`status: 'creating'`). */
  create(actor: Actor, input: VmCreate): Promise<VmView>;
  update(actor: Actor, name: string, patch: VmPatch): Promise<VmView>;
  power(actor: Actor, name: string, verb: Exclude<VmVerb, 'delete'>): Promise<void>;
  /**
   * Deletes the VM with its folder: into the trash, or at once when nothing is kept there (null). Files of `keepDisks`
   * move to the library first.
   *
   * @throws AppError `wrong_state` (it runs, or is protected) | `no_space`
   */
  remove(actor: Actor, name: string, keepDisks: string[]): Promise<TrashView | null>;
  /** Deletes a disk file that no device uses, in the same way. @throws AppError `busy` | `wrong_state` | `not_found` */
  removeDiskFile(actor: Actor, name: string, file: string): Promise<TrashView | null>;
  /** Puts a library file into a CD-ROM drive, or empties it; at once when the VM runs. */
  setMedia(actor: Actor, name: string, cdromId: string, libraryFile: string | null): Promise<VmView>;
  /** The exact command lines that creating and starting this draft would run. */
  preview(name: string, spec: VmSpecDraft): CommandPreview;
  /** The end of QEMU's log, at most 256 KiB. */
  log(name: string): Promise<string>;
  /** What the guest said on its serial port, in this run and before: plain text, at most 8 MiB. @throws `not_found` */
  serialLog(name: string): Promise<string>;
  /** Newest first. */
  events(name: string, limit: number): Promise<VmEvent[]>;
  /** The serial port of a VM's present run. @throws AppError `not_found` | `wrong_state` */
  serial(vmId: string): SerialPort;
  /** A fresh connection to the VM's VNC socket. @throws AppError `not_found` | `wrong_state` | `qemu_unreachable` */
  connectVnc(vmId: string): Promise<import('node:net').Socket>;
}

/** The keyboard of a running VM, used in somebody's place. Nothing of what is typed is logged or kept. */
export interface KeyboardService {
  /**
   * Types a text; resolves when the last key was released.
   *
   * @param name the VM's name
   * @param signal ends it early; no key stays down
   * @throws AppError `not_found` | `wrong_state` | `busy` | `invalid_input` (naming what the layout cannot type)
   */
  type(actor: Actor, name: string, input: TypeText, signal?: AbortSignal): Promise<void>;
  /** The user's key macros by name. */
  macros(actor: Actor): Promise<KeyMacroView[]>;
  /** Makes a macro, or changes the one with the id; answers all. @throws AppError `not_found` | `already_exists` */
  saveMacro(actor: Actor, macro: KeyMacroSave): Promise<KeyMacroView[]>;
  /** Answers those that are left. @throws AppError `not_found` */
  removeMacro(actor: Actor, id: string): Promise<KeyMacroView[]>;
  /** Does a macro's steps at a VM's keyboard; resolves after the last. @throws AppError as `type` */
  runMacro(actor: Actor, name: string, id: string, input: KeyMacroRun, signal?: AbortSignal): Promise<void>;
}

/** One QEMU serial port: always read into a ring, joined by any number of viewers. */
export interface SerialPort {
  /** Changes when offsets start anew (the VM was started again, or Skep was). */
  readonly epoch: string;
  /**
   * Joins. The viewer gets everything from `from` on that the ring still has, then what comes.
   *
   * @param from byte offset of the first byte wanted, in `epoch`; undefined or another epoch's: all that is kept
   */
  join(viewer: SerialViewer, from?: { epoch: string; offset: number }): SerialMembership;
}

export interface SerialViewer {
  /**
   * Told once, first. `lost` counts bytes between the wanted offset and `offset` that are gone; up to `end`
   * what comes was said before the joining.
   */
  onHello(hello: { epoch: string; offset: number; lost: number; end: number }): void;
  onData(bytes: Uint8Array): void;
  /** The viewer was too slow: `lost` bytes were left out, the next byte is `offset`. */
  onSkip(skip: { offset: number; lost: number }): void;
  /** The port is gone: the VM stopped. */
  onEnd(): void;
  /** Bytes handed over by onData that the viewer has not sent on yet. */
  pendingBytes(): number;
}

export interface SerialMembership {
  write(bytes: Uint8Array): void;
  /** The viewer sent bytes on: more may be given. */
  drained(): void;
  leave(): void;
}

export interface HostService {
  view(): HostView;
  /** Probes QEMU and the accelerators again. */
  refresh(): Promise<HostView>;
}

export interface LibraryService {
  list(): LibraryFile[];
  /** Reads the folder again. */
  refresh(): Promise<LibraryFile[]>;
  /**
   * Stores an upload under a temporary name, syncs it, then gives it its name.
   *
   * @param body the file's bytes
   * @throws AppError `already_exists` | `no_space` | `invalid_input` (not `sizeBytes` bytes long)
   */
  store(actor: Actor, name: string, sizeBytes: number, body: NodeJS.ReadableStream): Promise<LibraryFile>;
  /** @throws AppError `not_found` | `busy` (a VM has it in a drive) */
  remove(actor: Actor, ref: string): Promise<void>;
  /** Another name in its folder. @throws AppError `not_found` | `already_exists` | `busy` (a VM has it in a drive) */
  rename(actor: Actor, input: LibraryRename): Promise<LibraryFile>;
  /** Opens a file's content. The caller closes it. @throws AppError `not_found` */
  openFile(ref: string): Promise<{ handle: FileHandle; sizeBytes: number; name: string }>;
}

/** Long work, of whatever kind. */
export interface TaskService {
  /** Newest first. */
  list(): TaskView[];
  /** @throws AppError `not_found` */
  get(id: string): TaskView;
  /** One line per thing worth telling. @throws AppError `not_found` */
  log(id: string): string;
  /** Resolves when what was there of it has been removed. @throws AppError `not_found` | `wrong_state` */
  cancel(actor: Actor, id: string): Promise<TaskView>;
  /** Takes ended tasks out of the list. */
  forget(actor: Actor, ids: string[]): Promise<void>;
  /** Resolves when a task has ended, whichever way. @throws AppError `not_found` */
  ended(id: string): Promise<TaskView>;
}

/** Folders and tags of the list of VMs. */
export interface OrganiseService {
  /** In no order. */
  folders(): FolderView[];
  /** Sorted by name. */
  tags(): TagView[];
  /** @throws AppError `already_exists` (the name, in that folder) | `not_found` (the folder around it) | `invalid_input` (too deep) */
  createFolder(actor: Actor, input: FolderCreate): Promise<FolderView>;
  /** Renames or moves it. @throws AppError `not_found` | `already_exists` | `invalid_input` (into itself, too deep) */
  updateFolder(actor: Actor, id: string, patch: FolderPatch): Promise<FolderView>;
  /** Deletes a folder; its VMs and folders go up one level. @throws AppError `not_found` */
  removeFolder(actor: Actor, id: string): Promise<void>;
  /** Renames or recolours a tag, on all VMs. @throws AppError `not_found` | `already_exists` */
  updateTag(actor: Actor, name: string, patch: TagPatch): Promise<TagView>;
  /** Deletes a tag and takes it off all VMs. @throws AppError `not_found` */
  removeTag(actor: Actor, name: string): Promise<void>;
  /** Puts VMs into a folder, gives them tags and takes tags off them. @throws AppError `not_found` | `invalid_input` (too many tags) */
  place(actor: Actor, placing: VmPlacing): Promise<void>;
}

/** Filters of the list that a user gave a name to. Each user sees only their own. */
export interface FilterService {
  /** Sorted by name. */
  list(actor: Actor): Promise<SavedFilterView[]>;
  /** Saves a filter under a name; one of that name is replaced. */
  save(actor: Actor, input: FilterSave): Promise<SavedFilterView[]>;
  /** Renames it, or makes it the one that the list opens with. @throws AppError `not_found` | `already_exists` */
  update(actor: Actor, id: string, patch: FilterPatch): Promise<SavedFilterView[]>;
  /** @throws AppError `not_found` */
  remove(actor: Actor, id: string): Promise<SavedFilterView[]>;
}

/** What was deleted and can come back. */
export interface TrashService {
  state(): TrashState;
  /** @throws AppError `not_found` */
  get(id: string): TrashView;
  /**
   * Puts it back where it was; a name that is taken gets a number, and what else differs is told.
   *
   * @throws AppError `not_found` | `busy`
   */
  restore(actor: Actor, id: string): Promise<RestoredView>;
  /** Deletes one for good. @throws AppError `not_found` | `busy` */
  remove(actor: Actor, id: string): Promise<void>;
  /** Deletes these for good, as a task. @throws AppError `not_found` | `invalid_input` */
  empty(actor: Actor, ids: string[]): Promise<TaskView>;
}

export interface SessionView {
  sessionId: string;
  userId: string;
  name: string;
}

/** A session is over; without an id, all of the user's. */
export interface SessionEnd {
  sessionId?: string;
  userId: string;
  /** Its browser has got a new session in its place: the sockets close, and may come back. */
  isRenewed?: boolean;
}

export interface SignInLink {
  /** `setup` while there is no administrator, `sign-in` after. */
  kind: 'setup' | 'sign-in';
  token: string;
  /** null: good until it is used or Skep stops. */
  expiresAt: Date | null;
}

/** Keys for scripts, each its user's own. */
export interface TokenService {
  /** Newest first. */
  list(actor: Actor): TokenView[];
  /** The token is told once, here. @throws AppError `already_exists` | `wrong_state` when there are too many */
  create(actor: Actor, input: TokenCreate): Promise<NewToken>;
  /** Its sockets and streams close. @throws AppError `not_found` */
  revoke(actor: Actor, id: string): Promise<void>;
  /** The session that a token stands for, or null when it is unknown, revoked or expired. */
  check(token: string): SessionView | null;
}

export interface AuthService {
  readonly tokens: TokenService;
  /** better-auth's HTTP handler, for everything below /api/auth. */
  handle(request: Request): Promise<Response>;
  /** The session of a request, or null. */
  session(headers: Headers): Promise<SessionView | null>;
  hasAdministrator(): Promise<boolean>;
  /** The administrator: whoever owns this Skep's files acts as them. Null before there is one. */
  owner(): Promise<Actor | null>;
  /** Makes a one-time link; the last one is void from then on. */
  issueLink(): Promise<SignInLink>;
  /** What an unused, unexpired link token is for, or null. Does not use it up. */
  checkLink(token: string): SignInLink['kind'] | null;
  /** A single-use ticket for one socket, good for 30 s. */
  issueTicket(session: SessionView, kind: SocketKind, vmId: string | null): string;
  /** Uses a ticket up. null when unknown, used, expired, or for another socket. */
  redeemTicket(ticket: string, kind: SocketKind, vmId: string | null): SessionView | null;
  /** Called when a session ends (sign-out, revoked, password changed): its sockets must close. Returns the unsubscriber. */
  onSessionEnd(listener: (end: SessionEnd) => void): () => void;
}

export interface SettingsService {
  get(): Settings;
  update(actor: Actor, patch: SettingsPatch): Promise<Settings>;
}

export interface LiveService {
  snapshot(): LiveSnapshot;
  /** Gets a snapshot event first, then every change. While somebody is subscribed, stats are sampled. */
  subscribe(listener: (event: ServerEvent) => void): () => void;
}

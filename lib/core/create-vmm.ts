/**
 * Puts the core together. In this order: definitions → re-attach to running VMs → the rest; autostart is the
 * server's to call, once it listens.
 */
import type { RunAs } from '../qemu/run-as';
import { devicesOf } from '../shared/device';
import { isEnded } from '../shared/task';
import { autostartAll } from './autostart';
import type { Db } from './db';
import { EventLog } from './event-log';
import { HostProbe } from './host-service';
import { KeyMacros } from './key-macros';
import { Keyboard } from './keyboard';
import { Library } from './library/library';
import { LibraryRecords } from './library/records';
import { Operations } from './operations';
import { Organiser } from './organise';
import { Power } from './power';
import { Publisher } from './publisher';
import { Registry } from './registry';
import { SavedFilters } from './saved-filters';
import { Reservations } from './space';
import { StatsSampler } from './stats';
import type { AuthService, HomePaths, SettingsService, Vmm } from './types';
import { Downloads } from './transfers/downloads';
import { Unpacks } from './unpack/unpacks';
import { TaskStore } from './tasks/task-store';
import { Tasks } from './tasks/tasks';
import { createTrash } from './trash/create-trash';
import type { Trash } from './trash/trash';
import { Uploads } from './transfers/uploads';
import { sweepFolders } from './vm-folder';
import { VmStore } from './vm-store';
import { Vms } from './vms';

export interface VmmOptions {
  home: HomePaths;
  runAs: RunAs | null;
  db: Db;
  auth: AuthService;
  settings: SettingsService;
  /** Skep's own TCP port, which no forward may take. */
  ownPort: number;
  qemuDir?: string | undefined;
  version: string;
  /** Changes with each build. */
  build: string;
}

export interface RunningVmm extends Vmm {
  /** Starts the VMs that start with Skep. */
  autostart(): Promise<void>;
  /** Tells where the server listens, for the pages to show. */
  setListensOn(place: { address: string; port: number }): void;
}

/** Creates the core: finds every VM and re-attaches to those that run. */
export async function createVmm(options: VmmOptions): Promise<RunningVmm> {
  const { home, runAs, db, auth, settings, ownPort, qemuDir, version, build } = options;
  const stopping = new AbortController();
  const store = new VmStore(db);
  const onVmChange = (id: string) => {
    live.vmChanged(id);
    library.usersChanged();
  };
  const log = new EventLog(db, (vmId, event) => live.vmEvent(vmId, event));
  const operations = new Operations(onVmChange);
  const shutdownTimeoutMs = () => settings.get().shutdownTimeoutSeconds * 1000;
  const context = { home, runAs, log, onChange: onVmChange, shutdownTimeoutMs };
  const registry = new Registry(operations, context);
  const library = createLibrary({ db, home, runAs, registry, onChange: () => live.libraryChanged() });
  const tasks = createTasks(db, () => live);
  const transfers = createTransfers(tasks, library, settings);
  const host = new HostProbe({ home, runAs, qemuDir, version, onChange: () => live.hostChanged() });
  const power = new Power(operations, {
    host: () => host.require(),
    libraryFile: (name) => library.path(name),
    running: () => registry.running(),
    ownPort,
    onProgress: (entry, operation, progress) => operations.progress(entry.definition.id, operation, progress),
  });
  const organiser = new Organiser({ db, store, registry, onChange: () => live.organised(), onVmChange });
  const keepDays = () => settings.get().trashDays;
  const onTrashChange = () => live.trashChanged();
  const trashNeeds = { db, home, tasks, registry, operations, library, organiser, log };
  const trash = createTrash({ ...trashNeeds, keepDays, onChange: onTrashChange });
  const vms = new Vms({ registry, store, operations, power, library, trash, host, organiser, log, context });
  const stats = createStats(registry, home.vms, () => live);
  const live: Publisher = publisherOf(build, { vms, host, library, tasks, trash, organiser, stats });

  host.begin();
  await trash.open();
  await addDefinitions(store, registry, home.vms);
  await organiser.open();
  await Promise.all([registry.recover(), library.open()]);
  await tasks.resume();
  trash.follow();
  await library.sweep(new Set(tasks.list().flatMap(({ id, status }) => (isEnded(status) ? [] : id))));

  return {
    home,
    vms,
    keyboard: new Keyboard(registry, new KeyMacros(db)),
    host,
    library,
    ...transfers,
    tasks,
    organise: organiser,
    filters: new SavedFilters(db),
    trash,
    auth,
    settings: telling(settings, onTrashChange),
    live,
    autostart: () => autostartAll(registry, power, stopping.signal),
    setListensOn: (place) => host.setListensOn(place),
    async close() {
      stopping.abort();
      await tasks.close();
      stats.stop();
      trash.close();
      library.close();
      for (const { machine } of registry.entries()) machine.detach();
      await log.settled();
    },
  };
}

interface LibraryNeeds extends Pick<VmmOptions, 'db' | 'home' | 'runAs'> {
  registry: Registry;
  onChange(): void;
}

function createLibrary({ db, home, runAs, registry, onChange }: LibraryNeeds): Library {
  return new Library({
    places: () => [{ folder: null, path: home.library }],
    runAs,
    records: new LibraryRecords(db),
    reservations: new Reservations(),
    onChange,
    users: () => libraryUsers(registry),
  });
}

function createTransfers(tasks: Tasks, library: Library, settings: SettingsService) {
  const unpacks = new Unpacks(tasks, library);
  const downloads = new Downloads({
    tasks,
    library,
    listed: () => settings.get().downloadHosts,
    unpackArrived: (actor, ref) => unpacks.arrived(actor, ref),
  });
  return { uploads: new Uploads({ tasks, library }), unpacks, downloads };
}

function createTasks(db: Db, live: () => Publisher): Tasks {
  return new Tasks({
    store: new TaskStore(db),
    onChange: (task) => live().taskChanged(task),
    onGone: (id) => live().taskGone(id),
  });
}

function createStats(registry: Registry, folder: string, live: () => Publisher): StatsSampler {
  return new StatsSampler(
    () => registry.entries(),
    folder,
    (sample) => live().statsSampled(sample),
    () => Promise.all(registry.entries().map((entry) => registry.refreshDisks(entry))),
  );
}

/** Settings whose changes are told. */
function telling(settings: SettingsService, onChange: () => void): SettingsService {
  return {
    get: () => settings.get(),
    async update(actor, patch) {
      const updated = await settings.update(actor, patch);
      onChange();
      return updated;
    },
  };
}

/** Makes the defined VMs known, and removes folders that belong to none. */
async function addDefinitions(store: VmStore, registry: Registry, folder: string): Promise<void> {
  const definitions = await store.list();
  await sweepFolders(folder, new Set(definitions.map(({ id }) => id)));
  for (const definition of definitions) registry.add(definition);
}

interface Published {
  vms: Vms;
  host: HostProbe;
  library: Library;
  tasks: Tasks;
  trash: Trash;
  organiser: Organiser;
  stats: StatsSampler;
}

/** What browsers are told, read from those who know it. */
function publisherOf(build: string, { vms, host, library, tasks, trash, organiser, stats }: Published): Publisher {
  return new Publisher({
    build,
    vms: () => vms.list(),
    vm: (id) => vms.findById(id),
    host: () => host.view(),
    library: () => library.list(),
    tasks: () => tasks.list(),
    trash: () => trash.state(),
    folders: () => organiser.folders(),
    tags: () => organiser.tags(),
    stats: () => stats.latest,
    onWatched: (watched) => (watched ? stats.start() : stats.stop()),
  });
}

/** Names of the VMs that have a library file in a drive, or run with it there, by the file's reference. */
function libraryUsers(registry: Registry): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { definition, machine } of registry.entries()) {
    const specs = [definition.spec, ...(machine.run ? [machine.run.record.spec] : [])];
    const refs = specs.flatMap((spec) => devicesOf(spec, 'cdrom').flatMap(({ media }) => media?.file ?? []));
    for (const ref of new Set(refs)) users.set(ref, [...(users.get(ref) ?? []), definition.name]);
  }
  return users;
}

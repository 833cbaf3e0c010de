import type { Db } from '../db';
import type { Tasks } from '../tasks/tasks';
import { emptyTrashKind } from './empty-task';
import { Restorer, type RestoreDeps } from './restore';
import { Trash, type TrashDeps } from './trash';
import { TrashStore } from './trash-store';

type Needs = Omit<RestoreDeps, 'store'> & Pick<TrashDeps, 'keepDays' | 'onChange'> & { db: Db; tasks: Tasks };

/** Puts the trash together, and makes its task known. */
export function createTrash(needs: Needs): Trash {
  const { db, home, tasks, log, keepDays, onChange } = needs;
  const store = new TrashStore(db, home.root);
  const restorer = new Restorer({ ...needs, store });
  const trash: Trash = new Trash({
    home,
    store,
    log,
    restorer,
    startEmptying: tasks.register(emptyTrashKind(() => trash)),
    keepDays,
    onChange,
  });
  return trash;
}

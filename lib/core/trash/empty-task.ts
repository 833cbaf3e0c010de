/** Deleting much of the trash for good, as a task: large files take their time. */
import { z } from 'zod';
import { trashIds } from '../../shared/trash';
import type { TaskKind } from '../tasks/task-kind';
import type { Trash } from './trash';

const emptyInput = z.object({ ids: trashIds });

/** @param trash known when the first task runs */
export function emptyTrashKind(trash: () => Trash): TaskKind<z.infer<typeof emptyInput>> {
  return {
    kind: 'empty-trash',
    input: emptyInput,
    // What is gone is passed over.
    onRestart: 'continue',
    isHeavy: true,
    title: ({ ids }) => (ids.length === 1 ? 'Empty the trash' : `Empty the trash of ${ids.length} things`),
    async run({ input, progress, signal }) {
      const totalBytes = trash().bytesOf(input.ids);
      let doneBytes = 0;
      progress(doneBytes, totalBytes);
      await trash().purgeAll(
        input.ids,
        (bytes) => {
          doneBytes += bytes;
          progress(doneBytes, totalBytes);
        },
        signal,
      );
    },
    undo: () => Promise.resolve(), // what is gone stays gone; the rest is still in the trash
  };
}

/** Every verb of the command, in the order of the help. */
import { changeVerbs } from './change-verbs';
import { consoleVerbs } from './console-verbs';
import { hostVerbs } from './host-verbs';
import { libraryVerbs } from './library-verbs';
import { listVerbs } from './list-verbs';
import { powerVerbs } from './power-verbs';
import { taskVerbs } from './task-verbs';
import type { Verb } from './verb';

export const VERBS: readonly Verb[] = [
  ...listVerbs,
  ...changeVerbs,
  ...powerVerbs,
  ...consoleVerbs,
  ...libraryVerbs,
  ...taskVerbs,
  ...hostVerbs,
];

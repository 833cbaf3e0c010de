/** What each route does. The compiler sees to it that none is missing. */
import { aboutHandlers } from './about-handlers';
import { accessHandlers } from './access-handlers';
import type { Handlers } from './call';
import { hostHandlers } from './host-handlers';
import { libraryHandlers } from './library-handlers';
import { taskHandlers } from './task-handlers';
import { vmHandlers } from './vm-handlers';

export const HANDLERS: Handlers = {
  ...vmHandlers,
  ...libraryHandlers,
  ...taskHandlers,
  ...hostHandlers,
  ...accessHandlers,
  ...aboutHandlers,
};

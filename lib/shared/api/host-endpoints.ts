/** Routes of the host and of Skep itself. */
import { settings, settingsPatch } from '../settings';
import type { Endpoint } from './endpoint';
import { hostView } from './views';

export const hostEndpoints = {
  getHost: {
    method: 'GET',
    path: '/host',
    tag: 'host',
    summary: 'Show what the host offers',
    status: 200,
    result: hostView,
    etag: 'content',
  },
  refreshHost: {
    method: 'POST',
    path: '/host/refresh',
    tag: 'host',
    summary: 'Look at QEMU and the accelerators again',
    status: 200,
    result: hostView,
  },
  getSettings: {
    method: 'GET',
    path: '/settings',
    tag: 'host',
    summary: 'Show the settings',
    status: 200,
    result: settings,
    etag: 'content',
  },
  updateSettings: {
    method: 'PATCH',
    path: '/settings',
    tag: 'host',
    summary: 'Change settings',
    description: 'What is left out stays as it is.',
    body: settingsPatch,
    status: 200,
    result: settings,
    etag: 'content',
    ifMatch: 'content',
  },
  watchEvents: {
    method: 'GET',
    path: '/events',
    tag: 'host',
    summary: 'Follow everything that changes, as server-sent events',
    description:
      'First a “snapshot” of everything, then one event for each change with the whole changed object; the id of an event is its revision. An “alive” event comes every 5 seconds.',
    status: 200,
    format: 'stream',
  },
} as const satisfies Record<string, Endpoint>;

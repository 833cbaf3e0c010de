/** VMs that start with Skep: by order, each after its delay. Those that run already are left alone. */
import { setTimeout as wait } from 'node:timers/promises';
import { can } from '../shared/vm-can';
import type { Power } from './power';
import type { Registry } from './registry';

/**
 * Starts all VMs marked for it. One that fails has told its event list, and does not stop the others.
 *
 * @param signal ends the waiting when Skep stops
 */
export async function autostartAll(registry: Registry, power: Power, signal: AbortSignal): Promise<void> {
  const marked = registry
    .entries()
    .filter(({ definition }) => definition.autostart.enabled)
    .sort(
      (a, b) =>
        a.definition.autostart.order - b.definition.autostart.order ||
        a.definition.name.localeCompare(b.definition.name),
    );
  for (const entry of marked) {
    const verb = can('restore', registry.view(entry)) ? 'restore' : 'start';
    if (!can(verb, registry.view(entry))) continue;
    try {
      await wait(entry.definition.autostart.delaySeconds * 1000, undefined, { signal });
    } catch {
      return; // Skep stops
    }
    await power.run(null, entry, verb).catch((error: unknown) => {
      console.error(`skep: autostart of ${entry.definition.name}: ${String(error)}`);
    });
  }
}

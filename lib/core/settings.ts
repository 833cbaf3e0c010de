import { parse } from '../shared/parse';
import { DEFAULT_SETTINGS, settings, settingsPatch, type Settings, type SettingsPatch } from '../shared/settings';
import type { Db } from './db';
import type { Actor, SettingsService } from './types';

/**
 * The settings, kept in memory and written through to the database, one row per field. A row that cannot be read
 * (made by another version, or by hand) counts as its default: settings never stop the server.
 */
export async function createSettings(prisma: Db): Promise<SettingsService> {
  let current = fromRows(await prisma.setting.findMany());
  let lastWrite: Promise<unknown> = Promise.resolve();

  async function write(patch: SettingsPatch): Promise<Settings> {
    const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
    const next = parse(settings, { ...current, ...Object.fromEntries(changes) });
    await prisma.$transaction(
      changes.map(([key, value]) => {
        const row = { key, value: JSON.stringify(value) };
        return prisma.setting.upsert({ where: { key }, create: row, update: row });
      }),
    );
    return (current = next);
  }

  return {
    get: () => current,
    async update(_actor: Actor, input: SettingsPatch) {
      const patch = parse(settingsPatch, input);
      // One after the other: each builds on what the one before it left.
      const result = lastWrite.then(() => write(patch));
      lastWrite = result.catch(() => undefined);
      return result;
    },
  };
}

/** Pure: the rows of the table as settings. */
export function fromRows(rows: readonly { key: string; value: string }[]): Settings {
  let result = DEFAULT_SETTINGS;
  for (const { key, value } of rows) {
    const candidate = settings.safeParse({ ...result, [key]: tryParseJson(value) });
    if (candidate.success) result = candidate.data;
  }
  return result;
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What was found out about library files, in the database: looked at once, believed as long as the file is the same. */
import type { Stats } from 'node:fs';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client';
import type { LibraryFile } from '../../shared/events';
import { isoFacts } from '../../shared/iso-facts';

/** Counted up when a look finds out more: older records are then looked at anew. */
const FACTS_VERSION = 2;

const facts = z.object({
  version: z.literal(FACTS_VERSION),
  kind: z.enum(['iso', 'qcow2', 'raw', 'other']),
  label: z.string().nullable(),
  virtualBytes: z.number().nullable(),
  refusal: z.string().nullable(),
  facts: isoFacts.nullable(),
});

export type LibraryFacts = Pick<LibraryFile, 'kind' | 'label' | 'virtualBytes' | 'refusal' | 'facts'>;

export interface LibraryRecord {
  identity: string;
  facts: LibraryFacts;
  /** In hex, null while unknown. */
  sha256: string | null;
}

/** Another file of the same name has another identity. */
export function identityOf({ size, mtimeMs, ino }: Pick<Stats, 'size' | 'mtimeMs' | 'ino'>): string {
  return `${size}:${mtimeMs}:${ino}`;
}

export class LibraryRecords {
  private readonly known = new Map<string, LibraryRecord>();

  constructor(private readonly db: PrismaClient) {}

  /** Reads all that is known. A row that cannot be read is none: the file is looked at anew. */
  async open(): Promise<void> {
    for (const row of await this.db.libraryRecord.findMany()) {
      const parsed = readFacts(row.facts);
      if (parsed)
        this.known.set(keyOf(row.folder, row.name), { identity: row.identity, facts: parsed, sha256: row.sha256 });
    }
  }

  /** What is known of a file, if it is still the same one. */
  find(folder: string | null, name: string, identity: string): LibraryRecord | undefined {
    const record = this.known.get(keyOf(folder ?? '', name));
    return record?.identity === identity ? record : undefined;
  }

  async save(folder: string | null, name: string, record: LibraryRecord): Promise<void> {
    const where = { folder: folder ?? '', name };
    this.known.set(keyOf(where.folder, name), record);
    const { identity, sha256 } = record;
    const data = { identity, sha256, facts: JSON.stringify({ version: FACTS_VERSION, ...record.facts }) };
    await this.db.libraryRecord.upsert({ where: { folder_name: where }, create: { ...where, ...data }, update: data });
  }

  /** A file has another name now; what is known of it stays. */
  async move(folder: string | null, from: string, to: string): Promise<void> {
    const record = this.known.get(keyOf(folder ?? '', from));
    if (record) await this.save(folder, to, record);
  }

  /** Forgets the files of a folder that are there no more. */
  async keepOnly(folder: string | null, names: ReadonlySet<string>): Promise<void> {
    const gone = [...this.known.keys()]
      .map((key) => JSON.parse(key) as [string, string])
      .filter(([inFolder, name]) => inFolder === (folder ?? '') && !names.has(name));
    for (const [inFolder, name] of gone) this.known.delete(keyOf(inFolder, name));
    if (gone.length === 0) return;
    await this.db.libraryRecord.deleteMany({
      where: { folder: folder ?? '', name: { in: gone.map(([, name]) => name) } },
    });
  }
}

function keyOf(folder: string, name: string): string {
  return JSON.stringify([folder, name]);
}

function readFacts(json: string): LibraryFacts | null {
  try {
    const { kind, label, virtualBytes, refusal, facts: iso } = facts.parse(JSON.parse(json));
    return { kind, label, virtualBytes, refusal, facts: iso };
  } catch {
    return null;
  }
}

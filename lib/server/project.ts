import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Project {
  /** The folder with package.json, .next and prisma/migrations. */
  folder: string;
  version: string;
}

/** Finds the project that this file, bundled or not, belongs to. */
export function findProject(start = path.dirname(fileURLToPath(import.meta.url))): Project {
  for (let dir = start; ; dir = path.dirname(dir)) {
    const file = path.join(dir, 'package.json');
    if (fs.existsSync(file)) {
      const { version } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string };
      return { folder: dir, version };
    }
    if (dir === path.dirname(dir)) throw new Error(`There is no package.json above ${start}.`);
  }
}

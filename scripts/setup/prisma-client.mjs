/** The typed database client, generated from prisma/schema.prisma. */
import { readFileSync } from 'node:fs';
import { inProject, PROJECT, QUIET_TOOLS } from './project.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';
import { hashOf, readStamp, writeStamp } from './stamps.mjs';

const STAMP = inProject('lib/generated/.skep-schema-hash');

/** Generates the client when the schema or Prisma's version is not that of the last time. */
export async function ensurePrismaClient() {
  const { version } = JSON.parse(readFileSync(inProject('node_modules/prisma/package.json'), 'utf8'));
  const wanted = hashOf(readFileSync(inProject('prisma/schema.prisma')), version);
  if (readStamp(STAMP) === wanted) return;
  await step('Generating the database client', () =>
    run(process.execPath, [inProject('node_modules/prisma/build/index.js'), 'generate'], {
      cwd: PROJECT,
      env: QUIET_TOOLS,
    }),
  );
  writeStamp(STAMP, wanted);
}

/**
 * Makes a fresh clone ready to run, and costs a moment when it already is.
 *
 *   host ─▶ QEMU, OVMF ─▶ user for QEMU ─▶ npm ci ─▶ Prisma client ─▶ build
 *
 * Uses Node's own modules only, because it runs before any package is installed. Each step checks whether it has
 * something to do, says so in one line, and leaves a stamp when it is done. `node scripts/setup.mjs` does all but
 * start anything.
 */
import { ensureBuild } from './build.mjs';
import { checkPlatform, findMissing } from './setup/host.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { installNeeds } from './setup/packages.mjs';
import { ensurePrismaClient } from './setup/prisma-client.mjs';
import { ensureQemuUser } from './setup/qemu-user.mjs';
import { isProgram } from './setup/project.mjs';
import { runMain } from './setup/say.mjs';

/** Everything but the build: what both running and working on Skep need. */
export async function setUp() {
  checkPlatform();
  const missing = findMissing();
  if (missing.length > 0) {
    await installNeeds(missing);
    findMissing();
  }
  await ensureQemuUser();
  await ensureNodeModules();
  await ensurePrismaClient();
}

if (isProgram(import.meta.url)) {
  await runMain(async () => {
    await setUp();
    await ensureBuild();
  });
}

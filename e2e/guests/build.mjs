/**
 * Builds the test guests that are missing or out of date into `.cache/guests/`:
 *
 *   node e2e/guests/build.mjs
 *
 *   tiny-install.iso       installs a small Linux by itself (BIOS and UEFI); its system serves HTTP and greets on port 22
 *   debian-installer.iso   Debian's graphical installer
 *   bars.img               a disk of 1 MiB whose boot sector draws colour bars and answers keys
 *
 * A guest is up to date when its stamp holds the hash of these scripts and of the Debian release; the stamp also says
 * which package versions went in. Debian's mirror is needed only when something has to be built.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildBars } from './bars.mjs';
import { GuestError } from './debian.mjs';
import { buildDebianInstaller } from './debian-installer.mjs';
import { buildTinyInstall } from './tiny-install.mjs';

const SCRIPTS = fileURLToPath(new URL('.', import.meta.url));
export const GUESTS_FOLDER = fileURLToPath(new URL('../../.cache/guests/', import.meta.url));

const GUESTS = [
  { file: 'bars.img', build: buildBars },
  { file: 'tiny-install.iso', build: buildTinyInstall },
  { file: 'debian-installer.iso', build: buildDebianInstaller },
];

/** Every file below a folder, sorted. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOfScripts() {
  const hash = createHash('sha256').update(readFileSync('/etc/os-release'));
  for (const file of filesBelow(SCRIPTS)) hash.update(relative(SCRIPTS, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function isUpToDate(guest, scripts) {
  const made = statSync(join(GUESTS_FOLDER, guest.file), { throwIfNoEntry: false });
  return made !== undefined && readStamp(join(GUESTS_FOLDER, `${guest.file}.json`))?.scripts === scripts;
}

function report(guest, what) {
  const { size } = statSync(join(GUESTS_FOLDER, guest.file));
  console.log(`guest ${guest.file}: ${what}, ${(size / 1024 ** 2).toFixed(1)} MiB`);
}

/** Builds one guest under a temporary name, then gives it its name and stamp. */
function makeGuest(guest, scripts) {
  if (isUpToDate(guest, scripts)) return report(guest, 'up to date');
  const startedAt = performance.now();
  const work = join(GUESTS_FOLDER, `work-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const versions = guest.build({
      work,
      packagesFolder: join(GUESTS_FOLDER, 'packages'),
      output: join(work, guest.file),
    });
    renameSync(join(work, guest.file), join(GUESTS_FOLDER, guest.file));
    const stamp = JSON.stringify({ scripts, packages: versions }, null, 2);
    writeFileSync(join(GUESTS_FOLDER, `${guest.file}.json`), `${stamp}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  report(guest, `built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Builds what is missing or out of date, one line of output each. @throws GuestError with a sentence */
export function buildGuests() {
  mkdirSync(GUESTS_FOLDER, { recursive: true });
  const scripts = hashOfScripts();
  for (const guest of GUESTS) makeGuest(guest, scripts);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    buildGuests();
  } catch (error) {
    if (!(error instanceof GuestError)) throw error;
    console.error(`The test guests could not be built: ${error.message}`);
    process.exitCode = 1;
  }
}

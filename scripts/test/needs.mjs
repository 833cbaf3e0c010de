/** What tests need beyond what running Skep needs: a browser, tools for building guests, the guests themselves. */
import { existsSync, readFileSync } from 'node:fs';
import { readDistribution } from '../setup/distribution.mjs';
import { installNeeds } from '../setup/packages.mjs';
import { inProject, PROJECT } from '../setup/project.mjs';
import { findProgram, outputOf, run } from '../setup/run.mjs';
import { step } from '../setup/say.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Installs the browser and the packages of e2e/guests/packages.txt where they are missing. */
export async function ensureTestPackages() {
  const needs = findProgram(BROWSERS) ? [] : ['chromium'];
  await installNeeds(needs, { extra: missingGuestPackages(), why: 'The tests need' });
}

/** Builds the guests that are missing or out of date; the first time takes a minute. */
export async function ensureGuests() {
  const script = inProject('e2e/guests/build.mjs');
  await step('Preparing the test guests', () => run(process.execPath, [script], { cwd: PROJECT }));
}

/** Package names in a list that has one a line and comments after "#". Pure. */
export function parsePackageList(text) {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => /^[a-z0-9][a-z0-9.+-]+$/.test(line));
}

function missingGuestPackages() {
  const list = inProject('e2e/guests/packages.txt');
  if (!existsSync(list) || readDistribution().manager !== 'apt') return [];
  return parsePackageList(readFileSync(list, 'utf8')).filter((name) => !isPackageInstalled(name));
}

function isPackageInstalled(name) {
  return outputOf('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name]) === 'installed';
}

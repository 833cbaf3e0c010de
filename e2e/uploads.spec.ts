/** Files that people drop on the page, over lines and servers that do not last. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SkepServer } from './fixtures/skep-server';
import { expect, test } from './fixtures/test';

const MIB = 1024 ** 2;
let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'skep-uploads-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a file of this computer. @returns its path and SHA-256 */
function makeFile(name: string, bytes: Buffer): { path: string; hash: string } {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, hash: createHash('sha256').update(bytes).digest('hex') };
}

const inLibrary = (skep: SkepServer, name: string) => join(skep.home, 'library', name);
const partsOf = (skep: SkepServer) => readdirSync(join(skep.home, 'library')).filter((name) => name.startsWith('.'));
const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Makes the line so slow that something can happen to an upload. */
async function slowDown(page: Page, bytesPerSecond: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const [latency, downloadThroughput] = [0, -1];
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput,
    uploadThroughput: bytesPerSecond,
  });
}

/** Drags a file over the page and lets it go, as a browser tells of it. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ fileName, base64 }) => {
      const text = atob(base64);
      const data = new DataTransfer();
      const content = Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      data.items.add(new File([content], fileName, { lastModified: 1_700_000_000_000 }));
      return data;
    },
    { fileName: name, base64: bytes.toString('base64') },
  );
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop to upload to the library')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop to upload to the library')).toBeHidden();
}

async function openTray(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Uploads: / }).click();
  await expect(page.getByRole('dialog', { name: 'Uploads' })).toBeVisible();
}

const percentOf = async (page: Page, name: string) =>
  Number(
    await page
      .getByRole('dialog', { name: 'Uploads' })
      .getByRole('progressbar', { name: `Upload of ${name}` })
      .getAttribute('aria-valuenow'),
  );

test('a dropped file arrives although Skep is killed in the middle', async ({ page, skep }) => {
  const name = 'dropped over a kill.img';
  const bytes = randomBytes(12 * MIB);
  await page.goto('/vms');
  await slowDown(page, 2 * MIB);
  await drop(page, name, bytes);
  await page.getByRole('link', { name: 'Host' }).first().click();
  await openTray(page);
  await expect.poll(() => percentOf(page, name)).toBeGreaterThan(20);
  await skep.kill9();
  await expect(page.getByRole('dialog', { name: 'Uploads' })).toContainText('trying again');
  await skep.start();
  await slowDown(page, -1);
  await expect(page.getByRole('dialog', { name: 'Uploads' })).toContainText('in the library');
  expect(hashOf(inLibrary(skep, name))).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(partsOf(skep)).toEqual([]);
});

test('after a reload the same file goes on, and another one is refused', async ({ page, skep }) => {
  const name = 'reloaded in the middle.img';
  const { path, hash } = makeFile(name, Buffer.concat([randomBytes(8 * MIB), Buffer.alloc(8 * MIB), randomBytes(999)]));
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('/vms/new');
  await slowDown(page, 2 * MIB);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload an ISO…' }).click();
  await (await chooser).setFiles(path);
  await openTray(page);
  await expect.poll(() => percentOf(page, name)).toBeGreaterThan(10);
  await page.reload();
  await openTray(page);
  const tray = page.getByRole('dialog', { name: 'Uploads' });
  await expect(tray).toContainText('choose the same file again');

  const choose = async (file: string) => {
    const again = page.waitForEvent('filechooser');
    await tray.getByRole('button', { name: `Choose ${name} again` }).click();
    await (await again).setFiles(file);
  };
  await choose(makeFile('another.img', Buffer.from('other')).path);
  await expect(page.getByText('This is not the file whose upload began')).toBeVisible();
  await choose(path);
  await expect(tray).toContainText('in the library');
  expect(hashOf(inLibrary(skep, name))).toBe(hash);
});

test('an upload is paused, goes on, and is cancelled without a trace', async ({ page, skep }) => {
  const name = 'paused and cancelled.img';
  await page.goto('/vms');
  await slowDown(page, 1 * MIB);
  await drop(page, name, randomBytes(10 * MIB));
  await openTray(page);
  const tray = page.getByRole('dialog', { name: 'Uploads' });
  await expect.poll(() => percentOf(page, name)).toBeGreaterThan(5);
  await tray.getByRole('button', { name: `Pause the upload of ${name}` }).click();
  await expect(tray).toContainText('paused');
  await tray.getByRole('button', { name: `Go on with the upload of ${name}` }).click();
  await expect(tray).toContainText('/s');
  await tray.getByRole('button', { name: `Cancel the upload of ${name}` }).click();
  await expect(tray).toBeHidden();
  await expect.poll(() => partsOf(skep)).toEqual([]);
  expect(existsSync(inLibrary(skep, name))).toBe(false);
});

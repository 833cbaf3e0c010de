/** Files that the server fetches by itself: from an address, through a crash, unpacked when they arrive. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { FileServer } from './fixtures/file-server';
import { expect, test } from './fixtures/test';
import { openWizard } from './fixtures/wizard';

const MIB = 1024 ** 2;

/** Lets downloads come from a server of this test. */
async function allow(page: Page, host: string): Promise<void> {
  await page.goto('/settings');
  await page.getByLabel('Another host or network').fill(host);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Private download hosts' })).toContainText(host);
}

/** Fills the dialog in; its button is still to be pressed. */
async function ask(page: Page, url: string, name: string, checksum = ''): Promise<void> {
  await openWizard(page);
  await page.getByRole('radiogroup', { name: 'Start from' }).getByText('A disk image', { exact: true }).click();
  await page.getByRole('button', { name: 'Download from URL…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download from URL' });
  await dialog.getByLabel('Address').fill(url);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Checksum').fill(checksum);
}

const press = (page: Page) =>
  page
    .getByRole('dialog', { name: 'Download from URL' })
    .getByRole('button', { name: 'Download', exact: true })
    .click();

test('a private address is refused at its field until it is allowed', async ({ page }) => {
  const server = new FileServer(randomBytes(2 * MIB));
  await server.open();
  await ask(page, `http://${server.host}/quokka.img`, 'quokka.img');
  await press(page);
  const dialog = page.getByRole('dialog', { name: 'Download from URL' });
  await expect(dialog).toContainText(`Skep does not download from ${server.host}`);
  expect(server.ranges).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await allow(page, server.host);
  await ask(page, `http://${server.host}/quokka.img`, 'quokka.img', server.sha256);
  await press(page);
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: /Disk image$/ }).click();
  await expect(page.getByRole('option', { name: /quokka\.img/ })).toBeVisible();
  server.close();
});

test('a download goes on after Skep was killed, and what is packed gets unpacked', async ({ page, skep }) => {
  const image = Buffer.concat([randomBytes(40 * MIB), Buffer.alloc(8 * MIB)]);
  const server = new FileServer(gzipSync(image, { level: 1 }), 30 * MIB);
  await server.open();
  await allow(page, server.host);
  await ask(page, `http://${server.host}/numbat.img.gz`, 'numbat.img.gz');
  await press(page);
  await expect(page.getByRole('dialog', { name: 'Download from URL' })).toHaveCount(0);
  const library = join(skep.home, 'library');
  const partBytes = () => {
    const part = readdirSync(library).find((name) => name.startsWith('.skep-'));
    return part ? statSync(join(library, part)).size : 0;
  };
  await expect.poll(partBytes).toBeGreaterThan(20 * MIB);

  await skep.kill9();
  server.release();
  await skep.start();
  await page.goto('/tasks');
  const row = page.getByRole('row').filter({ hasText: 'Unpack numbat.img.gz' });
  await expect(row).toContainText('Done', { timeout: 30_000 });
  // It asked for the rest, not for the whole file again.
  expect(server.ranges.at(-1)).toMatch(/^bytes=[1-9]\d+-$/);
  expect(readFileSync(join(library, 'numbat.img')).equals(image)).toBe(true);
  expect(existsSync(join(library, 'numbat.img.gz'))).toBe(false);
  expect(readdirSync(library).filter((name) => name.startsWith('.'))).toEqual([]);
  server.close();
});

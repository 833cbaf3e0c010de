/** The library's page: what a file is, another name for it, a copy of it for the browser, and its end. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { confirm } from './fixtures/vm-page';
import { pickFile } from './fixtures/wizard';

const iso = (name: string) => gunzipSync(readFileSync(`lib/qemu/testdata/iso/${name}.iso.gz`));

async function choose(page: Page, file: string, verb: string): Promise<void> {
  await page.getByRole('button', { name: `Actions of ${file}` }).click();
  await page.getByRole('menuitem', { name: verb }).click();
}

const rowOf = (page: Page, file: string) => page.getByRole('row').filter({ hasText: file });

test('a file put there by hand is known, renamed, downloaded and deleted', async ({ page, skep }) => {
  writeFileSync(join(skep.home, 'library', 'quokka.iso'), iso('ubuntu'));
  await page.goto('/library');
  const filter = page.getByRole('searchbox', { name: 'Filter library' });
  await filter.fill('quokka');
  await expect(rowOf(page, 'quokka.iso')).toContainText('Ubuntu 24.04.1 LTS, x86_64, BIOS and UEFI');

  await choose(page, 'quokka.iso', 'Rename…');
  await page.getByRole('textbox', { name: 'New name' }).fill('quokka server.iso');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(rowOf(page, 'quokka server.iso')).toBeVisible();

  const download = page.waitForEvent('download');
  await choose(page, 'quokka server.iso', 'Download');
  const file = await download;
  expect(file.suggestedFilename()).toBe('quokka server.iso');
  expect(readFileSync(await file.path()).equals(iso('ubuntu'))).toBe(true);

  await choose(page, 'quokka server.iso', 'Delete…');
  await confirm(page, 'Delete quokka server.iso');
  await expect(rowOf(page, 'quokka server.iso')).toBeHidden();
});

test('an ISO sets the system of a new VM', async ({ page, skep }) => {
  writeFileSync(join(skep.home, 'library', 'numbat-win.iso'), iso('windows'));
  await page.goto('/vms/new');
  await pickFile(page, 'ISO image', 'numbat-win.iso');
  await expect(page.getByRole('radio', { name: /Windows 11/ })).toBeChecked();
  await expect(page.getByText('Windows 11 build 26100 is on this ISO, so the system is Windows 11.')).toBeVisible();
});

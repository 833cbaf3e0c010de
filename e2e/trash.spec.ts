/** What was deleted comes back: by Undo, from the trash, under another name; and goes for good when it is emptied. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { fillNumber } from './fixtures/form';
import { confirm, expectStatus, openTab, openVm, pressInMenu, saveHardware } from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';

// The VM of the first test is that of the others.
test.describe.configure({ mode: 'serial' });

const VM = 'regretted';

async function deleteVm(page: Page, vm: string): Promise<void> {
  await pressInMenu(page, vm, 'Delete…');
  await expect(page.getByRole('alertdialog', { name: `Delete ${vm}?` })).toContainText(
    'It can be restored for 7 days.',
  );
  await confirm(page, `Delete ${vm}`);
  await page.waitForURL('**/vms');
}

const message = (page: Page, text: string) => page.getByRole('alertdialog').filter({ hasText: text });
/** A person presses the label: the switch itself lies below it. */
const protection = (page: Page) => page.locator('label').filter({ hasText: 'Protect from deletion' });
const trash = (page: Page) => page.getByRole('grid', { name: 'Trash' });

test('a VM with a disk is deleted, undone, deleted, restored and at last gone', async ({ page, skep }) => {
  const vms = join(skep.home, 'vms');
  const others = readdirSync(vms);
  await createVm(page, { name: VM, system: 'Other', source: 'A blank disk', diskGiB: 1, start: false });
  await expectStatus(page, VM, 'Stopped');
  const folder = readdirSync(vms).find((id) => !others.includes(id));
  const disk = join(vms, folder ?? '', 'disk0.qcow2');
  writeFileSync(disk, 'what the guest wrote');

  await deleteVm(page, VM);
  expect(existsSync(disk)).toBe(false);
  await message(page, `${VM} is in the trash.`).getByRole('button', { name: 'Undo' }).click();
  await message(page, `${VM} is restored.`)
    .getByRole('button', { name: `Open ${VM}` })
    .click();
  await expectStatus(page, VM, 'Stopped');
  expect(readFileSync(disk, 'utf8')).toBe('what the guest wrote');

  await deleteVm(page, VM);
  await createVm(page, { name: VM, system: 'Other', source: 'A blank disk', diskGiB: 1, start: false });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Trash' }).click();
  const row = trash(page).getByRole('row', { name: VM });
  await expect(row).toContainText('Virtual machine');
  await expect(row).toContainText('admin');
  await expect(row).toContainText('in 6 d 23 h');
  await row.getByRole('button', { name: `Restore ${VM}` }).click();
  await expect(message(page, `${VM}-2 is restored.`)).toContainText(`There is another VM ${VM} now`);
  await expect(row).toHaveCount(0);
  expect(readFileSync(disk, 'utf8')).toBe('what the guest wrote');

  await openVm(page, `${VM}-2`);
  await deleteVm(page, `${VM}-2`);
  await page.goto('/trash');
  await expect(trash(page).getByRole('row', { name: `${VM}-2` })).toBeVisible();
  await page.getByRole('button', { name: 'Empty the trash…' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Empty the trash?' })).toContainText(
    /\d+ things?, .*deleted for good/,
  );
  await confirm(page, 'Empty the trash');
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  expect(readdirSync(join(skep.home, 'trash'))).toEqual([]);
});

test('a protected VM is not deleted', async ({ page }) => {
  await openVm(page, VM, 'Hardware');
  await protection(page).click();
  await expect(page.getByRole('switch', { name: 'Protect from deletion' })).toBeChecked();
  await saveHardware(page);
  await expect(page.getByRole('img', { name: 'Protected from deletion' }).first()).toBeVisible();
  await page.getByRole('button', { name: `More actions of ${VM}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toContainText('protected from deletion');
  await page.keyboard.press('Escape');
  await protection(page).click();
  await saveHardware(page);
});

test('with 0 days it goes at once, after its name was typed', async ({ page, skep }) => {
  const setDays = async (days: number) => {
    await page.goto('/settings');
    await fillNumber(page, 'Days in the trash', days);
    await page.locator('form').filter({ hasText: 'Days in the trash' }).getByRole('button', { name: 'Save' }).click();
    await expect(message(page, 'Saved.')).toBeVisible();
  };
  await setDays(0);
  await openVm(page, VM);
  await openTab(page, VM, 'Overview');
  await pressInMenu(page, VM, 'Delete…');
  const dialog = page.getByRole('alertdialog', { name: `Delete ${VM}?` });
  await expect(dialog).toContainText('This cannot be undone.');
  await dialog.getByRole('textbox', { name: `Type ${VM} to confirm` }).fill(VM);
  await confirm(page, `Delete ${VM}`);
  await page.waitForURL('**/vms');
  await expect(message(page, `${VM} is deleted.`)).toBeVisible();
  expect(readdirSync(join(skep.home, 'trash'))).toEqual([]);
  await setDays(7);
});

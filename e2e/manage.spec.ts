/** VMs as definitions: made, found, changed, renamed, deleted, several at once. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from './fixtures/test';
import { confirm, expectStatus, openTab, openVm, saveHardware } from './fixtures/vm-page';
import { createVm, fillWizard, openWizard } from './fixtures/wizard';
import { fillNumber } from './fixtures/form';

test('a VM is made without starting it, edited, renamed and deleted', async ({ page }) => {
  await createVm(page, { name: 'draft', system: 'Other', source: 'A blank disk', diskGiB: 1, start: false });
  await expectStatus(page, 'draft', 'Stopped');

  await openTab(page, 'draft', 'Hardware');
  await fillNumber(page, 'CPUs', 2);
  await saveHardware(page);
  await openTab(page, 'draft', 'Overview');
  await expect(page.getByRole('main')).toContainText('2 CPUs');

  await openTab(page, 'draft', 'Hardware');
  await page.getByLabel('Name', { exact: true }).fill('final');
  await saveHardware(page);
  await expect(page.getByRole('heading', { name: 'final', level: 1 })).toBeVisible();
  await page.waitForURL('**/vms/final/hardware');

  await page.getByRole('button', { name: 'More actions of final' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete final?' });
  await expect(dialog).toContainText('1 GiB');
  await expect(dialog).toContainText('Goes to the trash.');
  await dialog.getByRole('button', { name: 'Delete final' }).click();
  await page.waitForURL('**/vms');
  await expect(page.getByRole('link', { name: 'final', exact: true })).toHaveCount(0);
});

test('what cannot be is said at the field', async ({ page }) => {
  await openWizard(page);
  await fillWizard(page, { name: 'two words', system: 'Other', source: 'A blank disk', cpus: 0 });
  await page.getByRole('button', { name: 'Create and start' }).click();
  await expect(page.getByText('A name has 1 to 63 letters').first()).toBeVisible();
  await expect(page.getByText('A VM needs at least 1 CPU.').first()).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
});

test('a new VM that cannot start says why on its page', async ({ page, skep }) => {
  skep.addToLibrary('bars.img');
  const intruder = createServer().listen(0, '127.0.0.1');
  await once(intruder, 'listening');
  const { port } = intruder.address() as AddressInfo;
  const forwards = [{ hostPort: port, guestPort: 80 }];
  await createVm(page, { name: 'blocked', system: 'Other', image: 'bars.img', memoryMiB: 64, forwards });
  await expectStatus(page, 'blocked', 'Stopped');
  const display = page.getByRole('region', { name: 'Display of blocked' });
  await expect(display).toContainText('the last start failed');
  await expect(display).toContainText(String(port));
  intruder.close();
});

test('several VMs are found by typing, started and forced off together', async ({ page, skep }) => {
  skep.addToLibrary('bars.img');
  const names = ['herd-1', 'herd-2', 'herd-3'];
  for (const name of names) {
    await createVm(page, { name, system: 'Other', image: 'bars.img', memoryMiB: 64, start: false });
  }
  await page.goto('/vms');
  const table = page.getByRole('grid', { name: 'Virtual machines' });
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('herd');
  await expect(table.getByRole('rowheader')).toHaveText(names);
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('herd-2');
  await expect(table.getByRole('rowheader')).toHaveText(['herd-2']);
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('herd');

  await table.getByRole('checkbox', { name: 'Select All' }).check({ force: true });
  const bulk = page.getByRole('toolbar', { name: 'Selected virtual machines' });
  await expect(bulk).toContainText('3 selected');
  await bulk.getByRole('button', { name: 'Start' }).click();
  for (const name of names) await expect(table.getByRole('row', { name })).toContainText('Running');
  expect(skep.qemus().filter(({ vm }) => names.includes(vm))).toHaveLength(3);

  await bulk.getByRole('button', { name: 'Force off' }).click();
  await confirm(page, 'Force off 3 VMs');
  for (const name of names) await expect(table.getByRole('row', { name })).toContainText('Stopped');
  expect(skep.qemus().filter(({ vm }) => names.includes(vm))).toEqual([]);
});

test('notes are kept as Markdown', async ({ page }) => {
  await openVm(page, 'herd-1');
  await page.getByRole('button', { name: 'Add notes' }).click();
  await page.getByRole('textbox', { name: 'Text of the notes' }).fill('Runs the **mail** server');
  await page.getByRole('button', { name: 'Save notes' }).click();
  await page.reload();
  await expect(page.getByRole('strong').filter({ hasText: 'mail' })).toBeVisible();
});

/** No page has a fault that axe-core can find, in the dark and in the light look, with a running VM and without. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { confirm, expectInSerial, expectStatus, openTab, openVm, pressInMenu, screenOf } from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';

const VM = 'looked-at';

/** What axe finds on the page that is open, one line for each kind of fault. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} look`, () => {
    test.use({ colorScheme });

    test('the pages behind the sign-in', async ({ page, skep }) => {
      skep.addToLibrary('bars.img');
      const vm = `${VM}-${colorScheme}`;
      await createVm(page, { name: vm, system: 'Other', image: 'bars.img', memoryMiB: 64 });
      // A fresh load: React Aria's announcer still speaks of the form for some seconds.
      await page.goto(`/vms/${vm}/display`);
      await expect(screenOf(page, vm)).toBeVisible();
      expect.soft(await faults(page)).toEqual([]);
      await openTab(page, vm, 'Console');
      await expectInSerial(page, vm, 'BARS');
      expect.soft(await faults(page)).toEqual([]);
      for (const tab of ['Hardware', 'Overview'] as const) {
        await openTab(page, vm, tab);
        expect.soft(await faults(page), tab).toEqual([]);
      }
      for (const path of ['/vms', '/vms/new', '/library', '/tasks', '/trash', '/host', '/settings']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
        expect.soft(await faults(page), path).toEqual([]);
      }
      for (const tab of ['display', 'console']) {
        await page.goto(`/popout/${vm}/${tab}`);
        await expect(page.getByRole('toolbar')).toBeVisible();
        expect.soft(await faults(page), `${tab} in a tab of its own`).toEqual([]);
      }
      await openVm(page, vm);
      await pressInMenu(page, vm, 'Force off');
      await confirm(page, 'Force off');
      await expectStatus(page, vm, 'Stopped');
      await openTab(page, vm, 'Display');
      expect.soft(await faults(page), 'the display of a stopped VM').toEqual([]);
      await page.getByRole('button', { name: `More actions of ${vm}` }).click();
      expect.soft(await faults(page), 'the menu').toEqual([]);
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      expect.soft(await faults(page), 'the question before deleting').toEqual([]);
      for (const path of ['/vms/nowhere', '/nowhere']) {
        await page.goto(path);
        expect.soft(await faults(page), path).toEqual([]);
      }
    });
  });
}

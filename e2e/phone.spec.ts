/** The main job on a phone: find a VM, see its screen, type on it, read its serial console. */
import { STRIP, stripOf } from './fixtures/bars';
import { expect, test } from './fixtures/test';
import { confirm, expectInSerial, expectStatus, openTab, pressInMenu, screenOf } from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

const VM = 'pocket';

test('a VM is found, seen, typed at and read at phone width', async ({ page, skep }) => {
  const expectNoSidewaysScroll = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  skep.addToLibrary('bars.img');
  await createVm(page, { name: VM, system: 'Other', image: 'bars.img', memoryMiB: 64 });
  await expectNoSidewaysScroll();

  await page.goto('/vms');
  await expectNoSidewaysScroll();
  await page.getByRole('row', { name: VM }).tap();
  await expect(page.getByRole('heading', { name: VM, level: 1 })).toBeVisible();
  await expectNoSidewaysScroll();

  await openTab(page, VM, 'Display');
  const screen = screenOf(page, VM);
  await expect.poll(() => stripOf(screen)).toBe(STRIP.atFirst);
  await page.getByRole('button', { name: 'Open the keyboard' }).tap();
  await page.keyboard.type('a');
  await expect.poll(() => stripOf(screen)).toBe(STRIP.afterA);
  await expectNoSidewaysScroll();

  await openTab(page, VM, 'Console');
  await expectInSerial(page, VM, /BARS\s*a/);
  await expectNoSidewaysScroll();

  await pressInMenu(page, VM, 'Force off');
  await confirm(page, 'Force off');
  await expectStatus(page, VM, 'Stopped');
});

test('the navigation is a sheet', async ({ page }) => {
  await page.goto('/vms');
  await page.getByRole('button', { name: 'Open the navigation' }).tap();
  await page.getByRole('dialog', { name: 'Navigation' }).getByRole('link', { name: 'Host' }).tap();
  await page.waitForURL('**/host');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

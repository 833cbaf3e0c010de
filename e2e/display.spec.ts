/**
 * A guest without an operating system: its picture answers keys, it ignores the power button, and its QEMU can be
 * killed without loss. One VM goes through all tests of this file, in order.
 */
import { readFileSync } from 'node:fs';
import { BARS, barsOf, STRIP, stripOf } from './fixtures/bars';
import { choose } from './fixtures/form';
import { readPng } from './fixtures/png';
import { expect, test } from './fixtures/test';
import {
  confirm,
  expectInSerial,
  expectStatus,
  openTab,
  openVm,
  press,
  pressInMenu,
  screenOf,
} from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';

test.describe.configure({ mode: 'serial' });

const VM = 'bars';
test('the display shows the guest, and its picture changes after a key', async ({ page, skep }) => {
  skep.addToLibrary('bars.img');
  await createVm(page, { name: VM, system: 'Other', image: 'bars.img', memoryMiB: 64 });
  const screen = screenOf(page, VM);
  await expect.poll(() => barsOf(screen), { timeout: 30_000 }).toEqual(BARS);
  expect(await stripOf(screen)).toBe(STRIP.atFirst);
  await screen.focus();
  await page.keyboard.press('a');
  await expect.poll(() => stripOf(screen)).toBe(STRIP.afterA);
});

test('the keys arrived: the guest echoed them on the serial port', async ({ page }) => {
  await openVm(page, VM, 'Console');
  await expectInSerial(page, VM, /BARS\s*a/);
});

test('a reset starts the guest anew, and the display follows', async ({ page }) => {
  await openVm(page, VM, 'Display');
  const screen = screenOf(page, VM);
  await expect.poll(() => stripOf(screen)).toBe(STRIP.afterA);
  await pressInMenu(page, VM, 'Reset');
  await confirm(page, 'Reset');
  await expect.poll(() => stripOf(screen)).toBe(STRIP.atFirst);
  await expect.poll(() => barsOf(screen)).toEqual(BARS);
});

test('view only sends nothing', async ({ page }) => {
  await openVm(page, VM, 'Display');
  const screen = screenOf(page, VM);
  await expect.poll(() => stripOf(screen)).toBe(STRIP.atFirst);
  await page.getByRole('button', { name: 'View only', exact: true }).click();
  await screen.focus();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'View only is on: allow input' }).click();
  await screen.focus();
  await page.keyboard.press('b');
  // The guest repaints for each key it gets, in order: the colour of `b` and never that of `a`.
  await expect.poll(() => stripOf(screen)).not.toBe(STRIP.atFirst);
  await openTab(page, VM, 'Console');
  await expectInSerial(page, VM, /BARS\s*b/);
});

test('a held modifier goes with the next key, and with no other', async ({ page }) => {
  await openVm(page, VM, 'Display');
  const screen = screenOf(page, VM);
  await expect(screen).toBeVisible();
  const shift = page.getByRole('group', { name: 'Held keys' }).getByRole('button', { name: 'Shift' });
  await shift.click();
  await expect(shift).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('c');
  await expect(shift).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('d');
  await openTab(page, VM, 'Console');
  await expectInSerial(page, VM, /BARS\s*bCd/);
});

test('a key macro is made, run, and deleted', async ({ page }) => {
  await openVm(page, VM, 'Display');
  await expect(screenOf(page, VM)).toBeVisible();
  const menuItem = async (name: string | RegExp) => {
    await page.getByRole('button', { name: 'Send keys' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await menuItem('Key macros…');
  await page.getByRole('button', { name: 'New macro' }).click();
  const form = page.getByRole('dialog', { name: 'New macro' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Say xYz');
  await form.getByRole('textbox', { name: 'Keys 1' }).fill('Hyper+x');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Write keys as in Ctrl+Alt+F2, Enter or Win+R.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Keys 1' }).fill('x');
  await form.getByRole('button', { name: 'Add a step' }).click();
  await choose(page, 'Kind of step 2', 'Text');
  await form.getByRole('textbox', { name: 'Text 2' }).fill('Yz');
  await form.getByRole('button', { name: 'Save' }).click();
  const list = page.getByRole('dialog', { name: 'Key macros' });
  await expect(list.getByRole('listitem')).toContainText('x · “Yz”');
  await list.getByRole('button', { name: 'Close' }).click();
  await menuItem(/^Say xYz/);
  await openTab(page, VM, 'Console');
  await expectInSerial(page, VM, /BARS\s*bCdxYz/);
  await openTab(page, VM, 'Display');
  await menuItem('Key macros…');
  await list.getByRole('button', { name: 'Delete Say xYz' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(0);
});

test('the screen is recorded into a video that says how long it is', async ({ page, context }) => {
  await openVm(page, VM, 'Display');
  await expect(screenOf(page, VM)).toBeVisible();
  await page.getByRole('button', { name: 'Record the screen' }).click();
  const stop = page.getByRole('button', { name: 'Stop recording' });
  await expect(stop).toHaveText('0:02');
  const download = page.waitForEvent('download');
  await stop.click();
  const video = readFileSync(await (await download).path()).toString('base64');
  const player = await context.newPage();
  await player.setContent(`<video src="data:video/webm;base64,${video}" muted></video>`);
  const seen = await player.locator('video').evaluate(async (element) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('There is no video.');
    await element.play();
    return { width: element.videoWidth, height: element.videoHeight, seconds: element.duration };
  });
  expect(seen).toMatchObject({ width: 640, height: 400 });
  expect(seen.seconds).toBeGreaterThan(1);
  expect(seen.seconds).toBeLessThan(60);
});

test('a screenshot is saved in the guest’s own size', async ({ page }) => {
  await openVm(page, VM, 'Display');
  await expect(screenOf(page, VM)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a screenshot' }).click();
  const picture = readPng(readFileSync(await (await download).path()));
  expect([picture.width, picture.height]).toEqual([640, 400]);
  expect(picture.at(60, 100)).toBe('0000a8');
});

test('a tab of its own shows the screen without the rest', async ({ page }) => {
  await openVm(page, VM, 'Display');
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open in a tab of its own' }).click();
  const tab = await opened;
  await expect.poll(() => barsOf(screenOf(tab, VM))).toEqual(BARS);
  await expect(tab.getByRole('navigation')).toHaveCount(0);
});

test('a guest that ignores Shut down is shown with a timer, and can be forced off', async ({ page, skep }) => {
  await openVm(page, VM);
  await press(page, 'Shut down');
  await expectStatus(page, VM, 'Shutting down');
  await expect(page.getByText('The guest was asked to shut down.')).toBeVisible();
  await press(page, 'Force off');
  await confirm(page, 'Force off');
  await expectStatus(page, VM, 'Stopped');
  expect(skep.qemus().filter(({ vm }) => vm === VM)).toEqual([]);
});

test('a QEMU that dies is a crash, with how it ended and what can be done', async ({ page, skep }) => {
  await openVm(page, VM);
  await press(page, 'Start');
  await expectStatus(page, VM, 'Running');
  const [qemu] = skep.qemus().filter(({ vm }) => vm === VM);
  process.kill(qemu?.pid ?? 0, 'SIGKILL');
  await expectStatus(page, VM, 'Crashed');
  await expect(page.getByText('QEMU was killed by SIGKILL')).toBeVisible();
  await press(page, 'Start');
  await expectStatus(page, VM, 'Running');
  await pressInMenu(page, VM, 'Force off');
  await confirm(page, 'Force off');
  await expectStatus(page, VM, 'Stopped');
});

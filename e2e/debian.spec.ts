/** A real installer of a real system: Debian's, with its graphical screens. */
import { expect, test } from './fixtures/test';
import { confirm, coloursAt, expectStatus, GUEST_TIMEOUT_MS, pressInMenu, screenOf } from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';

const VM = 'debian';
/**
 * What only the language screen has: the page's background at the lower left, the white list at the right, and
 * the button row below it, in shares of the picture.
 */
const PLACES = [
  [0.3, 0.97],
  [0.7, 0.4],
  [0.7, 0.8],
  [0.5, 0.955],
] as const;
const LANGUAGE_SCREEN = ['ede9e3', 'ffffff', 'ffffff', 'ede9e3'];

test('Debian’s graphical installer reaches its language screen', async ({ page, skep }) => {
  test.setTimeout(300_000);
  skep.addToLibrary('debian-installer.iso');
  await createVm(page, { name: VM, iso: 'debian-installer.iso', memoryMiB: 1536, diskGiB: 10 });
  const screen = screenOf(page, VM);
  await expect(screen).toBeVisible();
  await expect.poll(() => coloursAt(screen, PLACES), { timeout: 2 * GUEST_TIMEOUT_MS }).toEqual(LANGUAGE_SCREEN);
  await pressInMenu(page, VM, 'Force off');
  await confirm(page, 'Force off');
  await expectStatus(page, VM, 'Stopped');
});

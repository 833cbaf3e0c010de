/** A real installer of a real system: Debian's, with its graphical screens. */
import { DEBIAN_LANGUAGE_SCREEN, debianPictureOf } from './fixtures/debian';
import { expect, test } from './fixtures/test';
import { confirm, expectStatus, GUEST_TIMEOUT_MS, pressInMenu, screenOf } from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';

const VM = 'debian';
test('Debian’s graphical installer reaches its language screen', async ({ page, skep }) => {
  test.setTimeout(300_000);
  skep.addToLibrary('debian-installer.iso');
  await createVm(page, { name: VM, iso: 'debian-installer.iso', memoryMiB: 1536, diskGiB: 10 });
  const screen = screenOf(page, VM);
  await expect(screen).toBeVisible();
  await expect.poll(() => debianPictureOf(screen), { timeout: 2 * GUEST_TIMEOUT_MS }).toEqual(DEBIAN_LANGUAGE_SCREEN);
  await pressInMenu(page, VM, 'Force off');
  await confirm(page, 'Force off');
  await expectStatus(page, VM, 'Stopped');
});

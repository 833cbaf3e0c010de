/** The pictures of the README: the list and a display, light and dark, with Debian's installer running. */
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { debianPictureOf, DEBIAN_LANGUAGE_SCREEN } from '../fixtures/debian';
import { portNear } from '../fixtures/network';
import { expect, test } from '../fixtures/test';
import { GUEST_TIMEOUT_MS, screenOf } from '../fixtures/vm-page';
import { createVm } from '../fixtures/wizard';

const FOLDER = resolve('docs/screenshots');
const VM = 'debian-12';

test.use({ viewport: { width: 1440, height: 900 } });

/** A host as it could be: some guests that run, some that do not. */
async function makeGuests(page: Page): Promise<void> {
  const small = { system: 'Linux', image: 'bars.img', memoryMiB: 256 } as const;
  await createVm(page, { name: 'mail', ...small, forwards: [{ hostPort: await portNear(2025), guestPort: 25 }] });
  await createVm(page, { name: 'web-1', ...small, forwards: [{ hostPort: await portNear(8081), guestPort: 80 }] });
  await createVm(page, { name: 'web-2', ...small, forwards: [{ hostPort: await portNear(8082), guestPort: 80 }] });
  await createVm(page, { name: 'build', ...small, start: false });
  await createVm(page, { name: 'archive', ...small, start: false });
  await createVm(page, {
    name: VM,
    iso: 'debian-installer.iso',
    memoryMiB: 1536,
    diskGiB: 20,
    forwards: [{ hostPort: await portNear(2222), guestPort: 22 }],
  });
}

test('the README’s pictures', async ({ page, skep }) => {
  skep.addToLibrary('bars.img');
  skep.addToLibrary('debian-installer.iso');
  await makeGuests(page);
  await expect
    .poll(() => debianPictureOf(screenOf(page, VM)), { timeout: 2 * GUEST_TIMEOUT_MS })
    .toEqual(DEBIAN_LANGUAGE_SCREEN);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/vms/${VM}/display`);
    await expect.poll(() => debianPictureOf(screenOf(page, VM))).toEqual(DEBIAN_LANGUAGE_SCREEN);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${FOLDER}/display-${colorScheme}.png` });
    await page.goto('/vms');
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    // The host's load comes with the first measurement: the page is complete then.
    await expect(page.getByText(/^Host CPU \d/)).toBeVisible();
    await page.screenshot({ path: `${FOLDER}/list-${colorScheme}.png` });
  }
});

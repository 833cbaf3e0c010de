/**
 * The main job, by hand: upload an installer, make a VM, install, boot from its own disk, reach it through a forward,
 * work at its consoles, kill and restart Skep. One VM goes through all tests of this file, in order.
 */
import { createServer } from 'node:net';
import { once } from 'node:events';
import { askPort, portNear } from './fixtures/network';
import { guestPath, type SkepServer } from './fixtures/skep-server';
import { expect, test } from './fixtures/test';
import {
  expectInSerial,
  expectStatus,
  GUEST_TIMEOUT_MS,
  openTab,
  openVm,
  press,
  pressInMenu,
  saveHardware,
  screenOf,
  serialConsole,
  typeInSerial,
} from './fixtures/vm-page';
import { fillWizard, openWizard, pickFile, upload } from './fixtures/wizard';

test.describe.configure({ mode: 'serial' });

const VM = 'tiny';
/** Slow enough that the progress can be seen. */
const UPLOAD_BYTES_PER_SECOND = 15e6;
let ports: { ssh: number; http: number };

test.beforeAll(async () => {
  ports = { ssh: await portNear(2222), http: await portNear(8080) };
});

/** The one QEMU of this file. */
function qemuPid(skep: SkepServer): number {
  const [qemu, ...others] = skep.qemus().filter(({ vm }) => vm === VM);
  expect(others).toEqual([]);
  if (!qemu) throw new Error(`${VM} has no QEMU process.`);
  return qemu.pid;
}

test('an uploaded ISO installs a system on a blank disk', async ({ page }) => {
  test.setTimeout(240_000);
  await openWizard(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: UPLOAD_BYTES_PER_SECOND,
  });
  await upload(page, 'an ISO', guestPath('tiny-install.iso'));
  await expect(page.getByRole('progressbar', { name: 'Upload of tiny-install.iso' })).toBeVisible();
  await expect(page.getByRole('button', { name: /ISO image$/ })).toContainText('tiny-install.iso');

  await fillWizard(page, {
    name: VM,
    cpus: 2,
    memoryMiB: 2048,
    diskGiB: 10,
    forwards: [
      { hostPort: ports.ssh, guestPort: 22 },
      { hostPort: ports.http, guestPort: 80 },
    ],
  });
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expect(summary).toContainText('qemu-img create');
  await expect(summary).toContainText('qemu-system-x86_64');
  await page.getByRole('button', { name: 'Create and start' }).click();
  await page.waitForURL(`**/vms/${VM}/display`);
  await expect(screenOf(page, VM)).toBeVisible();

  await openTab(page, VM, 'Console');
  await expectInSerial(page, VM, 'INSTALLER: formatting');
  await expectStatus(page, VM, 'Stopped', GUEST_TIMEOUT_MS);
});

test('it boots from its own disk when the CD is out', async ({ page }) => {
  test.setTimeout(180_000);
  await openVm(page, VM, 'Hardware');
  await page.getByRole('button', { name: 'Eject the disc of CD-ROM 0' }).click();
  await saveHardware(page);
  await expect(page.getByRole('list', { name: 'CD-ROM drives' })).toContainText('Empty');
  await press(page, 'Start');
  await openTab(page, VM, 'Console');
  await expectInSerial(page, VM, 'TINY-INSTALLED tiny-disk');
  await expectInSerial(page, VM, 'NET-UP');
});

test('a client on the host is answered through the forwards', async ({ page }) => {
  expect(await askPort(ports.ssh, 'hello')).toContain('TINY-GREETING from tiny-disk\nyou said: hello');
  await openVm(page, VM);
  const link = page.getByRole('main').getByRole('link', { name: `http://127.0.0.1:${ports.http}` });
  const [guestPage] = await Promise.all([page.waitForEvent('popup'), link.first().click()]);
  await expect(guestPage.getByText('Hello from the inside of a virtual machine.')).toBeVisible();
});

test('a line typed in the serial console is answered', async ({ page }) => {
  await openVm(page, VM, 'Console');
  await typeInSerial(page, VM, 'echo $((6 * 7))-answers');
  await expectInSerial(page, VM, '42-answers');
});

test('the guest gets nothing but a refusal from Skep itself', async ({ page, skep }) => {
  await openVm(page, VM, 'Console');
  await typeInSerial(page, VM, `clear; wget -S -O /tmp/page http://10.0.2.2:${skep.port}/; echo end-$((1 + 1))`);
  await expectInSerial(page, VM, 'end-2');
  await expectInSerial(page, VM, /HTTP\/1\.1 (401|403|421)/);
  await typeInSerial(page, VM, 'clear; grep -ci "<html" /tmp/page; echo end-$((1 + 2))');
  await expectInSerial(page, VM, 'end-3');
  await expect(serialConsole(page, VM)).not.toContainText(/[1-9]\d*\s*end-3/);
});

test('killing Skep does not touch the VM, and both consoles come back by themselves', async ({ page, skep }) => {
  await openVm(page, VM, 'Console');
  const display = await page.context().newPage();
  await openVm(display, VM, 'Display');
  await expect(screenOf(display, VM)).toBeVisible();
  await typeInSerial(page, VM, 'clear; BEFORE=remembered');
  const pid = qemuPid(skep);

  await skep.kill9();
  for (const console of [page, display]) await expect(console.getByText('Connection lost')).toBeVisible();
  expect(qemuPid(skep)).toBe(pid);
  await skep.start();
  const listeningAt = Date.now();
  for (const console of [page, display]) await expect(console.getByText('Connection lost')).toBeHidden();
  await expect(screenOf(display, VM)).toBeVisible();
  const tookMs = Date.now() - listeningAt;
  console.log(`      consoles back ${tookMs} ms after Skep listened again`);

  expect(qemuPid(skep)).toBe(pid);
  await typeInSerial(page, VM, 'echo $BEFORE-$((20 + 3))');
  await expectInSerial(page, VM, 'remembered-23');
  await expectStatus(page, VM, 'Running');
});

test('Ctrl-C leaves the VM running and says so', async ({ page, skep }) => {
  const pid = qemuPid(skep);
  await skep.stop();
  expect(skep.output).toMatch(/Skep has stopped\. \d+ VMs? keeps? running/);
  expect(qemuPid(skep)).toBe(pid);
  await skep.start();
  await openVm(page, VM);
  await expectStatus(page, VM, 'Running');
});

test('a paused guest stands still, a resumed one goes on', async ({ page }) => {
  await openVm(page, VM, 'Console');
  await press(page, 'Pause');
  await expectStatus(page, VM, 'Paused');
  await press(page, 'Resume');
  await expectStatus(page, VM, 'Running');
  await typeInSerial(page, VM, 'echo resumed-$((3 * 3))');
  await expectInSerial(page, VM, 'resumed-9');
});

test('a guest saved to disk goes on where it was', async ({ page, skep }) => {
  await openVm(page, VM, 'Console');
  await typeInSerial(page, VM, 'clear; KEPT=memory-$((5 * 5))');
  await pressInMenu(page, VM, 'Save to disk');
  await expectStatus(page, VM, 'Saved', GUEST_TIMEOUT_MS);
  await expect.poll(() => skep.qemus().filter(({ vm }) => vm === VM)).toEqual([]);
  await press(page, 'Restore');
  await expectStatus(page, VM, 'Running', GUEST_TIMEOUT_MS);
  await typeInSerial(page, VM, 'echo still $KEPT');
  await expectInSerial(page, VM, 'still memory-25');
});

test('a disc can be put in and ejected while the VM runs', async ({ page }) => {
  await openVm(page, VM, 'Hardware');
  const drives = page.getByRole('list', { name: 'CD-ROM drives' });
  await page.getByRole('button', { name: 'Choose a disc for CD-ROM 0' }).click();
  await pickFile(page, 'ISO image', 'tiny-install.iso');
  await expect(drives).toContainText('tiny-install.iso');
  await page.getByRole('button', { name: 'Eject the disc of CD-ROM 0' }).click();
  await expect(drives).toContainText('Empty');
  await page.reload();
  await expect(drives).toContainText('Empty');
});

test('Shut down asks the guest, and a taken host port is named when it starts again', async ({ page }) => {
  await openVm(page, VM);
  await press(page, 'Shut down');
  await expectStatus(page, VM, 'Stopped', GUEST_TIMEOUT_MS);
  const intruder = createServer().listen(ports.http, '127.0.0.1');
  await once(intruder, 'listening');
  await press(page, 'Start');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(String(ports.http));
  await expectStatus(page, VM, 'Stopped');
  intruder.close();
});

/**
 * Text typed at a guest's own console, read back from what the guest got: every character that each layout has. The
 * guest's layouts come from Debian's tools, Skep's from its own tables: where they agree, both are right.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures/test';
import { choose, fillNumber } from './fixtures/form';
import {
  confirm,
  expectInSerial,
  expectStatus,
  GUEST_TIMEOUT_MS,
  openTab,
  openVm,
  pressInMenu,
  screenOf,
  serialConsole,
  typeInSerial,
} from './fixtures/vm-page';
import { createVm } from './fixtures/wizard';
import { typingMap } from '../lib/shared/typing/keystrokes';
import { keyboardLayout, LAYOUTS, type KeyboardLayout } from '../lib/shared/typing/layouts';
import type { Page } from '@playwright/test';

test.describe.configure({ mode: 'serial' });

const VM = 'scribe';

async function typeText(page: Page, text: string, layout: KeyboardLayout = 'us'): Promise<void> {
  await page.getByRole('button', { name: 'Type text…' }).click();
  const dialog = page.getByRole('dialog', { name: `Type text into ${VM}` });
  await choose(page, 'Layout of the guest', LAYOUTS[layout].label);
  // A PC keyboard's queue has 16 bytes, three characters with Shift: a guest on a busy host must keep up.
  await fillNumber(dialog, 'Speed', 15);
  await dialog.getByRole('textbox', { name: 'Text' }).fill(text);
  await dialog.getByRole('button', { name: 'Type', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** The last entry of the CD's menu, from a reset on: at the first start the menu's second is over too soon. */
async function chooseLive(page: Page): Promise<void> {
  const console = serialConsole(page, VM);
  await pressInMenu(page, VM, 'Reset');
  await confirm(page, 'Reset');
  await console.getByRole('textbox').focus();
  const pressDown = async () => {
    await page.keyboard.press('ArrowDown');
    return console.innerText();
  };
  await expect.poll(pressDown, { intervals: [100], timeout: GUEST_TIMEOUT_MS }).toMatch(/Tiny\sLinux\slive/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

test('what a layout cannot type is named before anything is sent', async ({ page, skep }) => {
  skep.addToLibrary('tiny-install.iso');
  await createVm(page, { name: VM, iso: 'tiny-install.iso', memoryMiB: 512, diskGiB: 1 });
  await openTab(page, VM, 'Console');
  await chooseLive(page);
  await expectInSerial(page, VM, /TINY-READY/, GUEST_TIMEOUT_MS);
  await openTab(page, VM, 'Display');
  await expect(screenOf(page, VM)).toBeVisible();
  await page.getByRole('button', { name: 'Type text…' }).click();
  const dialog = page.getByRole('dialog', { name: `Type text into ${VM}` });
  const text = dialog.getByRole('textbox', { name: 'Text' });
  await text.fill('naïve жизнь');
  await expect(dialog.getByRole('status')).toContainText(
    'English (US) cannot type 6 different characters: ï ж и з н ь',
  );
  await dialog.getByRole('button', { name: 'Leave out' }).click();
  await expect(text).toHaveValue('nave ');
  await dialog.getByText('Hide the text').click();
  await expect(dialog.getByLabel('Text', { exact: true })).toHaveAttribute('type', 'password');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

// A busy host loses a key of thousands, so that all layouts in one run are for a quiet one:
// SKEP_LAYOUTS=all npm test -- --only=e2e e2e/typing.spec.ts
const layouts = process.env.SKEP_LAYOUTS === 'all' ? keyboardLayout.options : (['us'] as const);

for (const layout of layouts) {
  test(`every character of the layout ${layout} arrives in the guest as it was typed`, async ({ page }) => {
    const text = [...typingMap(layout).keys()].filter((c) => c !== '\n' && c !== '\t').join('');
    const file = `/tmp/typed-${layout}`;
    await openVm(page, VM, 'Display');
    await typeText(page, `cat > ${file}\n`);
    await openTab(page, VM, 'Console');
    await typeInSerial(
      page,
      VM,
      `until [ -e ${file} ]; do usleep 100000; done; loadkmap < /lib/keymaps/${layout}; echo set-$?`,
    );
    await expectInSerial(page, VM, 'set-0');
    await openTab(page, VM, 'Display');
    await typeText(page, `${text}\n`, layout);
    await openTab(page, VM, 'Console');
    // The last line is there when cat has its end; the guest's own keys go back to where they were.
    await typeInSerial(
      page,
      VM,
      `until [ -s ${file} ]; do usleep 100000; done; loadkmap < /lib/keymaps/us; killall cat; clear`,
    );
    await typeInSerial(page, VM, `od -An -v -tx1 ${file} | tr -d ' \\n' | sed 's/^/<${layout} /;s/$/>/'`);
    const hex = Buffer.from(`${text}\n`).toString('hex');
    await expectInSerial(page, VM, `<${layout} ${hex}>`);
  });
}

test('what the guest said on its serial port can be read and searched after it has stopped', async ({ page }) => {
  await openVm(page, VM, 'Console');
  await typeInSerial(page, VM, 'echo needle-$((40 + 2))');
  await expectInSerial(page, VM, 'needle-42');
  await pressInMenu(page, VM, 'Force off');
  await confirm(page, 'Force off');
  await expectStatus(page, VM, 'Stopped');
  await page.reload();
  await page.getByRole('button', { name: 'Past output' }).click();
  const past = page.getByRole('dialog', { name: `Past output of ${VM}` });
  await expect(past.getByLabel('Output', { exact: true })).toContainText('TINY-READY');
  await past.getByRole('searchbox').fill('NEEDLE-42');
  await expect(past.getByRole('status')).toHaveText('1 line with “NEEDLE-42”');
  const download = page.waitForEvent('download');
  await past.getByRole('button', { name: 'Save as a text file' }).click();
  const saved = readFileSync(await (await download).path(), 'utf8');
  expect(saved).toMatch(/--- .*: the VM was started ---/);
  expect(saved).toContain('needle-42');
  expect(saved).not.toContain('\u001b');
});

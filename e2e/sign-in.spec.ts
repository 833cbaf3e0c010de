/** Who may come in: the first administrator by a link, later ones by password or link, nobody else. */
import { expect, test as base, type Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { ADMIN, createAdministrator, expectSignedIn, signOut, typePassword } from './fixtures/person';
import { SkepServer } from './fixtures/skep-server';

/** A Skep that nobody has signed in to yet, shared by the tests of this file. */
const test = base.extend<object, { fresh: SkepServer }>({
  fresh: [
    async ({ browserName }, use) => {
      expect(browserName).toBe('chromium');
      const server = await SkepServer.launch();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ fresh }, use) => use(fresh.origin),
});

test.describe.configure({ mode: 'serial' });

const LINK_IS_VOID = 'This link does not work any more';

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`)).toEqual([]);
}

test('without an administrator the sign-in page says where the link is', async ({ page }) => {
  await page.goto('/vms');
  await page.waitForURL('**/login**');
  await expect(page.getByText('There is no administrator yet.')).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveCount(0);
  await expectNoFaults(page);
});

test('the printed link makes the administrator, once', async ({ page, fresh }) => {
  const link = fresh.printedLink();
  await page.goto(link);
  await expectNoFaults(page);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page.getByText('A password needs at least 10 characters.')).toBeVisible();
  await createAdministrator(page, link);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: LINK_IS_VOID })).toBeVisible();
  await expectNoFaults(page);
});

test('a wrong password is refused, the right one lets in, and signing out ends it', async ({ page, context }) => {
  await page.goto('/vms');
  await page.waitForURL('**/login**');
  await expectNoFaults(page);
  await typePassword(page, 'not the password');
  await expect(page.getByText('The name or the password is wrong.')).toBeVisible();
  await typePassword(page, ADMIN.password);
  await expectSignedIn(page);

  const second = await context.newPage();
  await second.goto('/vms');
  await expectSignedIn(second);
  await signOut(page);
  // The server closes the other tab's socket, and the tab says so.
  await expect(second.getByText('You are signed out.')).toBeVisible();
  await second.getByRole('button', { name: 'Sign in' }).click();
  await second.waitForURL('**/login**');
  await page.goto('/vms');
  await page.waitForURL('**/login**');
});

test('a link from the host signs in once, and a newer link makes the older void', async ({ page, fresh }) => {
  const older = await fresh.newLink();
  const newer = await fresh.newLink();
  await page.goto(older);
  await expect(page.getByRole('heading', { name: LINK_IS_VOID })).toBeVisible();
  await page.goto(newer);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectSignedIn(page);
  await signOut(page);
  await page.goto(newer);
  await expect(page.getByRole('heading', { name: LINK_IS_VOID })).toBeVisible();
});

test('guessing is slowed down', async ({ page }) => {
  await page.goto('/login');
  for (let attempt = 0; attempt < 10; attempt++) {
    await typePassword(page, `guess number ${attempt}`);
    const refused = page.getByText('The name or the password is wrong.');
    const slowed = page.getByText('Too many tries.');
    await expect(refused.or(slowed)).toBeVisible();
    if (await slowed.isVisible()) break;
  }
  await expect(page.getByText('Too many tries.')).toBeVisible();
});

test('scripts without a session, or with a wrong Host, get a refusal', async ({ request, fresh }) => {
  const ticket = await request.post('/api/v1/tickets', { data: { kind: 'events', vmId: null } });
  expect(ticket.status()).toBeGreaterThanOrEqual(400);
  const rebound = await request.get('/vms', { headers: { Host: `attacker.example:${fresh.port}` }, maxRedirects: 0 });
  expect(rebound.status()).toBe(421);
});

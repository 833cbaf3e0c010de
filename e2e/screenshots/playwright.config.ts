/** `npx playwright test -c e2e/screenshots` takes the README's pictures from a real run, into docs/screenshots/. */
import config from '../../playwright.config';

export default { ...config, testDir: '.', testMatch: 'readme.shots.ts', timeout: 600_000, reporter: 'list' };

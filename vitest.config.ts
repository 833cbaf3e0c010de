import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['{lib,components,scripts}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    // Sockets, child processes and a native database addon: a process per file keeps them apart.
    pool: 'forks',
    maxWorkers: 2,
    // What a test that passes prints is of no interest.
    silent: 'passed-only',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A busy host can make one try of a test on real processes too slow; the report names what needed two.
    retry: process.env.CI ? 1 : 0,
    // A test that was focused by mistake must not turn the others off.
    allowOnly: false,
  },
});

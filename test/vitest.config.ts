import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // graphql ships two module formats; two copies in one process refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    // What is loaded once serves every file: a third of the time. No file changes what another one imports.
    isolate: false,
  },
})

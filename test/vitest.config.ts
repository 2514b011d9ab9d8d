import { defineConfig } from 'vitest/config'
import { databaseTests } from './support/database-tests.js'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // graphql ships two module formats; two copies in one process refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // All of them; or, where all have run on another database, those alone that can come out differently on this one.
    include: process.env['ONRECORD_TESTS'] === 'database' ? databaseTests() : ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    // What is loaded once serves every file: a third of the time. No file changes what another one imports.
    isolate: false,
  },
})

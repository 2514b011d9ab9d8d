import { defineConfig } from 'prisma/config'

// generate, validate and format never run Prisma's native schema engine, but the CLI downloads one unless it is told of a file
// that could be it. Migrations go through the engine's WASM build (`onrecord migrate`), so no download is needed anywhere.
if (['generate', 'validate', 'format'].some((command) => process.argv.includes(command))) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath
}

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  // Only `prisma migrate deploy` reads it, for those who have the native engine.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/onrecord' },
})

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { MIGRATIONS_FOLDER, migrationNames } from './pending-migrations.js'
import { serverPool } from './server-pool.js'

const NO_FILTERS = { externalTables: [], externalEnums: [] }

// A global of Node's that @types/node leaves to the DOM library.
declare const WebAssembly: { instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, () => void> } }> }

/** Applies the versioned SQL with Prisma's own engine (its WASM build): same table and checksums as `prisma migrate deploy`. */
export async function migrateServer(url: string): Promise<readonly string[]> {
  return withServerEngine(url, async (engine) => (await engine.applyMigrations({ migrationsList: await migrationList(), filters: NO_FILTERS })).appliedMigrationNames)
}

/** The same for the embedded database. */
export async function migrateEmbedded(lite: PGlite): Promise<readonly string[]> {
  return withEngine(wholeScripts(new PrismaPGlite(lite), (script) => lite.exec(script)), async (engine) => (await engine.applyMigrations({ migrationsList: await migrationList(), filters: NO_FILTERS })).appliedMigrationNames)
}

/** SQL that turns one Prisma schema (or nothing) into another, by the same engine; for writing the next migration. */
export async function diffSchemas(lite: PGlite, from: string | undefined, to: string): Promise<string> {
  const target = (schema: string | undefined) => (schema === undefined ? { tag: 'empty' as const } : { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content: schema }] })
  return withEngine(wholeScripts(new PrismaPGlite(lite), (script) => lite.exec(script)), async (engine) => {
    const result = await engine.diff({ from: target(from), to: target(to), script: true, exitCode: null, shadowDatabaseUrl: null, filters: NO_FILTERS } as never)
    return (result as { stdout?: string | null }).stdout ?? ''
  })
}

async function withServerEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  // A pool of its own, closed at the end: the engine's advisory lock lives in its session.
  const pool = serverPool(url, 1)
  try {
    return await withEngine(wholeScripts(new PrismaPg(pool), (script) => pool.query(script)), work)
  } finally {
    await pool.end()
  }
}

async function withEngine<T>(factory: SqlMigrationAwareDriverAdapterFactory, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
  try {
    return await work(engine)
  } finally {
    engine.free()
  }
}

let engineModule: Promise<typeof import('@prisma/schema-engine-wasm')> | undefined
function loadEngine(): Promise<typeof import('@prisma/schema-engine-wasm')> {
  // Once: the glue keeps views of the first instance's memory.
  engineModule ??= startEngine()
  return engineModule
}

/** The package's own entry imports its .wasm file as a module, which Node 20 cannot; so the file is read and started here. */
async function startEngine(): Promise<typeof import('@prisma/schema-engine-wasm')> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg') as typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: object): void }
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports['__wbindgen_start']!()
  return glue
}

async function migrationList() {
  const names = await migrationNames()
  const migrationDirectories = await Promise.all(names.map(async (name) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: await readFile(`${MIGRATIONS_FOLDER}/${name}/migration.sql`, 'utf8') } },
  })))
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: 'migration_lock.toml', content: await readFile(`${MIGRATIONS_FOLDER}/migration_lock.toml`, 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

/**
 * Neither adapter runs a script as PostgreSQL would: PGlite's does not wait for it, so that a failing migration ends the process, and
 * pg's cuts it at every semicolon, inside functions too. This one hands the whole script over and waits.
 */
function wholeScripts(factory: SqlMigrationAwareDriverAdapterFactory, run: (script: string) => Promise<unknown>): SqlMigrationAwareDriverAdapterFactory {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script: string) => {
      try {
        await run(script)
      } catch (error) {
        ;(adapter as unknown as { onError(error: unknown): never }).onError(error)
      }
    }
    return adapter
  }
  return factory
}

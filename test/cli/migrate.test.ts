import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CliPlace, lines } from './onrecord.js'

let place: CliPlace
let migrations: string[]
beforeAll(async () => {
  migrations = (await readdir(new URL('../../prisma/migrations', import.meta.url), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  place = await CliPlace.open({ isEmpty: true })
  if (place.env['DATABASE_URL']) await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
})
afterAll(() => place.remove())

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: place.env['DATABASE_URL']! })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

it('tells what is pending, applies it once, and has nothing left to do', async () => {
  expect(await place.run(['migrate', '--status'])).toEqual({ code: 0, out: migrations.map((name) => `${name}\n`).join(''), err: `${migrations.length} migrations pending:\n` })
  expect(existsSync(place.data)).toBe(false)
  const { code, out } = await place.run(['migrate'])
  expect(code).toBe(0)
  expect(lines(out)).toEqual(migrations.map((name) => `applied  ${name}`))
  for (const args of [['migrate'], ['migrate', '--status']]) expect(await place.run(args)).toEqual({ code: 0, out: 'The database has every migration.\n', err: '' })
})

it.runIf(process.env['DATABASE_URL'])('says what to do where a server lacks migrations, or one of them failed', async () => {
  await query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${migrations.at(-1)}'`)
  expect(await place.run(['export', '--all'])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^The database lacks a migration \(.*\)\. Run "npx onrecord migrate" first\.\n$/) })
  const { code, err } = await place.run(['migrate'])
  expect(code).toBe(1)
  expect(err).toContain(migrations.at(-1))
  expect(err).not.toMatch(/\n\s+at /)
})

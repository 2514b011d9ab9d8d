import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { databaseTests } from '../support/database-tests.js'

const TESTS = new URL('../', import.meta.url)

it('a test that opens a database, a server, the command or a browser runs on each database; one of text alone, or with a server of its own, does not', () => {
  const all = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  const opens = all.filter((file) => {
    const text = readFileSync(new URL(file, TESTS), 'utf8')
    return /TestNewsroom|freshDatabase|databaseForTest|CliPlace|DeskBrowser|openDatabase|openServerDatabase|createServer/.test(text) && !text.includes('PostgresCluster.make')
  })
  expect(opens.length).toBeGreaterThan(80)
  const again = databaseTests()
  expect(again).toEqual(expect.arrayContaining(opens.map((file) => `test/${file}`)))
  for (const file of ['extraction/hostile.test.ts', 'document/parse.test.ts', 'checks/verbatim.test.ts', 'crash/postgres-kill.test.ts']) {
    expect(all).toContain(file)
    expect(again).not.toContain(`test/${file}`)
  }
})

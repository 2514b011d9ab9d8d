// Prints the SQL that turns the schema of the last commit into the present one, for the next folder in prisma/migrations:
//   npm run migration
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { diffSchemas } from '../src/database/migrations.js'

const now = await readFile(new URL('schema.prisma', import.meta.url), 'utf8')
let before: string | undefined
try {
  before = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
} catch {
  // No schema committed yet: from nothing.
}
process.stdout.write(await diffSchemas(await PGlite.create(), before, now))

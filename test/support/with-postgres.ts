import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { PostgresCluster, postgresBinaries } from './postgres-cluster.js'

// Runs a command on PostgreSQL, and ends with its exit code: `node … test/support/with-postgres.ts npm test`. On the server that DATABASE_URL
// names; or on one of its own, where PostgreSQL is installed, which need not survive a crash: dropping a database takes a tenth of the time
// there; or on the one of this machine.
const [command, ...given] = process.argv.slice(2)
const LOCAL = 'postgresql://postgres@127.0.0.1:5432/postgres'
const named = process.env['DATABASE_URL']
const binaries = named ? undefined : postgresBinaries()
const cluster = binaries === undefined ? undefined : await PostgresCluster.make(binaries, { connections: 200, isDurable: false })
process.exitCode = 1
try {
  const url = cluster?.url ?? (named || LOCAL)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  const answers = await client.connect().then(() => true, () => false)
  await client.end()
  if (answers) {
    const child = spawn(command!, given, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
    const [code] = await once(child, 'exit') as [number | null]
    process.exitCode = code ?? 1
  } else {
    console.error(`PostgreSQL does not answer at ${url}. Start one, or name another with DATABASE_URL.`)
  }
} finally {
  await cluster?.remove()
}

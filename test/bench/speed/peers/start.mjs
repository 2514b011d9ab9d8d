import { execFileSync } from 'node:child_process'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { databaseOf } from './database.mjs'

// Starts the built server for the peers' runner (PROJECT_CMD), on a fresh copy of what peers/load.ts stored. The runner sends no
// headers: requests to the newsroom contract get a reporter's token.
const theirs = process.env.DATABASE_URL
const { name, template } = databaseOf(theirs)
const admin = new pg.Client({ connectionString: new URL('/postgres', theirs).href })
await admin.connect()
if (process.env.BENCH_KEEP !== '1') await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`).catch((error) => { if (error.code !== '42P04') throw error })
await admin.end()
const own = new URL(`/${name}`, theirs).href
Object.assign(process.env, {
  DATABASE_URL: own, ONRECORD_POOL: process.env.POOL ?? '10', ONRECORD_DEMO: 'off', ONRECORD_SECRETS: path.join(os.tmpdir(), 'onrecord-bench-secrets'),
})

const command = fileURLToPath(new URL('../../../../dist/cli/main.js', import.meta.url))
const token = execFileSync(process.execPath, [command, 'token', 'issue', '--name', 'bench', '--role', 'reporter'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

const emit = http.Server.prototype.emit
http.Server.prototype.emit = function (event, request, ...rest) {
  if (event === 'request' && request.url === '/newsroom/graphql') request.headers.authorization = `Bearer ${token}`
  return emit.call(this, event, request, ...rest)
}
await import('../../../../dist/main.js')

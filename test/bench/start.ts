import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { freePort } from '../support/free-port.js'
import { memoryOf } from './memory.js'

// How long a warm start takes to the first answer, on an embedded database and, where DATABASE_URL names a server, in a new database there;
// and how long commands take that need no database. Medians of interleaved starts, as a Markdown table. Needs Linux. After `npm run build`:
// node --import @oxc-node/core/register test/bench/start.ts [--starts 7] [--builds dist,dist-before]
const { values } = parseArgs({ options: { starts: { type: 'string', default: '7' }, builds: { type: 'string', default: 'dist' } } })
const QUERY = JSON.stringify({ query: '{ stories(first: 1) { nodes { slug } } }' })
const TEXT = '“We were told on Monday,” said Ada Quill, the harbor master.\n\nTwo officials said the plan was off.\n'
const HERTZ = 100
/** Milliseconds that a server which has answered is left alone before its memory is read. */
const SETTLING = 4_000

interface Measured { readonly wall: number; readonly cpu: number; readonly memory?: number }
interface Case { readonly what: string; measure(build: string): Promise<Measured> }

const folder = mkdtempSync(path.join(tmpdir(), 'onrecord-start-'))

function onServer(url: string | undefined): Case {
  const env = { ...process.env, DATABASE_URL: url ?? '', ONRECORD_DEMO: 'on', ONRECORD_DATA: path.join(folder, 'data'), ONRECORD_SECRETS: path.join(folder, 'secrets') }
  return { what: `server, ${url === undefined ? 'embedded database' : 'PostgreSQL'}`, measure: (build) => startOf(build, env) }
}

async function startOf(build: string, env: NodeJS.ProcessEnv): Promise<Measured> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(process.execPath, [`${build}/main.js`], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...env, PORT: String(port) } })
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()) })
  try {
    while (!(await isAnswered(port))) {
      if (child.exitCode !== null) throw new Error('The server does not start.')
      await new Promise((resolve) => { setTimeout(resolve, 3) })
    }
    const wall = performance.now() - begun
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
    const cpu = (Number(fields[11]) + Number(fields[12])) * 1000 / HERTZ
    await new Promise((resolve) => { setTimeout(resolve, SETTLING) })
    return { wall, cpu, memory: memoryOf(child.pid!) }
  } finally {
    child.kill()
    await ended
  }
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'content-length': QUERY.length } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200))
    }).on('error', () => resolve(false)).end(QUERY)
  })
}

/** A shell tells the processor time of what it has run. */
function onCommand(...args: string[]): Case {
  return {
    what: `onrecord ${args.join(' ')}`,
    measure: async (build) => {
      const begun = performance.now()
      const { stdout, status } = spawnSync('sh', ['-c', '"$@" > /dev/null && times', 'sh', process.execPath, `${build}/cli/main.js`, ...args], { encoding: 'utf8', input: TEXT })
      const wall = performance.now() - begun
      if (status !== 0) throw new Error(`onrecord ${args.join(' ')} ends with ${status}.`)
      const parts = [...stdout.trim().split('\n').at(-1)!.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds))
      return { wall, cpu: (parts[0]! + parts[1]!) * 1000 }
    },
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

async function measureAll(cases: readonly Case[], builds: readonly string[]): Promise<void> {
  const measured = new Map<string, Measured[]>()
  for (let round = 0; round < Number(values.starts); round += 1) {
    for (const { what, measure } of cases) {
      for (const build of builds) {
        const key = builds.length > 1 ? `${what}, ${build}` : what
        measured.set(key, [...measured.get(key) ?? [], await measure(build)])
      }
    }
  }
  console.log('| | wall ms | CPU ms | resident MB |\n|---|---|---|---|')
  for (const [what, all] of measured) {
    const memory = all[0]!.memory === undefined ? '' : median(all.map((each) => each.memory!)).toFixed(0)
    console.log(`| ${what} | ${median(all.map(({ wall }) => wall)).toFixed(0)} | ${median(all.map(({ cpu }) => cpu)).toFixed(0)} | ${memory} |`)
  }
}

async function main(): Promise<void> {
  const builds = values.builds.split(',')
  const cases = [onServer(undefined)]
  const admin = process.env['DATABASE_URL'] ? new pg.Client({ connectionString: process.env['DATABASE_URL'] }) : undefined
  const name = `onrecord_start_${randomUUID().replaceAll('-', '')}`
  await admin?.connect()
  try {
    if (admin) {
      await admin.query(`CREATE DATABASE "${name}"`)
      const place = new URL(process.env['DATABASE_URL']!)
      place.pathname = `/${name}`
      spawnSync(process.execPath, [`${builds[0]}/cli/main.js`, 'migrate'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DATABASE_URL: place.href } })
      cases.push(onServer(place.href))
    }
    // The first start of each makes what the others find.
    for (const { measure } of cases) await measure(builds[0]!)
    await measureAll([...cases, onCommand('--help'), onCommand('rules'), onCommand('extract', '-')], builds)
  } finally {
    await admin?.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    await admin?.end()
    rmSync(folder, { recursive: true })
  }
}

await main()

// What repeated public reads cost against a bare node:http server that writes the same bytes, ready in memory. After `npm run build`:
//   node --import @oxc-node/core/register test/bench/cached-reads.ts [rounds]
// Needs wrk. Reads the demo stories; with DATABASE_URL, an empty database on that server. Ratios within one run are what counts; on a
// busy machine those of the best rounds, and the least CPU, are steadier than the medians.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROUNDS = Number(process.argv[2] ?? 10)
const SECONDS = 1
const [OURS, READY] = [4987, 4988]
const SLUGS = ['pentagon-anthropic-deadline', 'corvane-chief-steps-down', 'halden-vaccine-trial-paused']

const WORKLOADS: Readonly<Record<string, readonly object[]>> = {
  'W1 story page': SLUGS.map((slug) => ({ query: 'query StoryPage($slug: String!) { story(slug: $slug) { slug headline summary publishedAt paragraphs { text } quotes { text speech speaker { name title organization { name } } } anonymousAttributions { text descriptor } officialStatements { channel issuer { name } } topics { code name } bylines { name } } }', variables: { slug } })),
  'W2 front page': [{ query: '{ stories(first: 20) { nodes { slug headline summary publishedAt topics { code name } bylines { name } quotes(first: 2) { text speech speaker { name title organization { name } } } } } }' }],
  'W3 quotes of a person': [{ query: '{ quotes(first: 20) { nodes { text speech saidAt speaker { name } story { slug headline } } pageInfo { hasNextPage endCursor } } }' }],
}

/** Ready bytes by the request's body, which is parsed as any server would. */
if (process.argv[2] === 'ready') {
  const answers = new Map(Object.entries(JSON.parse(readFileSync(process.argv[3]!, 'utf8')) as Record<string, string>).map(([key, text]) => [key, Buffer.from(text)]))
  createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { query, variables } = JSON.parse((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()) as { query: string; variables?: { slug: string } }
      const bytes = answers.get(`${query} ${variables?.slug ?? ''}`)!
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
      response.end(bytes)
    })
  }).listen(READY, '127.0.0.1')
} else await main()

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'onrecord-bench-'))
  const children: ChildProcess[] = []
  const start = async (args: string[], port: number) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PORT: String(port), ONRECORD_DEMO: 'on', ONRECORD_DATA: path.join(folder, 'data'), ONRECORD_SECRETS: path.join(folder, 'secrets') } })
    children.push(child)
    for (let tries = 0; tries < 3_000; tries += 1) {
      if (child.exitCode !== null) throw new Error('The server does not start.')
      if (await fetch(`http://127.0.0.1:${port}/healthz`).then(() => true, () => false)) return child
      await new Promise((resolve) => { setTimeout(resolve, 100) })
    }
    throw new Error(`${args[0]} does not answer.`)
  }
  try {
    if (process.env['DATABASE_URL']) spawnSync(process.execPath, ['dist/cli/main.js', 'migrate'], { stdio: 'inherit' })
    const ours = await start(['dist/main.js'], OURS)
    const answers: Record<string, string> = {}
    for (const body of Object.values(WORKLOADS).flat() as { query: string; variables?: { slug: string } }[]) {
      const response = await fetch(`http://127.0.0.1:${OURS}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      const text = await response.text()
      if (response.status !== 200 || text.includes('"errors"')) throw new Error(text)
      answers[`${body.query} ${body.variables?.slug ?? ''}`] = text
    }
    const file = path.join(folder, 'answers.json')
    writeFileSync(file, JSON.stringify(answers))
    // Not awaited for its health: it has none.
    const ready = spawn(process.execPath, ['--import', '@oxc-node/core/register', import.meta.filename, 'ready', file], { stdio: 'inherit' })
    children.push(ready)
    await new Promise((resolve) => { setTimeout(resolve, 2_000) })
    process.stdout.write('| workload | bytes | ready bytes, req/s | Onrecord, req/s | ratio, median of rounds | ratio of the best rounds | least CPU µs a request, ready / Onrecord |\n|---|---|---|---|---|---|---|\n')
    for (const [name, bodies] of Object.entries(WORKLOADS)) {
      const script = path.join(folder, 'load.lua')
      writeFileSync(script, `local bodies = {${bodies.map((body) => JSON.stringify(JSON.stringify(body))).join(', ')}}\nlocal n = 0\nwrk.method = "POST"\nwrk.headers["content-type"] = "application/json"\nrequest = function() n = n + 1; return wrk.format(nil, "/graphql", nil, bodies[n % #bodies + 1]) end\n`)
      const rounds = Array.from({ length: ROUNDS }, () => [run(READY, ready.pid!, script), run(OURS, ours.pid!, script)] as const)
      const [before, own] = [rounds.map(([one]) => one), rounds.map(([, one]) => one)]
      const best = (of: readonly { rate: number }[]) => Math.max(...of.map(({ rate }) => rate))
      const least = (of: readonly { cpu: number }[]) => Math.min(...of.map(({ cpu }) => cpu))
      const bytes = Object.entries(answers).find(([key]) => key.startsWith((bodies[0] as { query: string }).query))![1].length
      process.stdout.write(`| ${name} | ${bytes} | ${Math.round(best(before))} | ${Math.round(best(own))} | ${median(rounds.map(([one, other]) => other.rate / one.rate)).toFixed(2)} | ${(best(own) / best(before)).toFixed(2)} | ${least(before).toFixed(0)} / ${least(own).toFixed(0)} |\n`)
    }
  } finally {
    for (const child of children) child.kill()
    await new Promise((resolve) => { setTimeout(resolve, 1_000) })
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(port: number, pid: number, script: string): { rate: number; cpu: number } {
  const before = cpuOf(pid)
  const { stdout, error } = spawnSync('wrk', ['-t1', '-c32', `-d${SECONDS}s`, '-s', script, `http://127.0.0.1:${port}/graphql`], { encoding: 'utf8' })
  if (error) throw error
  if (stdout.includes('Non-2xx')) throw new Error(stdout)
  const count = Number(/(\d+) requests in/.exec(stdout)![1])
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]), cpu: ((cpuOf(pid) - before) * 1e6) / count }
}

/** Seconds of CPU that a process has used. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { demoDocuments } from '../../src/demo/index.js'
import { settingsTable } from '../../src/env.js'
import { transitionTable } from '../../src/stories/index.js'
import { freshServerUrl } from '../support/database.js'
import { TestNewsroom } from '../support/newsroom.js'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('the README', () => {
  const examples = [...README.matchAll(/```graphql\n([\s\S]*?)```\s+```json\n([\s\S]*?)```/g)].map(([, query, answer]) => ({ query: query!, answer: answer! }))

  it('shows queries with the answers that the demo newsroom gives', async () => {
    expect(examples.length).toBeGreaterThanOrEqual(3)
    const newsroom = await TestNewsroom.open()
    await newsroom.add(...demoDocuments(newsroom.now))
    for (const { query, answer } of examples) {
      const { status: _status, ...given } = await newsroom.read(query)
      expect(given, query).toEqual(JSON.parse(answer))
    }
    await newsroom.close()
  })

  it('shows queries of the newsroom contract with the answers that staff get', async () => {
    const shown = [...README.matchAll(/```graphql newsroom\n([\s\S]*?)```\s+```json\n([\s\S]*?)```/g)]
    expect(shown.length).toBeGreaterThanOrEqual(1)
    const newsroom = await TestNewsroom.open()
    await newsroom.add(...demoDocuments(newsroom.now))
    for (const [, query, answer] of shown) {
      const { status: _status, ...given } = await newsroom.readAsStaff(query!)
      expect(given, query).toEqual(JSON.parse(answer!))
    }
    await newsroom.close()
  })

  it('shows one query at least that is refused', () => {
    expect(examples.some(({ answer }) => 'errors' in JSON.parse(answer))).toBe(true)
  })

  it('shows commands that work, in the order shown', async () => {
    const commands = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('')
    expect(commands).toContain('npx onrecord import')
    const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-readme-'))
    const root = fileURLToPath(new URL('../..', import.meta.url))
    // From source, so that what is tested is what is here.
    const loader = import.meta.resolve('@oxc-node/core/register')
    const onrecord = `"${process.execPath}" --import "${loader}" "${path.join(root, 'src/cli/main.ts')}"`
    const fresh = await freshServerUrl()
    const env = { ...process.env, ONRECORD_DATA: path.join(folder, 'data'), ONRECORD_SECRETS: path.join(folder, 'secrets'), ...(fresh && { DATABASE_URL: fresh.url }) }
    const output = await promisify(execFile)('sh', ['-ec', commands.replaceAll('npx onrecord', onrecord)], { cwd: folder, env })
    expect(output.stdout).toMatch(/onr_staff_/)
    expect(output.stdout).toMatch(/killed +ferry-strike/)
    const backup = JSON.parse(await readFile(path.join(folder, 'backup.jsonl'), 'utf8')) as { slug: string; publication: object }
    expect(backup).toMatchObject({ slug: 'ferry-strike', publication: { version: 1 } })
    expect(output.stdout).toMatch(/said\[1\] Ada Quill/)
    expect(output.stdout).toMatch(/\{"id":"1","attributions":\[\{/)
    expect(output.stdout).toMatch(/draft +ferries-to-stop-on-friday +\d+ proposals/)
    await fresh?.drop()
    await rm(folder, { recursive: true, force: true })
  }, 240_000)

  it('lists the settings that the program reads', () => expect(README).toContain(settingsTable()))

  it('lists the transitions that the program allows', () => expect(README).toContain(transitionTable()))
})

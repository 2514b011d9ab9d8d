import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { actionTable } from '../../src/access/index.js'
import { fillWithDemo } from '../../src/demo/fill.js'
import { settingsTable } from '../../src/env.js'
import { transitionTable } from '../../src/stories/index.js'
import { CliPlace } from '../cli/onrecord.js'
import { TestNewsroom } from '../support/newsroom.js'
import { COMMAND } from '../support/programs.js'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** What an answer says apart from the id of its request, which every error has and no two share. */
const withoutIds = (answer: object) => JSON.parse(JSON.stringify(answer, (name, value: unknown) => (name === 'requestId' ? undefined : value))) as object

describe('the README', () => {
  const examples = [...README.matchAll(/```graphql\n([\s\S]*?)```\s+```json\n([\s\S]*?)```/g)].map(([, query, answer]) => ({ query: query!, answer: answer! }))
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await fillWithDemo(newsroom.database, newsroom.sources)
  })
  afterAll(() => newsroom.close())

  it('shows queries with the answers that the demo newsroom gives', async () => {
    expect(examples.length).toBeGreaterThanOrEqual(3)
    for (const { query, answer } of examples) {
      const { status: _status, ...given } = await newsroom.read(query)
      expect(withoutIds(given), query).toEqual(JSON.parse(answer))
    }
  })

  it('shows queries of the newsroom contract with the answers that staff get', async () => {
    const shown = [...README.matchAll(/```graphql newsroom\n([\s\S]*?)```\s+```json\n([\s\S]*?)```/g)]
    expect(shown.length).toBeGreaterThanOrEqual(1)
    for (const [, query, answer] of shown) {
      const { status: _status, ...given } = await newsroom.readAsStaff(query!)
      expect(withoutIds(given), query).toEqual(JSON.parse(answer!))
    }
  })

  it('shows a query of a partner with the answer that it gets', async () => {
    const [shown, ...others] = [...README.matchAll(/```graphql partner\n([\s\S]*?)```\s+```json\n([\s\S]*?)```/g)]
    expect(others).toEqual([])
    const { status: _status, ...given } = await newsroom.readAsPartner(await newsroom.partnerKey({ desks: ['Science', 'Metro'], archiveDays: 365, embargoAccess: 'ADVANCE' }), shown![1]!)
    expect(given).toEqual(JSON.parse(shown![2]!))
  }, 60_000)

  it('shows how a partner follows the changes, with commands that work', async () => {
    const [, commands] = /```sh follow\n([\s\S]*?)```/.exec(README)!
    const key = await newsroom.partnerKey({ desks: ['Science', 'Metro'] }, 'Daily Relay')
    const told: string[] = []
    for (const command of commands!.trim().split('\n')) {
      // What follows the changes has no end of its own.
      const run = command.replace('http://localhost:4000', newsroom.url).replace('onr_partner_…', key).replace('curl -N', 'curl -s -N --max-time 3').replace('curl "', 'curl -s "')
      told.push((await promisify(execFile)('sh', ['-c', `${run} || test $? = 28`])).stdout)
    }
    const [thin, whole, events] = told as [string, string, string]
    const lines = (text: string) => text.trim().split('\n').map((line) => JSON.parse(line) as { cursor: string; isComplete?: boolean; change?: { slug: string; story: { paragraphs?: object[] } } })
    expect(lines(thin).at(-1)).toEqual({ cursor: lines(thin).at(-2)!.cursor, isComplete: true })
    expect(lines(whole).map(({ cursor }) => cursor)).toEqual(lines(thin).map(({ cursor }) => cursor))
    expect(lines(whole)[0]!.change!.story.paragraphs!.length).toBeGreaterThan(0)
    expect([...events.matchAll(/^id: (.*)$/gm)].map(([, cursor]) => cursor)).toEqual(lines(thin).slice(0, -1).map(({ cursor }) => cursor))
  }, 120_000)

  it('shows one query at least that is refused', () => {
    expect(examples.some(({ answer }) => 'errors' in JSON.parse(answer))).toBe(true)
  })

  it('shows commands that work, in the order shown', async () => {
    const commands = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('')
    expect(commands).toContain('npx onrecord import')
    const place = await CliPlace.open()
    onTestFinished(() => place.remove())
    const onrecord = `"${process.execPath}" "${COMMAND}"`
    const output = await promisify(execFile)('sh', ['-ec', commands.replaceAll('npx onrecord', onrecord)], { cwd: place.folder, env: { ...process.env, ...place.env } })
    expect(output.stdout).toMatch(/onr_staff_/)
    expect(output.stdout).toMatch(/onr_partner_/)
    expect(output.stdout).toMatch(/killed +ferry-strike/)
    const exported = JSON.parse(await readFile(path.join(place.folder, 'newsroom.jsonl'), 'utf8')) as { slug: string; publication: object }
    expect(exported).toMatchObject({ slug: 'ferry-strike', publication: { version: 1 } })
    expect(output.stdout).toMatch(/said\[1\] Ada Quill/)
    expect(output.stdout).toMatch(/\{"id":"1","attributions":\[\{/)
    expect(output.stdout).toMatch(/draft +ferries-to-stop-on-friday +\d+ proposals/)
  }, 240_000)

  it('lists the settings that the program reads', () => expect(README).toContain(settingsTable()))

  it('lists who may do what, as the program has it', () => expect(README).toContain(actionTable()))

  it('lists the transitions that the program allows', () => expect(README).toContain(transitionTable()))
})

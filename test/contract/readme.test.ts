import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoDocuments } from '../../src/demo/index.js'
import { settingsTable } from '../../src/env.js'
import { transitionTable } from '../../src/stories/index.js'
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

  it('shows one query at least that is refused', () => {
    expect(examples.some(({ answer }) => 'errors' in JSON.parse(answer))).toBe(true)
  })

  it('lists the settings that the program reads', () => expect(README).toContain(settingsTable()))

  it('lists the transitions that the program allows', () => expect(README).toContain(transitionTable()))
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Parameters } from '../../src/database/read/parameters.js'
import { TestNewsroom } from '../support/newsroom.js'

const PIECES = [`'`, `''`, '\\', `\\'`, `'; DROP TABLE "Story"; --`, `E'`, '$$', '$1', '/*', '*/', '\n', '\r', '\t', '%', ':x', '"', '😀', 'é', '\u2028', 'U&', 'harbor']

describe('words that become part of a statement', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => { newsroom = await TestNewsroom.open() })
  afterAll(() => newsroom.close())

  const readBack = (words: string) => newsroom.database.transaction(async (on) => {
    const told: unknown[] = []
    for (const way of ['on', 'off']) {
      await on.query({ name: `conforming_${way}`, text: `SET LOCAL standard_conforming_strings = ${way}` }, [])
      told.push((await on.query<{ words: string }>({ name: 'words', text: `SELECT ${new Parameters().literal(words)} AS words`, isOnce: true }, []))[0]!.words)
    }
    return told
  })

  it.each(PIECES)('are themselves alone: %j', async (piece) => {
    for (const words of [piece, piece + piece, `${piece}x`, `x${piece}`]) expect(await readBack(words)).toEqual([words, words])
  })

  it('are themselves in any order', async () => {
    let state = 7
    const some = (count: number) => { state = (state * 48_271) % 2_147_483_647; return state % count }
    for (let time = 0; time < 60; time += 1) {
      const words = Array.from({ length: 1 + some(8) }, () => PIECES[some(PIECES.length)]).join('')
      expect(await readBack(words)).toEqual([words, words])
    }
  })

  it('are not kept with the connection as a statement of their own', async () => {
    for (const query of ['one', 'one', 'one', `it's`, `it's`]) expect((await newsroom.read('query ($query: String!) { search(query: $query) { nodes { kind } } quotes(filter: {text: $query}) { nodes { id } } }', { query })).errors).toBeUndefined()
    const kept = await newsroom.database.query<{ statement: string }>({ name: 'kept', text: 'SELECT statement FROM pg_prepared_statements' }, [])
    expect(kept.filter(({ statement }) => statement.includes('websearch_to_tsquery'))).toEqual([])
  })
})

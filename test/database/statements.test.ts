import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statement } from '../../src/database/index.js'
import { TestNewsroom } from '../support/newsroom.js'

describe('statements', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => { newsroom = await TestNewsroom.open() })
  afterAll(() => newsroom.close())

  it('are told apart on one connection, however long the names of all that they read', async () => {
    const label = ['quotes', 'stories', 'persons', 'officialStatements', 'organizations', 'anonymousAttributions'].join('_')
    const answers = await newsroom.database.transaction(async (on) => {
      const all: unknown[] = []
      for (let time = 0; time < 3; time += 1) for (const n of [1, 2, 3]) all.push((await on.query<{ n: number }>(statement(label, `SELECT ${n} AS n`), []))[0]!.n)
      return all
    })
    expect(answers).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3])
  })

  it('are told apart where one operation asks for many lists in two ways', async () => {
    const many = (first: number) => `{ person(key: "a") { key quotes(first: ${first}) { nodes { id } } stories(first: ${first}) { nodes { id } } attributions(first: ${first}) { nodes { id } } } organization(key: "a") { key quotes(first: ${first}) { nodes { id } } officialStatements(first: ${first}) { nodes { id } } stories(first: ${first}) { nodes { id } } } }`
    for (let time = 0; time < 4; time += 1) for (const first of [1, 2, 3]) expect((await newsroom.read(many(first))).errors).toBeUndefined()
  })
})

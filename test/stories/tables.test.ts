import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDocuments } from '../../src/demo/index.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { expectWholeStories } from '../support/whole-stories.js'

describe('the tables', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(...demoDocuments(newsroom.now), story('tables'))
  })
  afterAll(() => newsroom.close())

  it('say of every revision what its document says', async () => {
    expect(await expectWholeStories(newsroom.database)).toBe(19)
  })
})

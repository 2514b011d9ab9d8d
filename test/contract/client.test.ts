import type { TypedDocumentNode, VariablesOf } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { DeskDocument } from '../support/generated/newsroom/graphql.js'
import { FrontPageDocument } from '../support/generated/public/graphql.js'
import { TestNewsroom } from '../support/newsroom.js'

/** All that a typed client needs: it posts a document and gives back data of its type. */
async function ask<Data, Variables>(url: string, document: TypedDocumentNode<Data, Variables>, variables: Variables, headers: Record<string, string> = {}): Promise<Data> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query: print(document), variables }) })
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] }
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'))
  return data
}

describe('a typed client', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    const { publication: _unpublished, ...draft } = story('draft')
    await newsroom.add(story(1), draft)
  })
  afterAll(() => newsroom.close())

  it('reads the front page from the public contract, with the type of every answer known', async () => {
    const { stories } = await ask(newsroom.url + PATHS.PUBLIC, FrontPageDocument, { first: 10, filter: { desks: ['Metro'] } })
    expect(stories.nodes.map(({ slug }) => slug)).toEqual(['harbor-plan-1'])
    const [card] = stories.nodes
    expect(card!.quotes[0]).toEqual({ text: 'We will build berth 1', speaker: { name: 'Ada Quill', title: 'port director' } })
    const anonymous = card!.attributions.filter((attribution) => attribution.__typename === 'AnonymousAttribution')
    expect(anonymous.map(({ anonymousSource }) => anonymousSource.headcount)).toContainEqual({ min: 2, exact: 2 })
    expectTypeOf(card!.headline).toEqualTypeOf<string | null>()
    expectTypeOf(card!.attributions[0]!.speech).toEqualTypeOf<'DIRECT' | 'MIXED' | 'INDIRECT'>()
  })

  it('reads drafts and ground rules from the newsroom contract with a token', async () => {
    const authorization = `Bearer ${await newsroom.token('REPORTER')}`
    const { stories } = await ask(newsroom.url + PATHS.NEWSROOM, DeskDocument, { states: ['DRAFT'] }, { authorization })
    expect(stories.nodes).toHaveLength(1)
    expect(stories.nodes[0]).toMatchObject({ slug: 'harbor-plan-draft', state: 'DRAFT', revision: { number: 1, isPublic: false } })
    expectTypeOf(stories.nodes[0]!.attributions[0]!.groundRules.terms).toEqualTypeOf<'ON_RECORD' | 'BACKGROUND' | 'DEEP_BACKGROUND' | 'OFF_RECORD' | 'UNSTATED'>()
  })

  it('cannot ask the public contract for what only the newsroom has', async () => {
    await expect(ask(newsroom.url + PATHS.PUBLIC, DeskDocument, {})).rejects.toThrow(/Unknown type "StoryState"/)
  })

  it('is refused by the compiler when a variable has the wrong type', () => {
    // @ts-expect-error: `first` is a number
    const variables: VariablesOf<typeof FrontPageDocument> = { first: 'ten' }
    expect(variables).toBeDefined()
  })
})

import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { generate, type CodegenConfig } from '@graphql-codegen/cli'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PersistedDocuments, readPersistedDocuments } from '../../src/graphql/persisted-documents.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const SLUGS = 'query Slugs { stories { nodes { slug } } }'
const HEADLINES = 'query Headlines($first: Int) { stories(first: $first) { nodes { headline } } }'
const DEAR = '{ stories(first: 100) { nodes { topics { stories(first: 100) { nodes { slug } } } } } }'
const FREE = '{ __typename }'
const documents = new PersistedDocuments(new Map([SLUGS, HEADLINES, DEAR].map((text) => [hashOf(text), text])))

let newsroom: TestNewsroom
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'onrecord-documents-'))
  newsroom = await TestNewsroom.open({ limits: { documents } })
  await newsroom.add(story(1))
})
afterAll(async () => {
  await newsroom.close()
  await rm(folder, { recursive: true })
})

async function post(body: object, on: TestNewsroom = newsroom) {
  const response = await fetch(on.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return { status: response.status, ...((await response.json()) as { data?: any; errors?: { message: string; extensions: { code: string } }[] }) }
}
const code = async (body: object, on?: TestNewsroom) => {
  const { status, errors } = await post(body, on)
  return [status, errors?.[0]?.extensions.code]
}

describe('a registered document', () => {
  const served = { status: 200, data: { stories: { nodes: [{ slug: 'harbor-plan-1' }] } } }

  it('is run by its hash, as clients of Apollo or of Relay send it, and by GET', async () => {
    expect(await post({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(SLUGS) } } })).toEqual(served)
    expect(await post({ documentId: hashOf(SLUGS) })).toEqual(served)
    expect(await post({ documentId: `sha256:${hashOf(SLUGS)}` })).toEqual(served)
    expect(await post({ extensions: { persistedQuery: { version: 1, sha256Hash: `sha256:${hashOf(SLUGS)}` } } })).toEqual(served)
    expect(await post({ query: SLUGS, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(SLUGS) } } })).toEqual(served)
    const search = new URLSearchParams({ extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(HEADLINES) } }), variables: '{"first":1}' })
    const response = await fetch(`${newsroom.url}${PATHS.PUBLIC}?${search}`, { headers: { 'apollo-require-preflight': 'true' } })
    expect(await response.json()).toMatchObject({ data: { stories: { nodes: [{ headline: expect.any(String) }] } } })
  })

  it('is within the limits like any other', async () => {
    expect(await code({ documentId: hashOf(DEAR) })).toEqual([400, 'QUERY_TOO_EXPENSIVE'])
    expect(await code({ documentId: hashOf(HEADLINES), variables: { first: 101 } })).toEqual([400, 'BAD_USER_INPUT'])
  })

  it('that is not registered is asked for whole, and is not registered by that', async () => {
    const unknown = { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(FREE) } } }
    expect(await code(unknown)).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND'])
    expect((await post(unknown)).errors![0]!.message).toMatch(/^PersistedQueryNotFound/)
    expect(await post({ query: FREE, ...unknown })).toEqual({ status: 200, data: { __typename: 'Query' } })
    expect(await code(unknown)).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND'])
  })

  it('is not run for a hash that is none, or is that of another', async () => {
    expect(await code({ query: FREE, documentId: hashOf(SLUGS) })).toEqual([400, 'PERSISTED_QUERY_INVALID'])
    for (const sha256Hash of ['', 'x', hashOf(SLUGS).toUpperCase(), `${hashOf(SLUGS)}0`, 1, null, {}]) expect(await code({ extensions: { persistedQuery: { version: 1, sha256Hash } } })).toEqual([400, 'PERSISTED_QUERY_INVALID'])
    expect(await code({ extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(SLUGS) } } })).toEqual([400, 'PERSISTED_QUERY_INVALID'])
  })
})

describe('an allow-list', () => {
  it('holds readers to what is registered, where the newsroom says so; staff it does not', async () => {
    const held = await newsroom.beside({ limits: { documents, documentsOnly: true } })
    expect(await code({ query: FREE }, held)).toEqual([400, 'DOCUMENT_NOT_ALLOWED'])
    expect(await code({ query: `${SLUGS} ` }, held)).toEqual([400, 'DOCUMENT_NOT_ALLOWED'])
    expect(await code({ query: SLUGS }, held)).toEqual([200, undefined])
    expect(await code({ documentId: hashOf(SLUGS) }, held)).toEqual([200, undefined])
    expect((await held.readAsStaff(FREE)).errors).toBeUndefined()
    await held.close()
  })

  it('holds a partner to it, where the contract says so, also once that has ended', async () => {
    const key = await newsroom.partnerKey({ registeredOnly: true, validUntil: new Date(newsroom.now.getTime() + 60_000) })
    const [free, other] = [await newsroom.partnerKey({}, 'Daily Relay'), await newsroom.partnerKey({ registeredOnly: true, validFrom: new Date(newsroom.now.getTime() + 60_000) }, 'Night Post')]
    const codeOf = async (as: string, query: string) => (await newsroom.readAsPartner(as, query)).errors?.[0]?.extensions.code
    const refused = 'DOCUMENT_NOT_ALLOWED'
    for (const query of [FREE, `${SLUGS} `, `{ ...f } fragment f on Query { __typename }`, '{ __schema { queryType { name } } }', '{ nothing }', '{']) expect(await codeOf(key, query), query).toBe(refused)
    expect((await newsroom.readAsPartner(key, SLUGS)).data).toEqual({ stories: { nodes: [{ slug: 'harbor-plan-1' }] } })
    const byHash = await fetch(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` }, body: JSON.stringify({ documentId: hashOf(SLUGS) }) })
    expect(await byHash.json()).toEqual({ data: { stories: { nodes: [{ slug: 'harbor-plan-1' }] } } })
    for (const as of [free, other]) expect(await codeOf(as, FREE)).toBeUndefined()
    newsroom.now = new Date(newsroom.now.getTime() + 60_000)
    expect(await codeOf(other, FREE)).toBe(refused)
    expect(await codeOf(key, FREE)).toBe(refused)
    expect((await newsroom.readAsPartner(key, SLUGS)).data).toEqual({ stories: { nodes: [] } })
    await newsroom.changeContract({})
    expect(await codeOf(key, FREE)).toBeUndefined()
  })

  it('where nothing is registered leaves nothing to ask', async () => {
    const empty = await newsroom.beside()
    const key = await empty.partnerKey({ registeredOnly: true }, 'Weekly Wire')
    expect((await empty.readAsPartner(key, FREE)).errors![0]!.extensions.code).toBe('DOCUMENT_NOT_ALLOWED')
    await empty.close()
  })
})

describe('the file of registered documents', () => {
  const file = async (content: string) => {
    const name = path.join(folder, `${randomUUID()}.json`)
    await writeFile(name, content)
    return name
  }

  it('holds documents by their SHA-256', async () => {
    expect(readPersistedDocuments(await file(JSON.stringify({ [hashOf(SLUGS)]: SLUGS }))).size).toBe(1)
  })

  it('is what the client preset of graphql-codegen writes, asked by the hash that it puts into the frontend', async () => {
    const preset: CodegenConfig['generates'][string] = { schema: 'src/graphql/public.graphql', documents: [SLUGS], preset: 'client', presetConfig: { persistedDocuments: { mode: 'embedHashInDocument', hashAlgorithm: 'sha256' } } }
    const written = (await generate({ generates: { 'frontend/': preset }, silent: true }, false)) as { filename: string; content: string }[]
    const contentOf = (end: string) => written.find(({ filename }) => filename.endsWith(end))!.content
    const [hash] = /sha256:[0-9a-f]{64}/.exec(contentOf('graphql.ts'))!
    const registered = readPersistedDocuments(await file(contentOf('persisted-documents.json')))
    const parameters = { query: undefined, operationName: undefined, variables: {}, extensions: {} }
    for (const documentId of [hash, hash.replace('sha256:', '')]) expect(registered.textOf({ ...parameters, documentId })).toMatch(/^query Slugs/)
  })

  it.each([
    ['is no JSON', '{', /cannot be used/], ['is a list', '[]', /not an object/], ['holds something else than texts', JSON.stringify({ [hashOf(SLUGS)]: 1 }), /is not a text/],
    ['has a document under another hash', JSON.stringify({ [hashOf(FREE)]: SLUGS }), /is not the SHA-256 of its document/], ['has hashes of another kind', JSON.stringify({ abc: SLUGS }), /set "hashAlgorithm: sha256"/],
  ])('that %s is refused with the reason', async (_what, content, reason) => {
    const name = await file(content)
    expect(() => readPersistedDocuments(name)).toThrow(reason)
  })

  it('that is not there is refused with its name', () => {
    expect(() => readPersistedDocuments(path.join(folder, 'nothing.json'))).toThrow(/nothing\.json cannot be used/)
  })
})

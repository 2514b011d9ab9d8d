import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { walk } from '../support/schema-walk.js'
import { AgreementDesk, agreement, approval, codes, type Who } from './desk.js'

const TEXT = ['Docks to close', 'The docks will close for a whole year, a port official said.', '“Nobody has told the crews about it yet,” the official said.', 'Mayor Ib Lund said that the plan is sound.']
const at = (paragraph: number, words: string) => ({ paragraph, start: TEXT[paragraph]!.indexOf(words), end: TEXT[paragraph]!.indexOf(words) + words.length })

function docks(slug: string, change: Partial<StoryDocumentInput> = {}): StoryDocumentInput {
  return {
    onrecord: 1, slug, desk: 'Metro', language: 'en', publication: { firstPublishedAt: '2026-03-01T12:00:00Z' }, paragraphs: TEXT.map((text, index) => ({ role: index === 0 ? 'HEADLINE' : 'BODY', text })),
    people: [{ key: 'ib-lund', name: 'Ib Lund' }, { key: 'una-reed', name: 'Una Reed' }], journalists: [{ key: 'sam-reyes', name: 'Sam Reyes' }, { key: 'editor-vo', name: 'Linh Vo' }], bylines: [{ journalist: 'sam-reyes' }],
    sources: [
      { key: 'official', kind: 'ANONYMOUS', descriptor: 'a port official', descriptorRange: at(1, 'a port official'), headcount: { min: 1 }, agreed: { reason: 'Would be dismissed.', approvals: [{ use: 'This story.', approvedBy: 'editor-vo', at: '2026-02-28T08:00:00Z', knowsIdentity: true }] } },
      { key: 'lund', kind: 'PERSON', person: 'ib-lund' },
    ],
    attributions: [
      { key: 'a1', source: 'official', speech: 'INDIRECT', content: [at(1, 'The docks will close for a whole year')], cue: at(1, 'said'), mention: at(1, 'a port official'), mentionForm: 'DESCRIPTION' },
      { key: 'a2', source: 'official', speech: 'DIRECT', content: [at(2, '“Nobody has told the crews about it yet,”')], cue: at(2, 'said'), mention: at(2, 'the official'), mentionForm: 'DESCRIPTION', antecedent: 'a1' },
      { key: 'a3', source: 'lund', speech: 'INDIRECT', content: [at(3, 'the plan is sound')], cue: at(3, 'said'), mention: at(3, 'Mayor Ib Lund'), mentionForm: 'NAME' },
    ],
    quotes: [{ key: 'q1', attribution: 'a2', ranges: [at(2, 'Nobody has told the crews about it yet')] }],
    ...change,
  }
}

const NOTICE = 'This version replaces earlier ones, which should no longer be used.'

/** A published story with its keys. */
async function published(desk: AgreementDesk, slug: string) {
  await desk.newsroom.add(docks(slug))
  const { story: found } = await desk.read('query ($slug: String!) { story(slug: $slug) { id } }', { slug })
  return desk.keys(found.id)
}
const readChanges = async (desk: AgreementDesk, storyId: string, who: Who = 'rita') => (await desk.read(`query ($id: ID!) { node(id: $id) { ... on Story { sourceChanges { id isDone tasks { words isInDraft isPublic isDone } } } } }`, { id: storyId }, who)).node.sourceChanges
const clarify = (desk: AgreementDesk, storyId: string) => desk.read('mutation ($input: CorrectStoryInput!) { clarifyStory(input: $input) { errors { code } story { version } } }', { input: { storyId, explanation: NOTICE } })
/** The story without the words of the official. */
const without = (document: any) => ({
  ...document, paragraphs: [document.paragraphs[0], document.paragraphs[3]], quotes: [], sources: document.sources.filter(({ key }: any) => key === 'lund'),
  attributions: document.attributions.filter(({ key }: any) => key === 'a3').map((entry: any) => ({ ...entry, content: [{ ...entry.content[0], paragraph: 1 }], cue: { ...entry.cue, paragraph: 1 }, mention: { ...entry.mention, paragraph: 1 } })),
})

describe('a source that takes its words back after publication', () => {
  let desk: AgreementDesk
  let count = 0
  beforeAll(async () => {
    desk = await AgreementDesk.open()
  })
  afterAll(() => desk.close())
  const open = () => published(desk, `docks-${++count}`)

  it('leaves a list of what must change, with the words, the quotes and what partners are told, and without a reason', async () => {
    const { storyId, source, attributions } = await open()
    const { sourceChange, guidance, errors } = await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN', due: '2026-03-11' }, 'ruth')
    expect(errors).toEqual([])
    const task = (attributionId: string, words: string, quotes: string[]) => ({ attributionId, words, quotes, isInDraft: true, isPublic: true, isDone: false })
    expect(sourceChange).toEqual({
      id: expect.any(String), sourceKey: source, due: '2026-03-11', recordedOn: '2026-03-10', recordedBy: 'Ruth Kessler', guidance, notice: NOTICE, isDone: false,
      tasks: [task(attributions[0]!, 'The docks will close for a whole year', []), task(attributions[1]!, '“Nobody has told the crews about it yet,”', ['Nobody has told the crews about it yet'])].sort((a, b) => (Buffer.from(a.attributionId, 'base64url').toString() < Buffer.from(b.attributionId, 'base64url').toString() ? -1 : 1)),
    })
    expect(JSON.stringify([sourceChange, guidance])).not.toMatch(/consent|on.?the.?record|withdr/i)
  })

  it('is dealt with once neither the draft nor the public version has the words', async () => {
    const { storyId, source } = await open()
    await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, 'ruth')
    const state = async () => (await readChanges(desk, storyId)).map(({ isDone, tasks }: any) => [isDone, tasks.map(({ isInDraft, isPublic }: any) => [isInDraft, isPublic])])
    expect(await state()).toEqual([[false, [[true, true], [true, true]]]])
    // Only what was marked is gone; the words stand there still, and nobody says them.
    await desk.save(storyId, 1, (document) => ({ ...document, quotes: [], sources: document.sources.slice(1), attributions: document.attributions.slice(2) }))
    expect(await state()).toEqual([[false, [[true, true], [true, true]]]])
    await desk.save(storyId, 2, without)
    expect(await state()).toEqual([[false, [[false, true], [false, true]]]])
    expect((await clarify(desk, storyId)).clarifyStory).toEqual({ errors: [], story: { version: 2 } })
    expect(await state()).toEqual([[true, [[false, false], [false, false]]]])
    expect((await desk.newsroom.read(`{ story(slug: "docks-${count}") { corrections { kind explanation wrong right } attributions { text } quotes { text } } }`)).data!['story']).toEqual({
      corrections: [{ kind: 'CLARIFICATION', explanation: NOTICE, wrong: null, right: null }], attributions: [{ text: 'the plan is sound' }], quotes: [],
    })
  })

  it('is dealt with where somebody else says so, or where the story is killed', async () => {
    const sourced = await open()
    await desk.run('recordSourceChange', { storyId: sourced.storyId, source: sourced.source, change: 'CONSENT_WITHDRAWN' }, 'ruth')
    await desk.save(sourced.storyId, 1, (document) => ({ ...document, sources: document.sources.slice(1), attributions: document.attributions.map((entry: any) => ({ ...entry, source: 'lund' })) }))
    await clarify(desk, sourced.storyId)
    expect((await readChanges(desk, sourced.storyId))[0].isDone).toBe(true)
    const killed = await open()
    await desk.run('recordSourceChange', { storyId: killed.storyId, source: killed.source, change: 'CONSENT_WITHDRAWN' }, 'ruth')
    await desk.read('mutation ($input: RemoveStoryInput!) { killStory(input: $input) { errors { code } } }', { input: { storyId: killed.storyId, advisory: NOTICE } })
    expect((await readChanges(desk, killed.storyId))[0].isDone).toBe(true)
    expect((await desk.newsroom.read(`{ tombstone(slug: "docks-${count}") { reason advisory } }`)).data).toEqual({ tombstone: { reason: 'KILLED', advisory: NOTICE } })
  })

  it('keeps the words from being published again: by an update, or when a held story comes back', async () => {
    const { storyId, source } = await open()
    await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, 'ruth')
    const found = await desk.findings(storyId, 'ground-rules-violated')
    expect(found.map(({ severity }) => severity)).toEqual(['ERROR', 'ERROR'])
    expect(found[0]!.message).toContain('“a port official” may no longer be credited with this')
    await desk.save(storyId, 1, (document) => ({ ...document, urgency: 3 }))
    expect((await desk.publish(storyId, 'updateStory')).findings).toContainEqual({ rule: 'ground-rules-violated' })
    await desk.read('mutation ($input: RemoveStoryInput!) { holdStory(input: $input) { errors { code } } }', { input: { storyId } })
    expect((await desk.publish(storyId, 'restoreStory')).findings).toContainEqual({ rule: 'ground-rules-violated' })
    expect((await readChanges(desk, storyId))[0].isDone).toBe(false)
  })

  it('keeps the words from being published again by a correction, which waits for no other error of the public version', async () => {
    const { storyId, source } = await open()
    await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, 'ruth')
    await desk.save(storyId, 1, (document) => ({ ...document, urgency: 3 }))
    const again = await desk.read('mutation ($input: CorrectStoryInput!) { correctStory(input: $input) { errors { code } findings { rule } story { version } } }', { input: { storyId, explanation: NOTICE } })
    expect(again.correctStory).toMatchObject({ findings: [{ rule: 'ground-rules-violated' }, { rule: 'ground-rules-violated' }], story: { version: 1 } })
    expect((await clarify(desk, storyId)).clarifyStory).toMatchObject({ errors: [{ code: 'FINDINGS_NOT_WAIVED' }, { code: 'FINDINGS_NOT_WAIVED' }], story: { version: 1 } })
  })

  it('may mean some of its words; asked again, nothing more is put on file', async () => {
    const { storyId, source, attributions } = await open()
    const ask = async (change: object) => (await desk.run('recordSourceChange', { storyId, source, ...change }, 'ruth')).sourceChange
    const first = await ask({ change: 'CONSENT_WITHDRAWN', attributions: [attributions[1]] })
    expect(first.tasks.map(({ attributionId }: any) => attributionId)).toEqual([attributions[1]])
    for (const change of ['CONSENT_WITHDRAWN', 'WENT_ON_RECORD']) expect((await ask({ change, attributions: [attributions[1]] })).id).toBe(first.id)
    expect((await ask({ change: 'CONSENT_WITHDRAWN' })).tasks.map(({ attributionId }: any) => attributionId)).toEqual([attributions[0]])
    await ask({ change: 'CONSENT_WITHDRAWN' })
    expect(await readChanges(desk, storyId)).toHaveLength(2)
  })

  it('is put on file by standards editors and administrators', async () => {
    const { storyId, source } = await open()
    for (const who of ['preview', 'rita', 'linh'] as const) expect(await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, who), who).toMatchObject({ sourceChange: null, guidance: [], errors: [{ code: 'FORBIDDEN' }] })
    expect(await readChanges(desk, storyId)).toEqual([])
    for (const who of ['ruth', 'ada'] as const) expect(codes(await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, who)), who).toEqual([])
  })

  it.each([
    ['a story that is not there', { storyId: Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url') }, 'NOT_FOUND'], ['a revision that is not current', { expectedRevision: 7 }, 'CONFLICT'],
    ['a source that is not there', { source: '00000000-0000-4000-8000-000000000000' }, 'UNKNOWN_SOURCE'], ['an attribution of somebody else', { attributions: [Buffer.from('Attribution:00000000-0000-4000-8000-000000000000').toString('base64url')] }, 'UNKNOWN_ATTRIBUTION'],
    ['a day that is past', { due: '2026-03-09' }, 'INVALID'], ['no day', { due: '2026-02-30' }, 'INVALID'], ['words for a day', { due: 'tomorrow' }, 'INVALID'],
  ])('is refused for %s', async (_, wrong, code) => {
    const { storyId, source } = await open()
    expect(codes(await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN', ...wrong }, 'ruth'))).toEqual([code])
    expect(await readChanges(desk, storyId)).toEqual([])
  })

  it('is refused for a named source, a story never published, and one that is recalled', async () => {
    const { storyId, named, source } = await open()
    expect(codes(await desk.run('recordSourceChange', { storyId, source: named, change: 'CONSENT_WITHDRAWN' }, 'ruth'))).toEqual(['NAMED_SOURCE'])
    const { publication: _published, ...draft } = docks(`docks-${++count}`)
    const unpublished = await desk.create(draft)
    expect(codes(await desk.run('recordSourceChange', { storyId: unpublished.storyId, source: unpublished.source, change: 'CONSENT_WITHDRAWN' }, 'ruth'))).toEqual(['NOT_PUBLISHED'])
    await desk.read('mutation ($input: RemoveStoryInput!) { killStory(input: $input) { errors { code } } }', { input: { storyId } })
    expect(codes(await desk.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, 'ruth'))).toEqual(['NOTHING_TO_CHANGE'])
  })
})

describe('a source that goes on the record', () => {
  it('leaves what it said before as it was, and nothing on file', async () => {
    const desk = await AgreementDesk.open()
    try {
      const { storyId, source } = await published(desk, 'on-record')
      const answer = await desk.run('recordSourceChange', { storyId, source, change: 'WENT_ON_RECORD' }, 'ruth')
      expect(answer).toMatchObject({ sourceChange: null, errors: [], guidance: expect.arrayContaining([expect.stringContaining('never turn the old entry into the new one')]) })
      expect(await readChanges(desk, storyId)).toEqual([])
      expect(await (await desk.newsroom.database.prisma()).idempotencyKey.count()).toBe(0)
    } finally {
      await desk.close()
    }
  })

  const READ = '{ story(slug: "on-record") { id sources { key kind label attributions { id } } attributions { id text source { key kind } } quotes { id text otherQuotes(first: 10) { nodes { id } } } changesSince(version: 1) { sources { kind label fields } attributions { kind label fields } quotes { kind label fields } } corrections { explanation } } }'

  it.each([
    ['as a new entry beside the old one', (document: any) => ({
      ...document, paragraphs: [...document.paragraphs, { role: 'BODY', text: 'Una Reed, a port manager, said that the crews will be told on Friday.' }],
      sources: [...document.sources, { key: 'reed', kind: 'PERSON', person: 'una-reed' }],
      attributions: [...document.attributions, { key: 'a4', source: 'reed', speech: 'INDIRECT', content: [{ paragraph: 4, start: 37, end: 68 }], mention: { paragraph: 4, start: 0, end: 8 }, mentionForm: 'NAME' }],
    })],
    ['by turning the old entry into the new one, as nobody should', (document: any) => ({
      ...document, paragraphs: document.paragraphs.map((paragraph: any, index: number) => (index === 2 ? { ...paragraph, text: '“Nobody has told the crews about it yet,” Una Reed said.' } : paragraph)),
      sources: document.sources.map((entry: any) => (entry.key === 'official' ? { key: entry.key, lineage: entry.lineage, kind: 'PERSON', person: 'una-reed' } : entry)),
      attributions: document.attributions.map((entry: any) => (entry.key === 'a2' ? { ...entry, cue: { paragraph: 2, start: 51, end: 55 }, mention: { paragraph: 2, start: 42, end: 50 } } : entry)),
    })],
  ])('is joined to what it said before by no key, id, list or change, when it is named %s', async (_, name) => {
    const desk = await AgreementDesk.open()
    try {
      const { storyId, source, revision } = await published(desk, 'on-record')
      const before = (await desk.newsroom.read(READ)).data!['story']
      const unnamed = before.attributions.filter((entry: any) => entry.source.kind === 'ANONYMOUS')
      await desk.run('recordSourceChange', { storyId, source, change: 'WENT_ON_RECORD' }, 'ruth')
      await desk.save(storyId, revision, name)
      expect((await clarify(desk, storyId)).clarifyStory.errors).toEqual([])
      const after = (await desk.newsroom.read(READ)).data!['story']
      const reed = after.sources.find((entry: any) => entry.label === 'Una Reed')
      const old = new Set([source, ...unnamed.map((entry: any) => entry.id), ...before.quotes.map((quote: any) => quote.id)])
      const hers = after.attributions.filter((entry: any) => entry.source.key === reed.key)
      expect(hers.length).toBeGreaterThan(0)
      for (const id of [reed.key, ...hers.map((entry: any) => entry.id)]) expect(old.has(id)).toBe(false)
      // Her lists hold nothing of what was said without a name, and the old ids lead to no one but the entry that still has no name.
      const people = (await desk.newsroom.read('{ person(key: "una-reed") { quotes(first: 10) { nodes { id } } attributions(first: 10) { nodes { id } } } }')).data!['person']
      for (const { id } of [...people.quotes.nodes, ...people.attributions.nodes]) expect(old.has(id)).toBe(false)
      const found = (await desk.newsroom.read('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on AnonymousAttribution { id source { kind } } ... on NamedAttribution { id source { kind } } } }', { ids: unnamed.map((entry: any) => entry.id) })).data!['nodes']
      for (const node of found) expect(node === null || node.source.kind === 'ANONYMOUS').toBe(true)
      for (const change of [...after.changesSince.sources, ...after.changesSince.attributions, ...after.changesSince.quotes]) {
        if (change.kind === 'CHANGED') expect(change.fields).not.toContain('source')
        if (change.kind === 'VANISHED') expect(change.label).toBeNull()
      }
      for (const quote of after.quotes) for (const { id } of quote.otherQuotes.nodes) expect(old.has(id)).toBe(false)
      expect(after.corrections).toEqual([{ explanation: NOTICE }])
    } finally {
      await desk.close()
    }
  })
})

describe('what a source did', () => {
  it('is the same in every table and every answer, whichever it was', async () => {
    const dumps = await Promise.all((['CONSENT_WITHDRAWN', 'WENT_ON_RECORD'] as const).map(async (change) => {
      const desk = await AgreementDesk.open()
      try {
        const { storyId, source, attributions } = await published(desk, 'either')
        await desk.run('recordSourceChange', { storyId, source, change, attributions, due: '2026-03-12' }, 'ruth')
        const seen = await desk.read('{ story(slug: "either") { sourceChanges { sourceKey due recordedOn recordedBy guidance notice isDone tasks { attributionId words quotes isInDraft isPublic isDone } } findings { rule message exact } agreements { history { kind at recordedAt recordedBy revision words attributions } } } }', {}, 'rita')
        const tables = await (await desk.newsroom.database.prisma()).$queryRawUnsafe<{ name: string }[]>(`SELECT c.relname::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname NOT IN ('_prisma_migrations', 'StaffToken') ORDER BY 1`)
        const rows: string[] = []
        for (const { name } of tables) {
          // The id of the row is random; all else must be equal.
          const found = await (await desk.newsroom.database.prisma()).$queryRawUnsafe<{ row: string }[]>(`SELECT ${name === 'SourceChange' ? `(to_jsonb(t) - 'id')::text` : 'to_jsonb(t)::text'} AS row FROM "${name}" AS t ORDER BY 1`)
          rows.push(...found.map(({ row }) => `${name} ${row}`))
        }
        return { seen, rows }
      } finally {
        await desk.close()
      }
    }))
    expect(dumps[0]!.rows.filter((row) => row.startsWith('SourceChange'))).toHaveLength(1)
    expect(dumps[1]).toEqual(dumps[0])
    expect(JSON.stringify(dumps)).not.toMatch(/CONSENT_WITHDRAWN|WENT_ON_RECORD/)
  })

  it('changes no byte of the public contract: not what it was, not that it is open, nor anything that was agreed or approved', async () => {
    const plain = await AgreementDesk.open()
    const busy = await AgreementDesk.open()
    try {
      for (const desk of [plain, busy]) await desk.newsroom.add(story(1), docks('docks', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z' } }))
      for (const slug of ['harbor-plan-1', 'docks']) {
        const { storyId, source } = await busy.keys((await busy.read('query ($slug: String!) { story(slug: $slug) { id } }', { slug })).story.id)
        expect(codes(await busy.run('recordAgreement', { storyId, source, ...agreement() }))).toEqual([])
        expect(codes(await busy.run('approveUse', { storyId, source, ...approval() }, 'ora'))).toEqual([])
        expect(codes(await busy.run('changeGroundRules', { storyId, source, terms: 'OFF_RECORD' }))).toEqual([])
        expect(codes(await busy.run('recordSourceChange', { storyId, source, change: 'CONSENT_WITHDRAWN' }, 'ruth'))).toEqual([])
      }
      const ids = (await plain.newsroom.read('{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
      const roots = { story: 'slug: "docks"', tombstone: 'slug: "docks"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "docks"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` }
      for (const { path, query } of walk(schemas().PUBLIC, roots)) expect(await busy.newsroom.bytes(query(100)), path).toBe(await plain.newsroom.bytes(query(100)))
    } finally {
      await plain.close()
      await busy.close()
    }
  }, 120_000)
})

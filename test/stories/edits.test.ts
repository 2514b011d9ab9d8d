import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attribution, StoryDocument } from '../../src/document/index.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { globalId } from '../../src/graphql/global-id.js'
import { TextWorkers } from '../../src/workers/index.js'
import { codesOf, draft, TestDesk, type Saved } from './desk.js'

let newsroom: TestNewsroom
let desk: TestDesk
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  desk = new TestDesk(newsroom)
})
afterAll(() => newsroom.close())

const documentOf = (saved: Saved) => saved.story!.document as StoryDocument
const attribution = (saved: Saved, key: string) => documentOf(saved).attributions.find((entry) => entry.key === key)

describe('an edit of the text', () => {
  it('moves what is marked with its words, and tells what lost its words', async () => {
    const { id, document } = await desk.create(draft('e1'))
    const text = document.paragraphs[2].text as string
    const edited = await desk.editParagraphs(id, 1, [
      { at: 1, remove: 0, insert: [{ text: 'A new lead.' }] },
      { at: 2, insert: [{ text: `On Monday, ${text.replace('Two officials briefed on the plan', 'two officials who know the plan')}` }] },
    ])
    expect(edited.errors).toEqual([])
    expect(edited.story!.revision.number).toBe(2)
    expect(attribution(edited, 'a2')!.content[0]).toMatchObject({ paragraph: 3, exact: 'the money is there' })
    expect(attribution(edited, 'a2')!.cue).toMatchObject({ paragraph: 3, exact: 'said' })
    expect(attribution(edited, 'a2')!.mention).toBeUndefined()
    expect(edited.detached).toContainEqual(expect.objectContaining({ path: 'attributions[1].mention', role: 'MENTION', exact: 'Two officials briefed on the plan', reason: expect.stringMatching(/^WORDS_/) }))
    for (const { content, cue } of documentOf(edited).attributions) {
      for (const range of [...content, ...(cue ? [cue] : [])]) expect(documentOf(edited).paragraphs[range.paragraph]!.text.slice(range.start, range.end)).toBe(range.exact)
    }
  })

  it('keeps a whole entry that lost its words for the editor, and clears what pointed at it', async () => {
    const { id } = await desk.create(draft('e2'))
    const edited = await desk.editParagraphs(id, 1, [{ at: 2, insert: [] }])
    expect(edited.errors).toEqual([])
    expect(attribution(edited, 'a2')).toBeUndefined()
    expect(attribution(edited, 'a3')!.antecedent).toBeUndefined()
    expect(edited.detached).toContainEqual(expect.objectContaining({ path: 'attributions[1]', role: 'ENTRY', entry: expect.objectContaining({ key: 'a2' }) }))
  })

  it('writes an autosave in the place of the one before', async () => {
    const { id, document } = await desk.create(draft('e3'))
    const body = (text: string) => [{ at: 6, insert: [{ role: 'CAPTION', text }] }]
    expect(document.paragraphs).toHaveLength(7)
    expect((await desk.editParagraphs(id, 1, body('One.'), { autosave: true })).story!.revision.number).toBe(2)
    expect((await desk.editParagraphs(id, 2, body('Two.'), { autosave: true })).story!.revision.number).toBe(3)
    const { data } = await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { revisions { number isAutosave savedBy } } }', { id })
    expect(data!['story'].revisions).toEqual([{ number: 1, isAutosave: false, savedBy: 'editor' }, { number: 3, isAutosave: true, savedBy: 'reporter' }])
  })

  describe('that is long', () => {
    const long = (name: string) => draft(name, { paragraphs: [...story(name).paragraphs, ...Array.from({ length: 100 }, (_, at) => ({ text: `The harbor ${at} was as it had been on the day before, and nobody who worked there said a word about it. `.repeat(4).trim() }))] })
    const edits = [{ at: 2, remove: 0, insert: [{ text: 'A new second paragraph.' }] }, { at: 50, insert: [{ text: 'Another.' }] }]

    it('moves what is marked just the same, in a thread', async () => {
      const { id } = await desk.create(long('thread'))
      const edited = await desk.editParagraphs(id, 1, edits)
      expect(edited.errors).toEqual([])
      expect(attribution(edited, 'a2')!.content[0]).toMatchObject({ paragraph: 3, exact: 'the money is there' })
      expect(documentOf(edited).paragraphs).toHaveLength(108)
    })

    it('is refused where nobody has time to follow it, and nothing is lost', async () => {
      const { id } = await desk.create(long('busy'))
      const workers = new TextWorkers({ timeoutMs: 0 })
      const slow = await newsroom.beside({ workers })
      const answer = await new TestDesk(slow).editParagraphs(id, 1, edits)
      await slow.close()
      await workers.close()
      expect(answer.errors).toMatchObject([{ code: 'EDIT_WRONG', path: 'edits', message: expect.stringContaining('save them in parts') }])
      expect((await desk.editParagraphs(id, 1, edits)).errors).toEqual([])
    })
  })

  it.each([
    ['a paragraph that is not there', [{ at: 12, insert: [{ text: 'x' }] }], 'edits[0].at', 'EDIT_WRONG'],
    ['more paragraphs than there are', [{ at: 5, remove: 9, insert: [] }], 'edits[0].remove', 'EDIT_WRONG'],
    ['a negative place', [{ at: -1, insert: [] }], 'edits[0].at', 'EDIT_WRONG'],
    ['a paragraph that another edit replaces', [{ at: 1, remove: 3, insert: [] }, { at: 2, insert: [] }], 'edits[1].at', 'EDIT_WRONG'],
    ['a NUL', [{ at: 1, insert: [{ text: 'a\u0000b' }] }], null, 'BAD_USER_INPUT'],
    ['half a character', [{ at: 1, insert: [{ text: 'a\ud800b' }] }], 'paragraphs[1].text', 'INVALID_DOCUMENT'],
    ['an empty paragraph', [{ at: 1, insert: [{ text: '' }] }], 'paragraphs[1].text', 'INVALID_DOCUMENT'],
  ])('refuses %s, and changes nothing', async (name, edits, path, code) => {
    const { id } = await desk.create(draft(`bad-${name.replaceAll(' ', '-').toLowerCase()}`))
    if (code === 'BAD_USER_INPUT') {
      const answer = await newsroom.readAsStaff('mutation ($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { code } } }', { input: { storyId: id, expectedRevision: 1, edits } })
      expect(answer.errors![0]!.extensions.code).toBe(code)
    } else {
      const answer = await desk.editParagraphs(id, 1, edits)
      expect(answer.errors.map((error) => [error.code, error.path])).toContainEqual([code, path])
    }
    const { data } = await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { revision { number } } }', { id })
    expect(data!['story'].revision.number).toBe(1)
  })
})

describe('an edit of an entry', () => {
  it('replaces it and keeps its lineage, adds one, and removes one', async () => {
    const { id, document } = await desk.create(draft('n1'))
    const before = (document as StoryDocument).attributions[1] as Attribution
    const { lineage: _own, ...rest } = before
    const edited = await desk.editEntries(id, 1, [
      { collection: 'ATTRIBUTIONS', key: 'a2', entry: { ...rest, groundRules: { terms: 'DEEP_BACKGROUND', history: [] } } },
      { collection: 'ATTRIBUTIONS', key: 'a9', entry: { source: 'critics', speech: 'INDIRECT', content: [{ paragraph: 1, start: 0, end: 3 }] } },
      { collection: 'CLAIMS', key: 'k1', entry: null },
    ])
    expect(edited.errors).toEqual([])
    expect(attribution(edited, 'a2')).toMatchObject({ lineage: before.lineage, groundRules: { terms: 'DEEP_BACKGROUND' } })
    expect(attribution(edited, 'a9')).toMatchObject({ lineage: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(documentOf(edited).claims).toEqual([])
  })

  it.each([
    ['a key that is not there', { collection: 'QUOTES', key: 'q77', entry: null }, 'EDIT_WRONG', 'edits[0].key'],
    ['another key inside', { collection: 'QUOTES', key: 'q1', entry: { key: 'q2' } }, 'EDIT_WRONG', 'edits[0].entry.key'],
    ['an attribution that a quote needs', { collection: 'ATTRIBUTIONS', key: 'a1', entry: null }, 'INVALID_DOCUMENT', 'quotes[0].attribution'],
    ['words that are not there', { collection: 'QUOTES', key: 'q1', entry: { attribution: 'a1', ranges: [{ paragraph: 1, start: 0, end: 3, exact: 'xyz' }] } }, 'INVALID_DOCUMENT', 'quotes[0].ranges[0]'],
    ['an unknown field', { collection: 'QUOTES', key: 'q1', entry: { attribution: 'a1', ranges: [{ paragraph: 1, start: 0, end: 3 }], loud: true } }, 'INVALID_DOCUMENT', 'quotes[0]'],
  ])('refuses %s', async (name, edit, code, path) => {
    const { id } = await desk.create(draft(`entry-${name.replaceAll(' ', '-')}`))
    const answer = await desk.editEntries(id, 1, [edit])
    expect(answer.errors.map((error) => [error.code, error.path])).toContainEqual([code, path])
  })

  it('is refused where the story is missing, killed, or at another revision, and to a preview token', async () => {
    const { id } = await desk.publish(draft('n2'))
    const edit = [{ collection: 'CLAIMS', key: 'k1', entry: null }]
    expect(codesOf(await desk.editEntries(id, 7, edit))).toEqual(['CONFLICT'])
    expect(codesOf(await desk.editEntries(id, 1, edit, {}, 'PREVIEW'))).toEqual(['FORBIDDEN'])
    expect(codesOf(await desk.editParagraphs(id, 7, [{ at: 0, insert: [] }]))).toEqual(['CONFLICT'])
    expect(codesOf(await desk.editParagraphs(id, 1, [{ at: 0, insert: [] }], {}, 'PREVIEW'))).toEqual(['FORBIDDEN'])
    await desk.mutate('killStory', { storyId: id }, 'EDITOR', 'RemoveStoryInput')
    expect(codesOf(await desk.editEntries(id, 1, edit))).toEqual(['WRONG_STATE'])
    expect(codesOf(await desk.editEntries(globalId('Story', '00000000-0000-4000-8000-000000000000'), 1, edit))).toEqual(['NOT_FOUND'])
    const foreign = await newsroom.readAsStaff('mutation ($input: EditEntriesInput!) { editEntries(input: $input) { errors { code } } }', { input: { storyId: globalId('Person', 'ada-quill'), expectedRevision: 1, edits: edit } })
    expect(foreign.errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('of fifty editors at once is done for one; the others are told, and nothing is lost', async () => {
    const { id } = await desk.create(draft('n3'))
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => desk.editParagraphs(id, 1, [{ at: 6, insert: [{ role: 'CAPTION', text: `Caption ${at}.` }] }])))
    expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
    expect(answers.filter((answer) => codesOf(answer)[0] === 'CONFLICT')).toHaveLength(49)
    for (const answer of answers) expect(answer.story!.revision.number).toBe(2)
  })
})

describe('a kill in the middle of saves', () => {
  it('wins over all that come after it, and leaves whole what came before', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, slug } = await desk.publish(draft(`kill-${round}`))
      const saves = Array.from({ length: 10 }, (_, at) => desk.editParagraphs(id, 1, [{ at: 6, insert: [{ role: 'CAPTION', text: `Caption ${at}.` }] }]))
      const kill = desk.mutate('killStory', { storyId: id }, 'EDITOR', 'RemoveStoryInput')
      const answers = await Promise.all(saves)
      expect(codesOf(await kill)).toEqual([])
      expect(answers.filter((answer) => answer.errors.length === 0).length).toBeLessThanOrEqual(1)
      for (const answer of answers) if (answer.errors.length > 0) expect(codesOf(answer)[0]).toMatch(/^(CONFLICT|WRONG_STATE)$/)
      const { data } = await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { state version document revisions { number } } }', { id })
      const { state, version, document, revisions } = data!['story']
      expect([state, version]).toEqual(['KILLED', 1])
      expect(document.paragraphs).toHaveLength(7)
      expect(await (await newsroom.database.prisma()).paragraph.count({ where: { revision: { story: { slug } } } })).toBe(7 * revisions.length)
      expect((await newsroom.read('query ($slug: String) { story(slug: $slug) { slug } }', { slug })).data).toEqual({ story: null })
    }
  })
})

describe('the anonymity boundary', () => {
  it('is crossed by no lineage, however a source moves over it', async () => {
    const { id, document } = await desk.create(draft('b1'))
    const first = document as StoryDocument
    const named = { ...first, attributions: first.attributions.map((entry) => (entry.key === 'a2' || entry.key === 'a3' ? { ...entry, source: 'critics' } : entry)) }
    const second = documentOf(await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: named }))
    for (const key of ['a2', 'a3']) expect(second.attributions.find((entry) => entry.key === key)!.lineage).not.toBe(first.attributions.find((entry) => entry.key === key)!.lineage)
    expect(second.attributions.find((entry) => entry.key === 'a1')!.lineage).toBe(first.attributions.find((entry) => entry.key === 'a1')!.lineage)
    // Away for a revision, and back on the other side under its old lineage.
    const gone = { ...second, attributions: second.attributions.filter((entry) => entry.key !== 'a3') }
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 2, document: gone })
    const back = documentOf(await desk.mutate('saveRevision', { storyId: id, expectedRevision: 3, document: { ...gone, attributions: [...gone.attributions, { ...first.attributions[2]!, source: 'quill', antecedent: undefined }] } }))
    expect(back.attributions.find((entry) => entry.key === 'a3')!.lineage).not.toBe(first.attributions[2]!.lineage)
  })
})

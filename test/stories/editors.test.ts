import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf, idOf, NOBODY, storyIds, type Role } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

describe('who has a story open for writing', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(draftOf(story(1)), draftOf(story(2)))
  })
  afterAll(() => newsroom.close())

  const mark = async (n: number, role: Role, isEditing = true, asked = newsroom) => (await asked.readAsStaff('mutation ($input: MarkEditingInput!) { markEditing(input: $input) { errors { code } story { editors { name isYou } } } }', { input: { storyId: (await storyIds(newsroom, `harbor-plan-${n}`)).id, isEditing } }, role)).data!['markEditing']
  const look = async (role: Role = 'EDITOR', asked = newsroom) => (await asked.readAsStaff('{ stories { nodes { slug editors { name isYou } } } }', undefined, role)).data!['stories'].nodes.flatMap((node: { slug: string; editors: { name: string; isYou: boolean }[] }) => node.editors.map(({ name, isYou }) => `${node.slug.at(-1)} ${name}${isYou ? ' (you)' : ''}`)).toSorted()
  const pass = (seconds: number) => { newsroom.now = new Date(newsroom.now.getTime() + seconds * 1000) }

  it('is told to the others, also by another node, and forgotten a minute after it was told last', async () => {
    expect(await mark(1, 'REPORTER')).toEqual({ errors: [], story: { editors: [{ name: 'reporter', isYou: true }] } })
    await mark(1, 'EDITOR')
    await mark(2, 'EDITOR')
    expect(await look()).toEqual(['1 editor (you)', '1 reporter', '2 editor (you)'])
    const { editors } = (await newsroom.readAsStaff('{ editors { storyId name isYou } }', undefined, 'REPORTER')).data!
    expect(editors).toHaveLength(3)
    expect(editors).toContainEqual({ storyId: (await storyIds(newsroom, 'harbor-plan-2')).id, name: 'editor', isYou: false })
    const other = await newsroom.beside()
    other.now = newsroom.now
    expect(await look('LAWYER', other)).toEqual(['1 editor', '1 reporter', '2 editor'])
    await other.close()
    pass(40)
    await mark(1, 'REPORTER')
    pass(40)
    expect(await look()).toEqual(['1 reporter'])
    pass(60)
    expect(await look()).toEqual([])
    await mark(1, 'EDITOR')
    expect((await (await newsroom.database.prisma()).storyEditor.findMany({ where: { story: { slug: 'harbor-plan-1' } } })).map(({ name }) => name)).toEqual(['editor'])
  })

  it('ends when one says so, and changes nothing of the story', async () => {
    const before = await storyIds(newsroom, 'harbor-plan-1')
    await mark(1, 'EDITOR')
    expect((await mark(1, 'EDITOR', false)).story.editors).toEqual([])
    expect(await storyIds(newsroom, 'harbor-plan-1')).toEqual(before)
  })

  it('is refused for a story that is not there, and is not in the public contract', async () => {
    const { data } = await newsroom.readAsStaff('mutation ($input: MarkEditingInput!) { markEditing(input: $input) { errors { code path } story { id } } }', { input: { storyId: idOf('Story', NOBODY) } })
    expect(data!['markEditing']).toEqual({ errors: [{ code: 'NOT_FOUND', path: 'storyId' }], story: null })
    expect((await newsroom.read('{ stories { nodes { editors { name } } } }')).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it('costs as many SQL statements for one story as for several', async () => {
    const count = async (first: number) => (await newsroom.statementsOf(() => newsroom.readAsStaff(`{ stories(first: ${first}) { nodes { editors { name } } } }`))).length
    expect(await count(2)).toBe(await count(1))
  })
})

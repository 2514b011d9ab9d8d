import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const ENTRY = '{ id key name aliases affiliations { title from to organization { key } } mergedInto { key } duplicates { key } }'
const FIND_PERSON = `mutation ($input: FindOrCreatePersonInput!) { findOrCreatePerson(input: $input) { created person ${ENTRY} candidates { key } errors { code message path } } }`
const FIND_ORGANIZATION = 'mutation ($input: FindOrCreateOrganizationInput!) { findOrCreateOrganization(input: $input) { created organization { id key name aliases } candidates { key } errors { code path } } }'
const ADD_ALIAS = `mutation ($input: AddAliasInput!) { addAlias(input: $input) { person ${ENTRY} organization { key aliases } errors { code path } } }`
const SET_AFFILIATION = `mutation ($input: SetAffiliationInput!) { setAffiliation(input: $input) { person ${ENTRY} errors { code path } } }`

describe('the register', () => {
  let newsroom: TestNewsroom
  let port: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(1))
    port = (await newsroom.readAsStaff('{ organizationEntry(key: "port") { id } }')).data!['organizationEntry'].id
  })
  afterAll(() => newsroom.close())

  const run = async (query: string, input: object, role: Parameters<TestNewsroom['token']>[0] = 'EDITOR'): Promise<any> => {
    const answer = await newsroom.readAsStaff(query, { input }, role)
    expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined()
    return Object.values(answer.data!)[0]
  }
  const person = (input: object, role?: 'REPORTER') => run(FIND_PERSON, input, role)
  const count = async () => (await newsroom.database.prisma()).person.count()

  it('finds a person of a story by name, without regard to case, accents and punctuation, and by alias', async () => {
    const before = await count()
    expect(await person({ name: '  ÁDA  quill.' })).toMatchObject({ created: false, person: { key: 'ada-quill', aliases: [] }, errors: [] })
    expect(await person({ name: 'Ada Quill', aliases: ['A.J. Quill'] })).toMatchObject({ created: false, person: { key: 'ada-quill', aliases: ['A.J. Quill'] } })
    expect(await person({ name: 'AJ Quill' })).toMatchObject({ created: false, person: { key: 'ada-quill' } })
    expect((await run(FIND_ORGANIZATION, { name: 'The Port' }))).toMatchObject({ created: false, organization: { key: 'port' } })
    expect(await count()).toBe(before)
  })

  it('makes an entry with a key of its own, aliases and a title, which no story speaks of and no reader sees', async () => {
    const made = await person({ name: 'Zoë Marsh', aliases: ['Z. Marsh', 'z marsh', 'Zoe Marsh'], affiliation: { organizationId: port, title: 'counsel', from: '2024-02-29', to: '2025-06-30' } }, 'REPORTER')
    expect(made).toMatchObject({ created: true, person: { key: 'zoe-marsh', name: 'Zoë Marsh', aliases: ['Z. Marsh'], affiliations: [{ title: 'counsel', from: '2024-02-29', to: '2025-06-30', organization: { key: 'port' } }] } })
    expect((await newsroom.readAsStaff('{ personEntry(key: "zoe-marsh") { person { name } } }')).data).toEqual({ personEntry: { person: null } })
    const { id } = made.person
    expect((await newsroom.read(`{ person(key: "zoe-marsh") { name } node(id: "${id}") { id } persons(name: "marsh") { nodes { key } } }`)).data).toEqual({ person: null, node: null, persons: { nodes: [] } })
    expect((await newsroom.readAsStaff('{ personEntries(name: "zoe") { nodes { key } } }')).data).toEqual({ personEntries: { nodes: [{ key: 'zoe-marsh' }] } })
  })

  it('shows no reader the name of the register where it is not the name in a story', async () => {
    await person({ name: 'Secret Writing', aliases: [] })
    await newsroom.add(story('named', { people: [{ key: 'secret-writing', name: 'Open Writing' }, ...story(1).people!], sources: [...story(1).sources!, { key: 'ow', kind: 'PERSON', person: 'secret-writing' }], attributions: [...story('named').attributions!, { key: 'a9', source: 'ow', speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 6 }] }] }))
    expect((await newsroom.read('{ persons(name: "secret") { nodes { key } } }')).data).toEqual({ persons: { nodes: [] } })
    expect((await newsroom.read('{ persons(name: "open wri") { nodes { name } } }')).data).toEqual({ persons: { nodes: [{ name: 'Open Writing' }] } })
  })

  it('tells of several who go by a name, does nothing, and takes the one with a title at the organization', async () => {
    const other = (await run(FIND_ORGANIZATION, { name: 'Harbor Union' })).organization.id
    await person({ name: 'Jo Tan', affiliation: { organizationId: port, title: 'pilot' } })
    expect(await person({ name: 'Jo Tan', isAnother: true, affiliation: { organizationId: other, title: 'steward' } })).toMatchObject({ created: true, person: { key: 'jo-tan-2' } })
    const before = await count()
    expect(await person({ name: 'Jo Tan', aliases: ['Joseph Tan'] })).toMatchObject({ created: null, person: null, candidates: expect.arrayContaining([{ key: 'jo-tan' }, { key: 'jo-tan-2' }]), errors: [{ code: 'AMBIGUOUS', path: 'name' }] })
    expect(await person({ name: 'Jo Tan', affiliation: { organizationId: other, title: 'steward' } })).toMatchObject({ created: false, person: { key: 'jo-tan-2', affiliations: [{ title: 'steward' }] } })
    expect(await count()).toBe(before)
  })

  it('makes one entry for twenty who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => person({ name: n % 2 ? 'Lars Öst' : 'LARS OST', aliases: [`L. Ost ${n % 3}`] })))
    expect(new Set(answers.map((answer) => answer.person?.key))).toEqual(new Set(['lars-ost']))
    expect(answers.filter((answer) => answer.created)).toHaveLength(1)
    expect(await (await newsroom.database.prisma()).person.count({ where: { name: { in: ['Lars Öst', 'LARS OST'] } } })).toBe(1)
    expect((await newsroom.readAsStaff('{ personEntry(key: "lars-ost") { aliases } }')).data!['personEntry'].aliases.toSorted()).toEqual(['L. Ost 0', 'L. Ost 1', 'L. Ost 2'])
  }, 60_000)

  it('gives an alias to one of two who ask at once, and refuses one that belongs to somebody else', async () => {
    const [a, b] = await Promise.all(['Una Vale', 'Una Vane'].map(async (name) => (await person({ name })).person.id))
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => run(ADD_ALIAS, { id: n % 2 ? a : b, alias: 'U. V.' })))
    const winners = new Set(answers.filter((answer) => answer.errors.length === 0).map((answer) => answer.person.key))
    expect(winners.size).toBe(1)
    expect(new Set(answers.flatMap((answer) => answer.errors.map((error: { code: string }) => error.code)))).toEqual(new Set(['ALIAS_TAKEN']))
    expect(await run(ADD_ALIAS, { id: a, alias: 'ada quill' })).toMatchObject({ person: null, errors: [{ code: 'ALIAS_TAKEN', path: 'alias' }] })
    expect(await person({ name: 'Una Vale', isAnother: true, aliases: ['Ada Quill'] })).toMatchObject({ person: null, candidates: [{ key: 'ada-quill' }], errors: [{ code: 'ALIAS_TAKEN' }] })
    expect(await run(ADD_ALIAS, { id: port, alias: 'Harbor Board' })).toMatchObject({ person: null, organization: { key: 'port', aliases: ['the port', 'Harbor Board'] } })
  }, 60_000)

  it('records titles with dates, once, and changes the end of one', async () => {
    const { id } = (await person({ name: 'Iris Bell' })).person
    const set = (affiliation: object) => run(SET_AFFILIATION, { personId: id, affiliation: { organizationId: port, ...affiliation } })
    await Promise.all(Array.from({ length: 20 }, () => set({ title: 'clerk' })))
    await set({ title: 'chief', from: '2025-01-01' })
    expect((await set({ title: 'chief', from: '2025-01-01', to: '2026-01-31' })).person.affiliations).toEqual([
      { title: 'chief', from: '2025-01-01', to: '2026-01-31', organization: { key: 'port' } }, { title: 'clerk', from: null, to: null, organization: { key: 'port' } },
    ])
    for (const [affiliation, error] of [
      [{ title: 'chief', from: '2026-02-01', to: '2026-01-01' }, { code: 'TIME_RANGE_BACKWARDS', path: 'to' }], [{ title: 'x', from: '2026-02-30' }, { code: 'INVALID_DATE', path: 'from' }],
      [{ title: 'x', to: 'soon' }, { code: 'INVALID_DATE', path: 'to' }], [{ title: ' ' }, { code: 'INVALID_NAME', path: 'title' }], [{ title: 'x'.repeat(2001) }, { code: 'INVALID_NAME', path: 'title' }],
      [{ title: 'x', organizationId: Buffer.from('Organization:nowhere').toString('base64url') }, { code: 'UNKNOWN_ORGANIZATION', path: 'organizationId' }],
    ] as const) expect((await set(affiliation)).errors, JSON.stringify(affiliation)).toEqual([error])
    expect(await person({ name: 'Nobody New', affiliation: { organizationId: port, title: 'x', from: '2026-02-02', to: '2026-02-01' } })).toMatchObject({ errors: [{ code: 'TIME_RANGE_BACKWARDS', path: 'affiliation.to' }] })
    expect((await newsroom.readAsStaff('{ personEntry(key: "nobody-new") { id } }')).data).toEqual({ personEntry: null })
  }, 60_000)

  it.each([['', 'INVALID_NAME'], ['…', 'INVALID_NAME'], ['a\u0007b', 'INVALID_NAME'], ['n'.repeat(2001), 'INVALID_NAME'], ['\ud800', 'INVALID_NAME']])('refuses the name %j', async (name, code) => {
    expect(await person({ name })).toMatchObject({ person: null, errors: [{ code, path: 'name' }] })
  })

  it('refuses more aliases than an entry can have, and stores none of them', async () => {
    const aliases = Array.from({ length: 50 }, (_, n) => `Many Names ${n}`)
    const { id } = (await person({ name: 'Many Names', aliases })).person
    expect(await run(ADD_ALIAS, { id, alias: 'One More' })).toMatchObject({ errors: [{ code: 'TOO_MANY' }] })
    expect(await person({ name: 'Others', aliases: [...aliases.map((alias) => `${alias} x`), 'too many'] })).toMatchObject({ person: null, errors: [{ code: 'TOO_MANY' }] })
  })

  it('finds one whose name is in another script', async () => {
    const made = await person({ name: '김민수' })
    expect(made).toMatchObject({ created: true, person: { name: '김민수' } })
    expect(await person({ name: '김민수' })).toMatchObject({ created: false, person: { key: made.person.key } })
  })

  it('does a change once for an idempotency key', async () => {
    const input = { name: 'Once Only', isAnother: true, idempotencyKey: 'once' }
    const [first, second] = [await person(input), await person(input)]
    expect(second).toEqual(first)
    expect(await person({ ...input, name: 'Other' })).toMatchObject({ errors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] })
  })

  it('is closed to preview tokens and to readers, and refuses ids of another kind', async () => {
    const { id } = (await newsroom.readAsStaff('{ personEntry(key: "ada-quill") { id } }')).data!['personEntry']
    const changes: [string, object][] = [
      [FIND_PERSON, { name: 'New One' }], [FIND_ORGANIZATION, { name: 'New Body' }], [ADD_ALIAS, { id, alias: 'x' }], [SET_AFFILIATION, { personId: id, affiliation: { organizationId: port, title: 'x' } }],
    ]
    const before = await count()
    for (const [query, input] of changes) {
      expect((await run(query, input, 'PREVIEW')).errors, query).toMatchObject([{ code: 'FORBIDDEN' }])
      expect((await newsroom.read(query, { input })).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    }
    expect(await count()).toBe(before)
    const storyId = (await newsroom.read('{ story(slug: "harbor-plan-1") { id } }')).data!['story'].id
    for (const [query, input] of [[ADD_ALIAS, { id: storyId, alias: 'x' }], [ADD_ALIAS, { id: 'nonsense', alias: 'x' }], [SET_AFFILIATION, { personId: port, affiliation: { organizationId: port, title: 'x' } }], [SET_AFFILIATION, { personId: id, affiliation: { organizationId: id, title: 'x' } }]] as const) {
      expect((await newsroom.readAsStaff(query, { input })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
    }
    expect(await run(ADD_ALIAS, { id: Buffer.from('Person:nobody').toString('base64url'), alias: 'x' })).toMatchObject({ errors: [{ code: 'NOT_FOUND', path: 'id' }] })
  })

  it('is listed page by page, forwards and backwards', async () => {
    const keys = (await newsroom.readAsStaff('{ personEntries(first: 100) { nodes { key } } }')).data!['personEntries'].nodes.map((node: { key: string }) => node.key) as string[]
    expect(keys).toEqual(keys.toSorted())
    const seen: string[] = []
    for (let after = 'null'; ;) {
      const { nodes, pageInfo } = (await newsroom.readAsStaff(`{ personEntries(first: 3, after: ${after}) { nodes { key } pageInfo { hasNextPage endCursor } } }`)).data!['personEntries']
      seen.push(...nodes.map((node: { key: string }) => node.key))
      if (!pageInfo.hasNextPage) break
      after = JSON.stringify(pageInfo.endCursor)
    }
    expect(seen).toEqual(keys)
    const last = (await newsroom.readAsStaff('{ personEntries(last: 3) { nodes { key } pageInfo { hasPreviousPage } } }')).data!['personEntries']
    expect(last).toEqual({ nodes: keys.slice(-3).map((key) => ({ key })), pageInfo: { hasPreviousPage: true } })
  })
})

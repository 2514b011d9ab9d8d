import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const at = (n: number) => ({ publication: { firstPublishedAt: new Date(Date.UTC(2026, 1, n)).toISOString() } })

describe('lists', () => {
  let newsroom: TestNewsroom
  const slugs = async (query: string) => {
    const answer = await newsroom.read(query)
    expect(answer.errors).toBeUndefined()
    return (Object.values(answer.data!)[0].nodes as { slug: string }[]).map((node) => node.slug)
  }
  const refusal = async (query: string) => {
    const answer = await newsroom.read(query)
    expect(answer.errors).toHaveLength(1)
    expect(answer.errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
    return answer.errors![0]!.message
  }

  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    for (let n = 1; n <= 7; n += 1) await newsroom.add(story(n, { ...at(n), ...(n === 3 && { desk: 'World', language: 'fr' }) }))
  })
  afterAll(() => newsroom.close())

  it('come newest first, or in the order asked', async () => {
    expect(await slugs('{ stories { nodes { slug } } }')).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `harbor-plan-${n}`))
    expect(await slugs('{ stories(orderBy: OLDEST, first: 2) { nodes { slug } } }')).toEqual(['harbor-plan-1', 'harbor-plan-2'])
    expect(await slugs('{ stories(orderBy: UPDATED, last: 2) { nodes { slug } } }')).toEqual(['harbor-plan-2', 'harbor-plan-1'])
  })

  it('page forward and backward over each entry once', async () => {
    const page = (args: string) => newsroom.read(`{ stories(${args}) { edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`).then((answer) => answer.data!['stories'])
    const forward: string[] = []
    let after = ''
    for (let pages = 0; pages < 10; pages += 1) {
      const { edges, pageInfo } = await page(`first: 3${after}`)
      forward.push(...edges.map((edge: { node: { slug: string } }) => edge.node.slug))
      expect(pageInfo.hasPreviousPage).toBe(after !== '')
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges.at(-1).cursor])
      if (!pageInfo.hasNextPage) break
      after = `, after: "${pageInfo.endCursor}"`
    }
    expect(forward).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `harbor-plan-${n}`))
    const last = await page('last: 3')
    expect(last.edges.map((edge: { node: { slug: string } }) => edge.node.slug)).toEqual(['harbor-plan-3', 'harbor-plan-2', 'harbor-plan-1'])
    expect(last.pageInfo.hasPreviousPage).toBe(true)
    const before = await page(`last: 2, before: "${last.pageInfo.startCursor}"`)
    expect(before.edges.map((edge: { node: { slug: string } }) => edge.node.slug)).toEqual(['harbor-plan-5', 'harbor-plan-4'])
  })

  it('keep their place when stories are added in front', async () => {
    const first = (await newsroom.read('{ stories(first: 3) { pageInfo { endCursor } } }')).data!['stories'].pageInfo.endCursor
    await newsroom.add(story('added', at(20)))
    expect((await slugs(`{ stories(first: 2, after: "${first}") { nodes { slug } } }`))).toEqual(['harbor-plan-4', 'harbor-plan-3'])
  })

  it('give the same cursors for the same place, and nothing to read in them', async () => {
    const cursors = async () => (await newsroom.read('{ stories { edges { cursor } } }')).data!['stories'].edges.map((edge: { cursor: string }) => edge.cursor) as string[]
    const once = await cursors()
    expect(await cursors()).toEqual(once)
    for (const cursor of once) expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/2026|harbor/)
  })

  it.each([
    ['topics: ["medtop:04000000"]', 8], ['topics: ["medtop:99000000"]', 0], ['desks: ["World"]', 1], ['desks: ["World", "Metro"]', 8], ['journalist: "sam-reyes"', 8], ['journalist: "nobody"', 0],
    ['person: "ada-quill"', 8], ['organization: "port"', 8], ['languages: ["fr"]', 1], ['kinds: [ALERT]', 0], ['storyline: "harbor"', 8], ['storyline: "other"', 0],
    ['publishedFrom: "2026-02-03T00:00:00Z", publishedBefore: "2026-02-05T00:00:00Z"', 2], ['updatedSince: "2026-02-06T00:00:00+00:00"', 3],
  ])('of stories filter by {%s}', async (filter, count) => {
    expect(await slugs(`{ stories(filter: {${filter}}) { nodes { slug } } }`)).toHaveLength(count)
  })

  it.each([
    ['quotes', 'filter: {speaker: "ada-quill"}', 8], ['quotes', 'filter: {speakerOrganization: "port"}', 16], ['quotes', 'filter: {speech: [INDIRECT]}', 0], ['quotes', 'filter: {sourceKinds: [ORGANIZATION]}', 8],
    ['quotes', 'filter: {text: "berth"}', 8], ['quotes', 'filter: {text: "\\"plan is\\" -berth"}', 8], ['quotes', 'filter: {standing: [WITHDRAWN]}', 0], ['quotes', 'stories: {desks: ["World"]}', 2],
    ['quotes', 'filter: {saidFrom: "2026-03-01T00:00:00Z", saidBefore: "2026-03-02T00:00:00Z"}', 8],
    ['attributions', 'filter: {sourceKinds: [ANONYMOUS]}', 16], ['attributions', 'filter: {speaker: "ada-quill"}', 8], ['attributions', 'filter: {sourceKinds: [OUTLET, DOCUMENT, GROUP]}', 24],
    ['anonymousAttributions', '', 16], ['anonymousAttributions', 'filter: {descriptor: "OFFICIALS"}', 8], ['anonymousAttributions', 'filter: {descriptor: "%"}', 0],
    ['officialStatements', 'filter: {issuer: "port"}', 8], ['officialStatements', 'filter: {channels: [EMAIL]}', 0], ['officialStatements', 'filter: {issuedBefore: "2026-03-01T09:00:00Z"}', 0], ['officialStatements', 'stories: {languages: ["fr"]}', 1],
  ])('of %s filter by %s', async (list, args, count) => {
    const answer = await newsroom.read(`{ ${list}(first: 100${args && `, ${args}`}) { nodes { id } } }`)
    expect(answer.errors).toBeUndefined()
    expect(answer.data![list].nodes).toHaveLength(count)
  })

  it('lead from a quote to everything around it', async () => {
    const { data, errors } = await newsroom.read(`{ quotes(filter: {text: "sound"}, first: 1) { nodes { text paragraph { index } source { label } excerpt { exact start end statement { fullText issuer { name } excerpts { nodes { text } } stories { nodes { slug } } } } attribution { cue { exact } } story { slug } } }
      person(key: "ada-quill") { name affiliations { title organization { name } } quotes(first: 2) { nodes { text speaker { title person { key } } otherQuotes(first: 100) { nodes { text } } translation { original language } } } stories(first: 1) { nodes { slug } } } }`)
    expect(errors).toBeUndefined()
    const quote = data!['quotes'].nodes[0]
    expect(quote).toMatchObject({ text: 'The plan is sound', source: { label: 'Port Authority' }, paragraph: { index: 4 }, attribution: { cue: { exact: 'said in a statement' } } })
    expect(quote.excerpt).toMatchObject({ exact: 'The plan is sound', start: 0, end: 17, statement: { fullText: expect.stringContaining('It is number'), issuer: { name: 'Port Authority' } } })
    const [first] = data!['person'].quotes.nodes
    expect(first.speaker).toEqual({ title: 'port director', person: { key: 'ada-quill' } })
    expect(first.otherQuotes.nodes).toHaveLength(7)
    expect(first.otherQuotes.nodes).not.toContainEqual({ text: first.text })
  })

  it('are searched over copy, quotes and statements, with the matching words marked', async () => {
    const { data, errors } = await newsroom.read('{ search(query: "sound plan", in: [QUOTE, STATEMENT], first: 100) { nodes { kind story { slug } snippet { text offset highlights { start end } } officialStatement { id } quote { text } } } }')
    expect(errors).toBeUndefined()
    expect(data!['search'].nodes.map((node: { kind: string }) => node.kind).sort()).toEqual([...Array(8).fill('QUOTE'), ...Array(8).fill('STATEMENT')])
    for (const { snippet } of data!['search'].nodes) {
      expect(snippet.highlights.map(({ start, end }: { start: number; end: number }) => snippet.text.slice(start, end))).toEqual(['plan', 'sound'])
    }
    const order = await newsroom.read('{ search(query: "harbor", orderBy: NEWEST, in: [COPY], first: 1) { nodes { story { slug } paragraph { role } } pageInfo { endCursor } } }')
    expect(order.data!['search'].nodes[0].story.slug).toBe('harbor-plan-added')
    const next = await newsroom.read(`{ search(query: "harbor", orderBy: NEWEST, in: [COPY], first: 100, after: "${order.data!['search'].pageInfo.endCursor}") { nodes { story { slug } paragraph { role } } } }`)
    expect(next.data!['search'].nodes).toHaveLength(15)
  })

  it.each(['<b>', "' OR 1=1 --", '"unclosed', '-', 'a & b | !c:*', '\\', '😀'])('search for %s without an error', async (words) => {
    expect((await newsroom.read('query ($words: String!) { search(query: $words) { nodes { kind } } }', { words })).errors).toBeUndefined()
  })

  it('refuse what they do not understand, with the reason', async () => {
    expect(await refusal('{ stories(first: 101) { nodes { id } } }')).toBe('"first" is 101; it can be 1 to 100. Ask for more with further pages ("after").')
    expect(await refusal('{ stories(first: 0) { nodes { id } } }')).toContain('"first" is 0')
    expect(await refusal('{ stories(first: 1, last: 1) { nodes { id } } }')).toBe('Give "first" or "last", not both.')
    expect(await refusal('{ stories(after: "x") { nodes { id } } }')).toContain('"after" is not a cursor of this list')
    expect(await refusal('{ story { id } }')).toBe('Give "slug" or "id", one of the two.')
    expect(await refusal('{ story(slug: "x", id: "y") { id } }')).toBe('Give "slug" or "id", one of the two.')
    expect(await refusal('{ story(id: "nonsense") { id } }')).toContain('is not the id of a Story')
    expect(await refusal(`{ search(query: "${'x'.repeat(501)}") { nodes { kind } } }`)).toContain('"query" has 501 characters')
    expect(await refusal('{ search(query: "harbor", in: []) { nodes { kind } } }')).toBe('"in" is empty; name what is searched, or leave it out to search everything.')
    const ids = JSON.stringify(Array.from({ length: 101 }, () => 'x'))
    expect(await refusal(`{ nodes(ids: ${ids}) { id } }`)).toContain('"ids" has 101 entries')
    for (const none of ['yesterday', '2027-02-31T00:00:00Z', '2026-06-31T08:00:00+02:00', '2026-02-29T12:00:00.5Z', '2026-01-01T24:00:00Z', '2026-13-01T00:00:00Z']) {
      expect((await newsroom.read(`{ stories(filter: {publishedFrom: "${none}"}) { nodes { id } } }`)).errors![0]!.message).toContain(`"${none}" is not an instant`)
    }
    expect((await newsroom.read('{ stories(filter: {publishedFrom: "2028-02-29T23:59:59+14:00"}) { nodes { id } } }')).errors).toBeUndefined()
  })

  it('refuse a cursor of another list, filter, order or contract, or one that was changed', async () => {
    const cursor = (await newsroom.read('{ stories(first: 1) { pageInfo { endCursor } } }')).data!['stories'].pageInfo.endCursor as string
    const changed = cursor.slice(0, -2) + (cursor.endsWith('AA') ? 'BB' : 'AA')
    for (const query of [
      `{ quotes(after: "${cursor}") { nodes { id } } }`, `{ stories(filter: {desks: ["Metro"]}, after: "${cursor}") { nodes { id } } }`, `{ stories(orderBy: OLDEST, after: "${cursor}") { nodes { id } } }`, `{ stories(after: "${changed}") { nodes { id } } }`,
    ]) expect(await refusal(query), query).toContain('is not a cursor of this list')
    expect((await newsroom.readAsStaff(`{ stories(after: "${cursor}") { nodes { id } } }`)).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('answer an id that is none like one of a thing that does not exist', async () => {
    expect((await newsroom.read('{ node(id: "zzz") { id } nodes(ids: ["", "💥", "U3Rvcnk6eA"]) { id } }')).data).toEqual({ node: null, nodes: [null, null, null] })
  })

  it('find every kind of thing again by its id, in the order asked', async () => {
    const { data } = await newsroom.read('{ stories(first: 1) { nodes { id quotes { id } attributions { id } officialStatements { id issuer { id } } topics { id } bylines { journalist { id } } } } person(key: "ada-quill") { id } }')
    const found = data!['stories'].nodes[0]
    const ids = [found.topics[0].id, found.id, found.quotes[0].id, found.attributions[0].id, found.attributions[1].id, found.officialStatements[0].id, found.officialStatements[0].issuer.id, found.bylines[0].journalist.id, data!['person'].id]
    const nodes = (await newsroom.read('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids })).data!['nodes']
    expect(nodes).toEqual([['Topic', 0], ['Story', 1], ['Quote', 2], ['NamedAttribution', 3], ['AnonymousAttribution', 4], ['OfficialStatement', 5], ['Organization', 6], ['Journalist', 7], ['Person', 8]].map(([__typename, index]) => ({ __typename, id: ids[index as number] })))
  })
})

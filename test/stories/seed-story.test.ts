import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestNewsroom } from '../support/newsroom.js'
import { describeWithSeed } from '../support/seed-story.js'

describeWithSeed('the first real story over HTTP', (seed) => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add({ ...seed, publication: { firstPublishedAt: '2026-02-24T18:00:00Z' } })
  })
  afterAll(() => newsroom.close())

  it('reads', async () => {
    const answer = await newsroom.read(`{ story(slug: "${seed.slug}") { id headline version publishedAt
      attributions { __typename id text speech cue { exact prefix } mention { exact } toldTo { name } source { __typename label key ... on AnonymousSource { descriptor headcount { min exact } } } antecedent { mention { exact } } parent { text } nested { text } quotes { text } }
      quotes { text speaker { name title } source { label } excerpt { statement { channel } } otherQuotes { nodes { text } } }
      officialStatements { channel issuer { name aliases officialStatements { nodes { id } } } excerpts { nodes { text } } attributions { text quotes { text } } }
      outletCredits { outlet { name } mention { exact } }
      paragraphs { index text segments { text marks { kind isAnonymous attributionId } } ranges { range { exact } mark { kind } } }
      topics { name } providers { name } followUps { nodes { slug } } requestsForComment { organization { name } outcomeLine { exact } } } }`)
    console.log(JSON.stringify(answer, null, 1).slice(0, 6000))
    const lists = await newsroom.read(`{ stories(first: 5) { nodes { slug } edges { cursor } pageInfo { endCursor hasNextPage } } quotes { nodes { text story { slug } } } attributions(first: 3) { nodes { text } } anonymousAttributions(filter: {descriptor: "official"}) { nodes { descriptor anonymousSource { headcount { min exact } } } }
     officialStatements { nodes { issuer { name } } } persons { nodes { key name quotes { nodes { text } } stories { nodes { slug } } attributions { nodes { text } } } } organizations { nodes { key } } topics { nodes { code } } person(key: "pete-hegseth") { id name } search(query: "surveillance") { nodes { kind snippet { text highlights { start end } } paragraph { index } quote { text } } } }`)
    console.log(JSON.stringify(lists, null, 1).slice(0, 6000))
    expect(answer.errors).toBeUndefined()
    expect(lists.errors).toBeUndefined()
    const staff = await newsroom.readAsStaff(`{ stories(filter: {states: [PUBLISHED]}) { nodes { state claims { text occurrences { range { exact } } } sources { confirmed ... on AnonymousSource { agreed { reason } } } } } }`)
    expect(staff.errors).toBeUndefined()
    expect((await newsroom.statementsOf(() => newsroom.read(`{ story(slug: "${seed.slug}") { id quotes { text } } }`))).length).toBe(1)
  })
})

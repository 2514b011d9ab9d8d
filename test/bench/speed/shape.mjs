import { CHANNELS, documentOf, SPEECHES } from './plain-story.mjs'

// What the workloads ask of this server, and its answers in the shape in which they are compared: for the runner of ../../../../shared/peers
// (PROJECT_SHAPE), and for our own.
const ms = (instant) => new Date(instant).getTime()
const wordOf = (table, value) => Object.keys(table).find((word) => table[word] === value)
const quote = ({ text, speech, source }) => ({
  text, kind: wordOf(SPEECHES, speech), anonymousSource: source.descriptor ?? null,
  speaker: source.name === undefined ? null : { name: source.name, role: source.title, organization: source.organization.name },
})
const topic = ({ code, name }) => ({ slug: `topic-${Number(code.replace('medtop:', ''))}`, name })
const named = ({ name }) => ({ name })
const PARAGRAPHS = 20

export const w1 = {
  variables: ({ slug }) => ({ slug }),
  pick: ({ story }) => ({
    slug: story.slug, headline: story.headline, dek: story.summary, publishedAt: ms(story.firstPublishedAt), updatedAt: ms(story.publishedAt),
    paragraphs: story.paragraphs.filter(({ role }) => role === 'BODY').slice(0, PARAGRAPHS).map(({ text }) => text),
    quotes: story.quotes.map(quote),
    // Sources of quotes are among them; only of the others there is a number.
    anonymousAttributions: story.anonymousAttributions.map(({ anonymousSource }) => anonymousSource).filter(({ headcount }) => headcount !== null)
      .map(({ descriptor, headcount, terms }) => ({ descriptor, headcount: headcount.exact, terms: terms.text })),
    statements: story.officialStatements.map(({ issuer, channel, fullText }) => ({ organization: issuer.name, channel: wordOf(CHANNELS, channel), text: fullText })),
    topics: story.topics.map(topic), bylines: story.bylines.map(named),
  }),
}

export const w2 = {
  variables: () => undefined,
  pick: ({ stories }) => stories.nodes.map((story) => ({
    slug: story.slug, headline: story.headline, dek: story.summary, publishedAt: ms(story.firstPublishedAt), topics: story.topics.map(topic), bylines: story.bylines.map(named), quotes: story.quotes.map(quote),
  })),
}

export const w3 = {
  variables: ({ id, first, after }) => ({ key: `person-${id}`, first, after: after ?? null }),
  pick: ({ person }) => ({
    name: person.name, role: person.affiliations[0].title,
    items: person.quotes.nodes.map(({ text, speech, saidAt, story }) => ({ text, kind: wordOf(SPEECHES, speech), saidAt: ms(saidAt), story: { slug: story.slug, headline: story.headline } })),
  }),
  cursor: ({ person }) => person.quotes.pageInfo.endCursor,
}

export const w4 = {
  // The day goes into the dateline: a draft has no time of publication.
  variables: ({ input, idempotencyKey }) => ({
    input: {
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      document: {
        ...documentOf({ ...input, publishedAt: undefined, paragraphs: input.paragraphs.map(({ text }) => text), quotes: input.quotes.map(({ personId, anonymousSource, ...rest }) => ({ ...rest, ...(personId === null ? { anonymousSource } : { person: { id: personId, name: `Person ${personId}` } }) })) }),
        dateline: { place: 'Tidewater', date: input.publishedAt.slice(0, 10) },
      },
    },
  }),
  pick: ({ createStory }) => {
    if (createStory.errors.length > 0) throw new Error(JSON.stringify(createStory.errors))
    return { slug: createStory.story.slug }
  },
}

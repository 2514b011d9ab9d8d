import pg from 'pg'
import { SPEECHES } from '../plain-story.mjs'
import { databaseOf } from './database.mjs'

// Copies a story from our relational tables to those of the peers' runner. PEERS_URL names their database, where it is not the usual one.
const theirs = process.env.PEERS_URL ?? `postgres://bench@127.0.0.1:${process.env.PEERS_PGPORT ?? 55532}/newsroom_2000`
const slug = process.argv[2]
const kindOf = (speech) => Object.keys(SPEECHES).find((kind) => SPEECHES[kind] === speech)

async function on(url, work) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const story = await on(new URL(`/${databaseOf(theirs).name}`, theirs).href, async (client) => {
  const { rows: [head] } = await client.query('SELECT s."currentRevisionId" AS id, r."datelineDate"::text AS day FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s."currentRevisionId" WHERE s."slug" = $1', [slug])
  const { rows: paragraphs } = await client.query('SELECT p."role", p."text" FROM "Paragraph" AS p WHERE p."revisionId" = $1 ORDER BY p."index"', [head.id])
  const { rows: quotes } = await client.query(`SELECT (SELECT t."exact" FROM "TextRange" AS t WHERE t."quoteId" = q."id") AS text, a."speech", a."saidEarliest", p."key", u."descriptor" FROM "Quote" AS q JOIN "Attribution" AS a ON a."id" = q."attributionId"
    LEFT JOIN "Person" AS p ON p."id" = q."speakerId" LEFT JOIN "AnonymousSource" AS u ON u."sourceId" = a."sourceId" WHERE q."revisionId" = $1 ORDER BY substring(q."key", 2)::int`, [head.id])
  return { day: head.day, paragraphs, quotes }
})
await on(theirs, async (client) => {
  const [headline, dek] = story.paragraphs
  const { rows: [{ id }] } = await client.query('INSERT INTO story (slug, headline, dek, status, published_at, updated_at) VALUES ($1, $2, $3, \'draft\', $4::timestamptz, $4::timestamptz) RETURNING id', [slug, headline.text, dek.text, `${story.day}T00:00:00Z`])
  const body = story.paragraphs.filter(({ role }) => role === 'BODY').slice(0, 20)
  for (const [index, { text }] of body.entries()) await client.query('INSERT INTO paragraph (story_id, position, text) VALUES ($1, $2, $3)', [id, index + 1, text])
  for (const [index, quote] of story.quotes.entries()) {
    await client.query('INSERT INTO quote (story_id, position, kind, text, said_at, person_id, anonymous_source) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, index + 1, kindOf(quote.speech), quote.text, quote.saidEarliest, quote.key === null ? null : Number(quote.key.replace('person-', '')), quote.descriptor])
  }
})

import { parseArgs } from 'node:util'
import type pg from 'pg'
import { freshDatabase, loadStories, withClient } from '../load-stories.js'
import type { PlainStory } from '../plain-story.mjs'
import { databaseOf } from './database.mjs'

// Fills a database of ours beside the one of the peers' runner, with the same stories.
// DATABASE_URL=postgres://bench@127.0.0.1:55532/newsroom_2000 node --import @oxc-node/core/register test/bench/speed/peers/load.ts
const PER_READ = 250
const { values } = parseArgs({ options: { url: { type: 'string', default: process.env['DATABASE_URL'] ?? '' } } })

const STORIES = `SELECT s.slug, s.headline, s.dek, s.published_at AS "publishedAt", s.updated_at AS "updatedAt",
  (SELECT json_agg(text ORDER BY position) FROM paragraph WHERE story_id = s.id) AS paragraphs,
  (SELECT json_agg(json_strip_nulls(json_build_object('kind', q.kind, 'text', q.text, 'saidAt', q.said_at, 'anonymousSource', q.anonymous_source,
    'person', CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name, 'role', p.role, 'organization', json_build_object('id', o.id, 'name', o.name)) END)) ORDER BY q.position)
    FROM quote AS q LEFT JOIN person AS p ON p.id = q.person_id LEFT JOIN organization AS o ON o.id = p.organization_id WHERE q.story_id = s.id) AS quotes,
  (SELECT json_agg(json_build_object('descriptor', descriptor, 'headcount', headcount, 'terms', terms) ORDER BY position) FROM anonymous_attribution WHERE story_id = s.id) AS "anonymousAttributions",
  (SELECT json_agg(json_build_object('channel', x.channel, 'text', x.text, 'issuedAt', x.issued_at, 'organization', json_build_object('id', o.id, 'name', o.name)) ORDER BY x.position)
    FROM official_statement AS x JOIN organization AS o ON o.id = x.organization_id WHERE x.story_id = s.id) AS statements,
  (SELECT json_agg(json_build_object('slug', t.slug, 'name', t.name) ORDER BY st.position) FROM story_topic AS st JOIN topic AS t ON t.id = st.topic_id WHERE st.story_id = s.id) AS topics,
  (SELECT json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY b.position) FROM byline AS b JOIN author AS a ON a.id = b.author_id WHERE b.story_id = s.id) AS bylines
  FROM story AS s WHERE s.slug LIKE 'story-%' AND s.id > $1 ORDER BY s.id LIMIT $2`

const iso = (value: Date | string) => new Date(value).toISOString()

async function* stories(client: pg.Client): AsyncGenerator<PlainStory> {
  for (let after = 0; ; after += PER_READ) {
    const { rows } = await client.query<PlainStory & { publishedAt: Date; updatedAt: Date }>(STORIES, [after, PER_READ])
    for (const row of rows) {
      yield {
        ...row, publishedAt: iso(row.publishedAt), updatedAt: iso(row.updatedAt),
        quotes: row.quotes.map((quote) => ({ ...quote, saidAt: iso(quote.saidAt) })), statements: row.statements!.map((each) => ({ ...each, issuedAt: iso(each.issuedAt) })),
      }
    }
    if (rows.length < PER_READ) return
  }
}

const theirs = values.url
const { name, template } = databaseOf(theirs)
await withClient(new URL('/postgres', theirs).href, (admin) => admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
const own = await freshDatabase(new URL('/postgres', theirs).href, template)
const since = performance.now()
await withClient(theirs, (client) => loadStories(own, stories(client), (stored) => {
  if (stored % 1000 === 0) console.log(`${stored} stories, ${Math.round(stored / ((performance.now() - since) / 1000))} a second`)
}))

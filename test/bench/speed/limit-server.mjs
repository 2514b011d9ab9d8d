import http from 'node:http'
import pg from 'pg'

// The limits that a server of ours is compared with: "f" asks PostgreSQL once for each request, with one prepared statement that builds
// the whole answer as JSON; "g" (LIMIT=g) keeps the bytes of those answers. Neither is a GraphQL server: the body is {"op", "variables"}.
const speaker = `CASE WHEN p.id IS NOT NULL THEN json_build_object('name', p.name, 'role', p.role, 'organization', json_build_object('name', o.name)) END`
const rows = (select) => `(SELECT coalesce(json_agg(r), '[]') FROM (${select}) AS r)`
const quotes = (of, limit = '') => rows(`SELECT q.text, q.kind, q.anonymous_source AS "anonymousSource", ${speaker} AS speaker FROM (SELECT * FROM quote WHERE story_id = ${of} ORDER BY position ${limit}) AS q
  LEFT JOIN person AS p ON p.id = q.person_id LEFT JOIN organization AS o ON o.id = p.organization_id ORDER BY q.position`)
const topics = (of) => rows(`SELECT t.slug, t.name FROM story_topic AS st JOIN topic AS t ON t.id = st.topic_id WHERE st.story_id = ${of} ORDER BY st.position`)
const bylines = (of) => rows(`SELECT a.name FROM byline AS b JOIN author AS a ON a.id = b.author_id WHERE b.story_id = ${of} ORDER BY b.position`)
const w3 = (isLater) => `SELECT json_build_object('data', json_build_object('person', json_build_object('name', p.name, 'role', p.role, 'quotes', (
  SELECT json_build_object('items', coalesce(json_agg(json_build_object('text', q.text, 'kind', q.kind, 'saidAt', q.said_at, 'story', json_build_object('slug', q.slug, 'headline', q.headline))) FILTER (WHERE n <= 20), '[]'::json),
    'hasNextPage', count(*) > 20, 'endCursor', max(said_at::text || ',' || id) FILTER (WHERE n = 20))
  FROM (SELECT q.*, s.slug, s.headline, row_number() OVER (ORDER BY q.said_at DESC, q.id DESC) AS n FROM (
    SELECT * FROM quote AS q WHERE q.person_id = p.id ${isLater ? 'AND (q.said_at, q.id) < ($2::timestamptz, $3::int)' : ''} ORDER BY q.said_at DESC, q.id DESC LIMIT 21) AS q JOIN story AS s ON s.id = q.story_id ORDER BY n) AS q))))::text
  FROM person AS p WHERE p.id = $1`
const TEXTS = {
  w1: `SELECT json_build_object('data', json_build_object('story', row_to_json(x)))::text FROM (SELECT s.slug, s.headline, s.dek, s.published_at AS "publishedAt", s.updated_at AS "updatedAt",
    ${rows('SELECT text FROM paragraph WHERE story_id = s.id ORDER BY position')} AS paragraphs, ${quotes('s.id')} AS quotes,
    ${rows('SELECT descriptor, headcount, terms FROM anonymous_attribution WHERE story_id = s.id ORDER BY position')} AS "anonymousAttributions",
    ${rows(`SELECT x.channel, x.text, json_build_object('name', o.name) AS organization FROM official_statement AS x JOIN organization AS o ON o.id = x.organization_id WHERE x.story_id = s.id ORDER BY x.position`)} AS statements,
    ${topics('s.id')} AS topics, ${bylines('s.id')} AS bylines FROM story AS s WHERE s.slug = $1) AS x`,
  w2: `SELECT json_build_object('data', json_build_object('stories', json_agg(json_build_object('slug', s.slug, 'headline', s.headline, 'dek', s.dek, 'publishedAt', s.published_at, 'topics', ${topics('s.id')}, 'bylines', ${bylines('s.id')}, 'quotes', ${quotes('s.id', 'LIMIT 2')}) ORDER BY s.published_at DESC, s.id DESC)))::text
    FROM (SELECT * FROM story ORDER BY published_at DESC, id DESC LIMIT 20) AS s`,
  w3: w3(false), w3after: w3(true),
  w4: `WITH s AS (INSERT INTO story (slug, headline, dek, status, published_at, updated_at) SELECT i.slug, i.headline, i.dek, i.status, i."publishedAt", i."publishedAt" FROM json_to_record($1::json) AS i(slug text, headline text, dek text, status text, "publishedAt" timestamptz) RETURNING id, slug),
    p AS (INSERT INTO paragraph (story_id, position, text) SELECT s.id, x.position, x.text FROM s, json_to_recordset($1::json->'paragraphs') AS x(position int, text text)),
    q AS (INSERT INTO quote (story_id, position, kind, text, said_at, person_id, anonymous_source) SELECT s.id, x.position, x.kind, x.text, x."saidAt", x."personId", x."anonymousSource" FROM s, json_to_recordset($1::json->'quotes') AS x(position int, kind text, text text, "saidAt" timestamptz, "personId" int, "anonymousSource" text))
    SELECT json_build_object('data', json_build_object('createStory', json_build_object('id', id, 'slug', slug)))::text FROM s`,
}
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.ONRECORD_POOL ?? 10), options: '-c search_path=plain' })
const run = async (name, values) => (await pool.query({ name, text: TEXTS[name], values, rowMode: 'array' })).rows[0]?.[0]
const OPERATIONS = {
  w1: ({ slug }) => run('w1', [slug]), w2: () => run('w2', []), w3: ({ id, after }) => (after ? run('w3after', [id, ...after.split(',')]) : run('w3', [id])), w4: ({ input }) => run('w4', [JSON.stringify(input)]),
}
const kept = process.env.LIMIT === 'g' ? new Map() : undefined

async function answer(op, variables) {
  if (!kept || op === 'w4') return Buffer.from(await OPERATIONS[op](variables) ?? '{"data":null}')
  const key = `${op} ${variables.slug ?? ''} ${variables.id ?? ''} ${variables.after ?? ''}`
  if (!kept.has(key)) kept.set(key, Buffer.from(await OPERATIONS[op](variables) ?? '{"data":null}'))
  return kept.get(key)
}

http.createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
    try {
      const { op, variables = {} } = JSON.parse(Buffer.concat(chunks))
      const bytes = await answer(op, variables)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
    } catch (error) {
      response.writeHead(500).end(JSON.stringify({ errors: [{ message: String(error) }] }))
    }
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

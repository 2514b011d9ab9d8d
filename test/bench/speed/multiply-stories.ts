import type pg from 'pg'

// An archive that is too large to be saved story by story: all of it again and again, by SQL, with ids and slugs of its own, each copy before
// the one that was made last. Names, topics and statements are shared; what documents say of themselves stays as it was.

const COPIED = ['Story', 'Revision', 'Paragraph', 'PublicSlice', 'TextRange', 'Quote', 'Attribution', 'AnonymousAttribution', 'Source', 'AnonymousSource', 'PersonCitation', 'OrganizationCitation', 'StatementCitation', 'StatementReport', 'RevisionTopic', 'Byline']
const TIMES = new Set(['listedAt', 'firstPublishedAt', 'publishedAt', 'createdAt', 'openSince'])

/** Columns that name a row of a table that is copied: its own id, and references. */
const OWN_IDS = `SELECT c.conrelid::regclass::text AS "table", a.attname AS "column" FROM pg_constraint AS c
  CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(own, other) JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.own
  WHERE a.atttypid = 'uuid'::regtype AND (c.contype = 'f' AND c.confrelid::regclass::text = ANY ($1) OR c.contype = 'p' AND c.conrelid::regclass::text = ANY ($1) AND a.attname = 'id')`

const COLUMNS = `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`

/** What is looked up by beside what constraints need: made anew in one go when all rows are there. */
const INDEXES = `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index AS i
  WHERE i.indrelid::regclass::text = ANY ($1) AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.indexrelid)`

/** Copies 1 to `times` of all there is. As a superuser: what triggers and foreign keys would check was checked of the first. */
export async function multiplyStories(client: pg.Client, times: number, onProgress: (table: string) => void): Promise<void> {
  await client.query(`SET search_path = public; SET session_replication_role = replica`)
  const quoted = COPIED.map((table) => `"${table}"`)
  const { rows } = await client.query<{ table: string; column: string }>(OWN_IDS, [quoted])
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(INDEXES, [quoted])
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`)
  const { rows: [spanned] } = await client.query<{ seconds: number }>(`SELECT ceil(extract(epoch FROM max("listedAt") - min("listedAt")))::int + 1 AS seconds FROM "Story"`)
  // A copy begins where the one that was made before it ends.
  const earlier = `make_interval(secs => ${spanned!.seconds} * k)`
  const ownIds = new Set(rows.map(({ table, column }) => `${table} ${column}`))
  for (const [index, table] of quoted.entries()) {
    onProgress(COPIED[index]!)
    const columns = (await client.query<{ name: string }>(COLUMNS, [COPIED[index]])).rows.map(({ name }) => name)
    const values = columns.map((name) => {
      if (ownIds.has(`${table} ${name}`)) return `md5(t."${name}"::text || k)::uuid`
      if (table === '"Story"' && name === 'slug') return `t."slug" || '-' || k`
      return TIMES.has(name) ? `t."${name}" - ${earlier}` : `t."${name}"`
    })
    await client.query(`INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) SELECT ${values.join(', ')} FROM generate_series(1, $1::int) AS k CROSS JOIN ${table} AS t`, [times])
  }
  await client.query(`SET maintenance_work_mem = '1GB'`)
  for (const { name, definition } of indexes) {
    onProgress(name)
    await client.query(definition)
  }
  onProgress('limits')
  await client.query(`INSERT INTO plain.story SELECT id + 100000 * k, slug || '-' || k, headline, dek, status, published_at - ${earlier}, updated_at - ${earlier} FROM generate_series(1, $1::int) AS k CROSS JOIN plain.story`, [times])
  await client.query(`INSERT INTO plain.paragraph SELECT id + 5000000 * k, story_id + 100000 * k, position, text FROM generate_series(1, $1::int) AS k CROSS JOIN plain.paragraph`, [times])
  await client.query(`INSERT INTO plain.quote SELECT id + 5000000 * k, story_id + 100000 * k, position, kind, text, said_at - ${earlier}, person_id, anonymous_source FROM generate_series(1, $1::int) AS k CROSS JOIN plain.quote`, [times])
  for (const [table, rest] of [['byline', 'author_id'], ['story_topic', 'topic_id'], ['anonymous_attribution', 'descriptor, headcount, terms'], ['official_statement', 'organization_id, channel, text']]) {
    await client.query(`INSERT INTO plain.${table} SELECT story_id + 100000 * k, position, ${rest} FROM generate_series(1, $1::int) AS k CROSS JOIN plain.${table}`, [times])
  }
  for (const table of ['story', 'paragraph', 'quote']) await client.query(`SELECT setval(pg_get_serial_sequence('plain.${table}', 'id'), (SELECT max(id) FROM plain.${table}))`)
  await client.query(`SET session_replication_role = origin`)
}

import { createConnection } from 'node:net'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { statement, type Database } from '../../src/database/index.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { weakStory } from '../support/weak-story.js'

/** In every text and every argument of the session. Its last letters look different in every encoding of text. */
export const CANARY = 'kanarivögel'
const CORE = 'kanariv'

/** Keys of the document under which people write as they like. */
const FREE = new Set(['text', 'name', 'title', 'descriptor', 'reason', 'use', 'note', 'credit', 'editorsNote', 'slugline', 'original', 'desk', 'place', 'aliases'])

/** A story whose every free text holds the canary; at its end, so that the ranges still fit. */
export function canaryStory(slug: string): ReturnType<typeof story> {
  const { publication: _published, ...document } = story(CORE)
  const withCanary = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return FREE.has(key) ? `${value} ${CANARY}` : value
    if (Array.isArray(value)) return value.map((entry) => withCanary(entry, key))
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withCanary(inner, name)]))
    return value
  }
  return { ...(withCanary(document) as typeof document), slug }
}

/** The forms in which the canary would be found: plain, in base64 at each of its three places, in hexadecimal, in a URL, as an escape. */
export function canariesIn(text: string): string[] {
  const base64 = [0, 1, 2].map((before) => Buffer.from('x'.repeat(before) + CORE).toString('base64').slice(Math.ceil((before * 4) / 3) + (before > 0 ? 1 : 0), -4))
  const forms = [CORE, ...base64, Buffer.from(CORE).toString('hex'), encodeURIComponent('vögel'), 'v\\u00f6gel']
  return forms.filter((form) => text.toLowerCase().includes(form.toLowerCase()))
}

/** Makes a newsroom fail as bugs and accidents do: a table is gone, a row is broken, constraints and triggers refuse and quote what they were given. */
export async function breakNewsroom(database: Database): Promise<void> {
  const run = (sql: string, values: unknown[] = []) => database.query(statement('break', sql), values)
  await run('DROP TABLE "Waiver" CASCADE')
  await run('CREATE UNIQUE INDEX "Paragraph_once" ON "Paragraph" ("role", "text")')
  await run('ALTER TABLE "Claim" ADD CONSTRAINT "Claim_short" CHECK (length("text") < 400)')
  await run(`CREATE FUNCTION quote_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not %', NEW."name" USING DETAIL = NEW."name", HINT = NEW."name"; END $$`)
  await run('CREATE TRIGGER quote_all BEFORE INSERT ON "Journalist" FOR EACH ROW WHEN (NEW."name" LIKE \'%quote me%\') EXECUTE FUNCTION quote_all()')
  await run(`UPDATE "Revision" SET "document" = jsonb_build_object('paragraphs', $1::text, 'sources', $1::text) WHERE "storyId" = (SELECT "id" FROM "Story" WHERE "slug" = 'broken')`, [CANARY])
}

export interface Session {
  readonly url: string
  readonly token: string
}

/** Everything that goes well and badly in a newsroom's day, with the canary wherever somebody can put it. Gives the codes that were told. */
export async function canarySession({ url, token }: Session): Promise<Set<string>> {
  const codes = new Set<string>()
  const asked = async (path: string, init: RequestInit) => {
    const text = await (await fetch(url + path, { ...init, headers: { 'user-agent': CORE, cookie: `a=${CORE}`, 'x-request-id': CORE, traceparent: `00-${Buffer.from(`${CORE}${CORE}xx`).toString('hex')}-${Buffer.from(`${CORE}x`).toString('hex')}-01`, ...(init.headers as Record<string, string>) } })).text()
    for (const [, code] of text.matchAll(/"code":"(\w+)"/g)) codes.add(code!)
    return text
  }
  const ask = (query: string, variables: object = {}, authorization = `Bearer ${token}`, path: string = PATHS.NEWSROOM) =>
    asked(path, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify({ query, variables, operationName: /^\w+ (\w+)/.exec(query)?.[1] }) })
  const create = (document: object) => ask(`mutation ${CORE} ($input: CreateStoryInput!) { ${CORE}: createStory(input: $input) { story { id waivers { id } findings { rule } } errors { code message path } } }`, { input: { document, idempotencyKey: `${CORE}-${Math.random()}` } })

  await create(weakStory(`${CORE}-quoted`, { journalists: [{ key: CORE, name: `quote me ${CANARY}` }], bylines: [{ journalist: CORE }] }))
  for (let n = 0; n < 4; n += 1) await create(canaryStory(`${CORE}-${n}`))
  await create(weakStory(`${CORE}-weak`, { editorsNote: CANARY }))
  const long = canaryStory(`${CORE}-claim`)
  await create({ ...long, paragraphs: long.paragraphs!.map((paragraph) => ({ ...paragraph, text: `${paragraph.text} Once more.` })), claims: [{ ...long.claims![0]!, text: CANARY.repeat(60) }] })
  await create({ ...canaryStory(`${CORE}-bad`), paragraphs: [{ text: CANARY, [CORE]: CANARY }], [CORE]: CANARY })
  await create({ slug: CORE, attributions: CANARY })
  for (const slug of ['broken', `${CORE}-0`]) {
    await ask(`query ${CORE} { story(slug: "${slug}") { headline document waivers { note } findings { rule exact } attributions { text } paragraphs { text segments { text } } } }`)
    await ask(`mutation ($slug: String!) { x: editEntries(input: {storyId: $slug, expectedRevision: 1, edits: []}) { errors { message } } }`, { slug: CORE })
  }
  for (const [path, authorization] of [[PATHS.PUBLIC, `Bearer ${CORE}`], [PATHS.NEWSROOM, `Bearer onr_staff_${CORE.repeat(6)}`], [PATHS.NEWSROOM, `Basic ${Buffer.from(`${CORE}:${CORE}`).toString('base64')}`], [PATHS.NEWSROOM, `Bearer ${token}`]] as const) {
    for (const query of [
      `{ ${CORE} }`, `{ stories { ${CORE} }`, `query ${CORE} { a${CORE}: search(query: "${CANARY}") { nodes { kind } } }`, `{ story(slug: "${CANARY}") { slug } stories(after: "${CORE}") { nodes { slug } } }`,
      `{ stories(filter: {publishedFrom: "${CANARY}"}) { nodes { slug } } }`, `{ node(id: "${CANARY}") { id } }`, `query ($${CORE}: Int) { stories(first: $${CORE}) { nodes { slug } } }`, `{ stories @${CORE} { nodes { slug } } }`,
      `subscription ${CORE} { storyChanged { at } }`, `mutation ${CORE} { killStory(input: {storyId: "${CANARY}"}) { errors { code } } }`, `{ person(key: "${CANARY}\\u0000") { id } }`,
    ]) await ask(query, { [CORE]: CANARY }, authorization, path)
  }
  await ask('query ($text: String!) { extractStory(text: $text) { proposals { words } errors { code } } checkText(text: $text) { findings { rule } errors { code } } }', { text: `“${CANARY},” said Ada ${CANARY}.\n\nSources said ${CANARY}.` })
  const preflight = { 'apollo-require-preflight': 'true' }
  await asked(`${PATHS.PUBLIC}?query=${encodeURIComponent(`{ search(query: "${CANARY}") { nodes { kind } } }`)}&operationName=${CORE}`, { headers: preflight })
  await asked(`${PATHS.PUBLIC}?query=%7B__typename%7D&variables=${CORE}&extensions=${CORE}`, { headers: preflight })
  for (const path of [`/${CORE}`, `/graphiql?${CORE}`, `/%${CORE}`, `/healthz?${CORE}`, '/readyz']) await asked(path, {})
  for (const body of [`{"query": "${CORE}`, `"${CORE}"`, `{"${CORE}": 1}`, CORE.repeat(160_000), `{"query":"{ __typename }","__proto__":{"${CORE}":1}}`]) await asked(PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  for (const type of [CORE, 'application/json']) await asked(PATHS.PUBLIC, { method: 'PUT', headers: { 'content-type': type }, body: `"${CORE}"` })
  await noHttp(url)
  await overWebSocket(url, token)
  return codes
}

function noHttp(url: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection({ port: Number(new URL(url).port), host: '127.0.0.1' }, () => socket.write(`${CORE} ${CORE}\r\n${CORE}: ${CORE}\r\n\r\n`))
    socket.on('error', () => undefined).on('close', () => resolve()).resume()
  })
}

async function overWebSocket(url: string, token: string): Promise<void> {
  for (const authorization of [`Bearer ${token}`, `Bearer onr_staff_${CORE}`]) {
    const client = createClient({ url: `${url.replace('http', 'ws')}${PATHS.NEWSROOM}?${CORE}`, webSocketImpl: WebSocket, connectionParams: { authorization, [CORE]: CANARY }, retryAttempts: 0 })
    for (const query of [`subscription { ${CORE} }`, `subscription ${CORE} { storyChanged(storyId: "${CANARY}") { at } }`, `{ ${CORE}: __typename }`, `subscription ${CORE}`]) await client.iterate({ query, variables: { [CORE]: CANARY } }).next().catch(() => undefined)
    await client.dispose()
  }
}

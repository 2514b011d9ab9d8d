import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { PATHS } from '../../src/server.js'
import { draft } from '../stories/desk.js'
import { weakStory } from '../support/weak-story.js'

/** Longer than a server is ever silent, so that a request without an answer fails the test and not the machine. */
const LONGEST_ANSWER = 30_000
const STORY = 'id slug state version revision { number } document waivers { id rule reason by isInForce }'

interface Reply { readonly status: number; readonly headers: Headers; readonly body: { data?: any; errors?: { message: string; extensions: { code: string; requestId: string } }[] } }
interface Write { readonly mutation: string; readonly type: string; readonly input: Record<string, unknown> & { readonly idempotencyKey: string } }

/** One story, the writes that were acknowledged, and the one whose fate nobody told. */
interface Followed {
  readonly slug: string
  readonly acknowledged: { readonly write: Write; readonly story: any }[]
  unknown?: Write
}

/** Numbers that look random and follow from a seed. */
export function numbersFrom(seed: number): () => number {
  let count = 0
  return () => createHash('sha256').update(`${seed} ${count++}`).digest().readUInt32BE() / 2 ** 32
}

/** Several people who write at once, each story a step at a time, until the server or its database is gone; and who look afterwards at what is there. */
export class DeskAtWork {
  readonly stories: Followed[] = []
  /** Answers that were no acknowledgement: their status and code, or that there was none. */
  readonly refusals: string[] = []
  #stopped = false
  #acknowledged = 0
  #awaited: { readonly count: number; readonly reached: () => void } | undefined

  constructor(private readonly url: string, private readonly token: string, private readonly name: string, private readonly random: () => number) {}

  /** Writes until it is stopped; each writer also stops at the first write that is not acknowledged. */
  async write(writers: number): Promise<void> {
    await Promise.all(Array.from({ length: writers }, async (_, writer) => {
      for (let n = 0; !this.#stopped; n += 1) if (!(await this.#writeStory(`${this.name}-${writer}-${n}`, (writer + n) % 2 === 0))) return
    }))
  }

  /** Resolves with that many acknowledged writes; the next ones are then under way. */
  acknowledged(count: number): Promise<void> {
    return new Promise((reached) => { this.#awaited = { count, reached } })
  }

  stop(): void {
    this.#stopped = true
  }

  async #writeStory(name: string, isWeak: boolean): Promise<boolean> {
    const document = isWeak ? weakStory(name) : { ...draft(name), slug: name }
    const story: Followed = { slug: name, acknowledged: [] }
    this.stories.push(story)
    const key = (step: string) => `${name}-${step}`
    const created = await this.#step(story, { mutation: 'createStory', type: 'CreateStoryInput', input: { document, idempotencyKey: key('create') } })
    if (!created) return false
    const storyId = created.id as string
    const steps: (() => Promise<Write>)[] = isWeak
      ? [async () => ({ mutation: 'waiveFinding', type: 'WaiveFindingInput', input: { storyId, ...(await this.#finding(storyId)), reason: 'EDITOR_VERIFIED', idempotencyKey: key('waive') } })]
      : [
          async () => ({ mutation: 'editParagraphs', type: 'EditParagraphsInput', input: { storyId, expectedRevision: 1, edits: [{ at: 6, insert: [{ role: 'CAPTION', text: `A caption of ${name}.` }] }], idempotencyKey: key('edit') } }),
          async () => ({ mutation: 'saveRevision', type: 'SaveRevisionInput', input: { storyId, expectedRevision: 2, document: { ...document, desk: `Desk of ${name}` }, idempotencyKey: key('save') } }),
        ]
    steps.push(async () => ({ mutation: 'publishStory', type: 'StoryActionInput', input: { storyId, idempotencyKey: key('publish') } }))
    if (this.random() < 0.5) steps.push(async () => ({ mutation: 'killStory', type: 'RemoveStoryInput', input: { storyId, advisory: 'Do not use.', idempotencyKey: key('kill') } }))
    for (const step of steps) {
      // Where the finding cannot be read any more, nothing was written.
      const write = await step().catch(() => undefined)
      if (!write || this.#stopped || !(await this.#step(story, write))) return false
    }
    return true
  }

  async #finding(storyId: string): Promise<{ rule: string; fingerprint: string }> {
    const { body } = await this.ask(`{ node(id: "${storyId}") { ... on Story { findings(minSeverity: ERROR) { rule fingerprint } } } }`)
    return body.data.node.findings[0]
  }

  async #step(story: Followed, write: Write): Promise<any> {
    story.unknown = write
    let reply: Reply
    try {
      reply = await this.send(write)
    } catch {
      this.refusals.push('no answer')
      return undefined
    }
    if (reply.body.errors) {
      this.refusals.push(`${reply.status} ${reply.body.errors[0]!.extensions.code}${reply.headers.has('retry-after') ? ' with Retry-After' : ''}`)
      return undefined
    }
    expect(reply.body.data.answer.errors, `${write.mutation} of ${story.slug}`).toEqual([])
    delete story.unknown
    story.acknowledged.push({ write, story: reply.body.data.answer.story })
    this.#acknowledged += 1
    if (this.#acknowledged === this.#awaited?.count) this.#awaited.reached()
    return reply.body.data.answer.story
  }

  /** A machine with much else to do may shed a write; then it comes again. */
  async send({ mutation, type, input }: Write): Promise<Reply> {
    for (;;) {
      const reply = await this.ask(`mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { story { ${STORY} } errors { code message path } } }`, { input })
      if (reply.body.errors?.[0]?.extensions.code !== 'OVERLOADED') return reply
      await new Promise((resolve) => { setTimeout(resolve, 500) })
    }
  }

  async ask(query: string, variables: object = {}, path: string = PATHS.NEWSROOM): Promise<Reply> {
    const identity = path === PATHS.NEWSROOM ? { authorization: `Bearer ${this.token}` } : {}
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...identity }, body: JSON.stringify({ query, variables }), signal: AbortSignal.timeout(LONGEST_ANSWER) })
    return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] }
  }

  /**
   * Looks at every story after the crash, at the address where the server is now. What was acknowledged is there as it was acknowledged, what was not is there
   * whole or not at all, and every key gives its answer again without doing anything twice (I7).
   */
  async lookAt(url: string): Promise<void> {
    const now = new DeskAtWork(url, this.token, this.name, this.random)
    for (const story of this.stories) {
      const last = story.acknowledged.at(-1)?.story ?? null
      const found = await now.#read(story.slug)
      const isDone = story.unknown !== undefined && JSON.stringify(found) !== JSON.stringify(last)
      if (!isDone) expect(found, `what was acknowledged of ${story.slug}`).toEqual(last)
      for (const { write, story: answered } of story.acknowledged) {
        const again = await now.#repeat(write)
        expect(again.id, `the answer to ${write.input.idempotencyKey}`).toBe(answered.id)
      }
      expect(await now.#read(story.slug), `${story.slug} after its writes were sent again`).toEqual(found)
      // Some stay as the crash left them.
      if (story.unknown && this.random() < 0.6) await now.#complete(story.slug, story.unknown, isDone ? found : undefined)
    }
  }

  async #complete(slug: string, write: Write, found: any): Promise<void> {
    const first = await this.#repeat(write)
    if (found) expect(first, `${write.input.idempotencyKey}, which had been done`).toEqual(found)
    expect(await this.#repeat(write), `${write.input.idempotencyKey}, a second time`).toEqual(first)
    expect(await this.#read(slug)).toEqual(first)
  }

  async #repeat(write: Write): Promise<any> {
    const { body } = await this.send(write)
    expect(body, write.input.idempotencyKey).toMatchObject({ data: { answer: { errors: [] } } })
    return body.data.answer.story
  }

  async #read(slug: string): Promise<any> {
    const { body } = await this.ask(`query ($slug: String!) { story(slug: $slug) { ${STORY} } }`, { slug })
    expect(body.errors).toBeUndefined()
    return body.data.story
  }
}

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocument } from '../../src/document/index.js'
import { act, doWhatIsDue, saveRevision, STORY_ACTIONS, TRANSITIONS, type Action, type ActDetails } from '../../src/stories/index.js'
import { numbersFrom } from '../crash/desk-at-work.js'
import { draft } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { TestNewsroom, type TestContract } from '../support/newsroom.js'
import { Replica } from './replica.js'

const HOUR = 60 * 60 * 1000
const DESKS = ['A', 'B', 'C']
const EDITOR = { name: 'editor', role: 'ADMIN' } as const
const ROUNDS = Number(process.env['REPLAY_ROUNDS'] ?? 120)
const CONTRACTS: readonly TestContract[] = [{ desks: ['A'] }, { desks: ['B', 'C'] }, {}, { archiveDays: 1 }, { desks: ['A', 'B'], archiveDays: 3, embargoAccess: 'ADVANCE' }, { embargoAccess: 'ADVANCE' }, { topics: ['medtop:16000000'] }]

/** A follower that loses everything now and then, but for what it had kept at some earlier moment. */
class Crashing extends Replica {
  readonly #backups = [this.kept]

  async live(random: () => number): Promise<void> {
    if (random() < 0.2) this.kept = this.#backups[Math.floor(random() * this.#backups.length)]!
    for (let pages = Math.floor(random() * 3); pages >= 0; pages -= 1) await this.follow(1 + Math.floor(random() * 5))
    if (random() < 0.5) this.#backups.push(this.kept)
  }
}

describe('whoever follows the changes', () => {
  const seed = Number(process.env['REPLAY_SEED'] ?? Date.now() % 1_000_000)
  let newsroom: TestNewsroom
  beforeAll(async () => { newsroom = await TestNewsroom.open() })
  afterAll(() => newsroom.close())

  it(`has exactly what it may have, wherever it was interrupted and whatever happened: ${ROUNDS} steps (E5; REPLAY_SEED=${seed})`, async () => {
    const random = numbersFrom(seed)
    const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
    const names = ['Partner 1', 'Partner 2', 'Partner 3']
    const followers = [new Crashing(newsroom.url)]
    for (const name of names) followers.push(new Crashing(newsroom.url, await newsroom.partnerKey(one(CONTRACTS), name)))
    const slugs: string[] = []
    const pass = (most: number) => { newsroom.now = new Date(newsroom.now.getTime() + 1 + Math.floor(random() * most)) }

    const create = async () => {
      const n = `r${slugs.length}`
      await newsroom.add(draft(n, { desk: one(DESKS) }) as ReturnType<typeof story>)
      slugs.push(`harbor-plan-${n}`)
    }
    const revise = async (slug: string) => {
      const { number } = (await (await newsroom.database.prisma()).revision.findFirstOrThrow({ where: { story: { slug } }, orderBy: { number: 'desc' } }))
      const change = (document: StoryDocument): StoryDocument => ({
        ...document, desk: one(DESKS), urgency: 1 + Math.floor(random() * 9), topics: random() < 0.5 ? [{ code: 'medtop:16000000', name: 'conflict' }] : [],
        quotes: document.quotes.filter(() => random() < 0.9).map((quote) => ({ ...quote, standing: one(['STANDS', 'CORRECTED', 'WITHDRAWN'] as const) })),
      })
      return newsroom.database.transaction((queries) => saveRevision(queries, { story: { slug }, expectedRevision: number, isAutosave: false }, EDITOR, change, { now: () => newsroom.now, newId: randomUUID }))
    }
    const happen = async () => {
      const slug = one(slugs)
      const { state } = await (await newsroom.database.prisma()).story.findUniqueOrThrow({ where: { slug } })
      const action = one(STORY_ACTIONS.filter((each) => TRANSITIONS[each][state] && (each !== 'KILL' || random() < 0.3)) as Action[])
      if (!action) return
      if (['UPDATE', 'CORRECT', 'CLARIFY', 'SAVE'].includes(action)) await revise(slug)
      const later = new Date(newsroom.now.getTime() + Math.floor(random() * 20 * HOUR) + 1)
      const details: ActDetails = { at: later, embargo: { until: random() < 0.8 ? later : undefined }, correction: { explanation: 'It is otherwise.' } }
      // Some are refused: there may be no embargo to lift.
      if (action !== 'SAVE') await act(newsroom.database, { slug }, action, EDITOR, details, newsroom.now, randomUUID)
    }

    await create()
    for (let step = 0; step < ROUNDS; step += 1) {
      const dice = random()
      pass(dice < 0.1 ? 12 * HOUR : 60_000)
      if (dice < 0.12) await newsroom.changeContract({ ...one(CONTRACTS), ...(random() < 0.3 && { validUntil: new Date(newsroom.now.getTime() + 5 * HOUR) }), ...(random() < 0.3 && { validFrom: new Date(newsroom.now.getTime() + HOUR) }) }, one(names))
      else if (dice < 0.3) await create()
      else await happen()
      if (random() < 0.5) await doWhatIsDue(newsroom.database, newsroom.now, randomUUID)
      if (random() < 0.3) await one(followers).live(random)
    }
    await doWhatIsDue(newsroom.database, newsroom.now, randomUUID)
    const seen: number[] = []
    for (const [index, follower] of followers.entries()) {
      await follower.followAll(7)
      expect(follower.copies(newsroom.now), `follower ${index}, seed ${seed}`).toEqual(await follower.source())
      // And whoever begins now.
      const fresh = new Replica(newsroom.url, follower.key)
      await fresh.followAll()
      expect(fresh.copies(newsroom.now), `who begins as follower ${index}, seed ${seed}`).toEqual(await follower.source())
      seen.push(follower.copies(newsroom.now).length)
    }
    expect(Math.max(...seen)).toBeGreaterThan(0)
  }, 300_000)
})

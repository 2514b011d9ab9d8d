import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueStaffToken } from '../../src/access/index.js'
import { CliPlace } from '../cli/onrecord.js'
import { expectWholeStories } from '../support/whole-stories.js'
import { DeskAtWork, numbersFrom } from './desk-at-work.js'
import { ServerProcess } from './server-process.js'

/** A few at every run of the suite; before a release, CRASH_ROUNDS=20. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 4)
const WRITERS = 4
/** The kill comes after so many acknowledged writes at most, and so many milliseconds. */
const [MOST_WRITES, LATEST] = [15, 40]

describe('kill -9 of the server in the middle of writes', () => {
  const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000)
  let place: CliPlace
  let token: string
  beforeAll(async () => {
    place = await CliPlace.open()
    token = await place.inside((database) => issueStaffToken(database, { name: 'Linh Vo', role: 'STANDARDS_EDITOR' }, { now: () => new Date(), newId: () => crypto.randomUUID() }))
  })
  afterAll(() => place.remove())

  it(`loses no acknowledged write, leaves no story half-written and repeats every answer, ${ROUNDS} times (I7; CRASH_SEED=${seed})`, async () => {
    const random = numbersFrom(seed)
    let server = await ServerProcess.start(place.env)
    let [acknowledged, cutOff] = [0, 0]
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const desk = new DeskAtWork(server.url, token, `round-${round}`, random)
        const [enough, writing] = [desk.acknowledged(1 + Math.floor(random() * MOST_WRITES)), desk.write(WRITERS)]
        await enough
        await new Promise((resolve) => { setTimeout(resolve, random() * LATEST) })
        await server.end('SIGKILL')
        await writing
        expect(new Set(desk.refusals)).toEqual(new Set(['no answer']))
        // The lock of a process that was killed keeps nobody out.
        server = await ServerProcess.start(place.env)
        await desk.lookAt(server.url)
        acknowledged += desk.stories.reduce((sum, story) => sum + story.acknowledged.length, 0)
        cutOff += desk.stories.filter((story) => story.unknown).length
      }
    } finally {
      await server.end('SIGTERM')
    }
    expect(cutOff).toBeGreaterThanOrEqual(ROUNDS)
    expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS)
    expect(await place.inside(expectWholeStories)).toBeGreaterThan(0)
    console.log(`server killed ${ROUNDS} times (seed ${seed}): ${acknowledged} acknowledged writes, ${cutOff} cut off`)
  }, 900_000)
})

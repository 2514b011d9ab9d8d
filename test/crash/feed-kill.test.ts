import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, importStories, type ImportEntry } from '../../src/stories/index.js'
import { CliPlace } from '../cli/onrecord.js'
import { story } from '../support/documents.js'
import { Replica } from '../syndication/replica.js'
import { ServerProcess } from './server-process.js'

const STORIES = 250
const ROUNDS = 2

interface Line { readonly cursor: string | null; readonly isComplete?: boolean; readonly change?: { readonly __typename?: string; readonly storyId: string; readonly story?: object } }

const OVERLOADED = 'The server has more to do than it can'
/** A machine that is busy with other tests sheds load; a partner comes back. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error as Error).message.includes(OVERLOADED)) throw error
      await new Promise((resolve) => { setTimeout(resolve, 1_000) })
    }
  }
}

/** A consumer of the lines, which keeps a copy and its cursor together. */
class LineConsumer {
  readonly copies = new Map<string, object>()
  cursor: string | null = null

  /** Applies whole lines until the answer ends, however it ends. Whether it was complete. */
  async read(url: string, onLine: (count: number) => void = () => undefined): Promise<boolean> {
    let [isComplete, count, rest] = [false, 0, '']
    try {
      const response = await fetch(`${url}/changes?story=whole${this.cursor === null ? '' : `&after=${encodeURIComponent(this.cursor)}`}`)
      if (response.status === 503) throw new Error(OVERLOADED)
      expect(response.status).toBe(200)
      const decoder = new TextDecoder()
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
        rest = lines.pop()!
        for (const line of lines) {
          const { cursor, change, isComplete: isLast } = JSON.parse(line) as Line
          if (change?.story) this.copies.set(change.storyId, change.story)
          else if (change) this.copies.delete(change.storyId)
          this.cursor = cursor
          isComplete = isLast === true
          onLine(count += 1)
        }
      }
    } catch (error) {
      // The server died under it.
      if (!(error instanceof TypeError)) throw error
    }
    return isComplete
  }
}

describe('kill -9 of the server while partners read its changes', () => {
  let place: CliPlace
  beforeAll(async () => {
    place = await CliPlace.open()
    await place.inside(async (database) => {
      async function* documents(): AsyncGenerator<ImportEntry> {
        for (let line = 1; line <= STORIES; line += 1) yield { file: 'feed', line, bytes: 0, content: { ok: true, value: story(line) } }
      }
      await importStories(database, documents(), { sources: { now: () => new Date(), newId: randomUUID }, concurrency: 1, onRefused: ({ problems }) => { throw new Error(JSON.stringify(problems)) } })
    })
  }, 240_000)
  afterAll(() => place.remove())

  it('leaves them with what whoever begins anew gets, once they went on where they were (E5)', async () => {
    const lines = new LineConsumer()
    let replica = new Replica('')
    const cut: boolean[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await ServerProcess.start(place.env)
      try {
        const { kept } = replica
        replica = new Replica(server.url)
        replica.kept = kept
        let failure: unknown
        const follow = async () => { while (await patiently(() => replica.follow(10))) { /* until the server dies */ } }
        const following = follow().catch((error: unknown) => { failure = error })
        const isComplete = await patiently(() => lines.read(server.url, (count) => { if (count === 10) void server.end('SIGKILL') }))
        await server.end('SIGKILL')
        await following
        cut.push(!isComplete, failure !== undefined)
      } finally {
        await server.end('SIGKILL')
      }
      // What happens between two lives of the server.
      await place.inside(async (database) => {
        const done = await act(database, { slug: `harbor-plan-${round + 1}` }, round === 1 ? 'HOLD' : 'KILL', { name: 'editor', role: 'ADMIN' }, {}, new Date(), randomUUID)
        if (!done.ok) throw new Error(done.message)
      })
    }
    expect(cut).toContain(true)
    const server = await ServerProcess.start(place.env)
    try {
      const { kept } = replica
      replica = new Replica(server.url)
      replica.kept = kept
      while (await patiently(() => replica.follow(100))) { /* until there is no more */ }
      expect(replica.copies(new Date())).toHaveLength(STORIES - ROUNDS)
      expect(replica.copies(new Date())).toEqual(await patiently(() => replica.source()))
      expect(await patiently(() => lines.read(server.url))).toBe(true)
      const anew = new LineConsumer()
      expect(await patiently(() => anew.read(server.url))).toBe(true)
      expect(anew.copies.size).toBe(STORIES - ROUNDS)
      expect(lines.copies).toEqual(anew.copies)
    } finally {
      await server.end('SIGTERM')
    }
  }, 400_000)
})

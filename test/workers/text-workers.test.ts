import { afterEach, describe, expect, it } from 'vitest'
import { extract, toScorerLine } from '../../src/extraction/index.js'
import { TextWorkers, type TextRefused, type TextWorkersOptions } from '../../src/workers/index.js'

const STUBBORN = new URL('./stubborn-worker.ts', import.meta.url)
const opened: TextWorkers[] = []
function workers(options: TextWorkersOptions): TextWorkers {
  const made = new TextWorkers(options)
  opened.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()))
})

const TEXT = 'The mill will close, Ruth Calder said. “It is old,” she said.'
const plain = (value: unknown): string => JSON.stringify(value, (key, own: unknown) => (key === 'lineage' ? undefined : own))

describe('text workers', () => {
  it('give what an extraction here gives', async () => {
    const pool = workers({ size: 1 })
    const { analysis: _, ...own } = extract(TEXT)
    expect(plain(await pool.extract(TEXT))).toBe(plain(own))
    expect(await pool.scorerLine('a', TEXT)).toEqual(toScorerLine('a', TEXT))
  })

  it('have a thread loaded before the first text, where they are told to', async () => {
    const pool = workers({ size: 1 })
    let since = performance.now()
    await pool.warm()
    const loading = performance.now() - since
    since = performance.now()
    await pool.extract(TEXT)
    expect(performance.now() - since).toBeLessThan(loading / 2)
    expect(pool.load()).toEqual({ threads: 1, busy: 0, waiting: 0 })
    const stopped = workers({ size: 1 })
    const warming = stopped.warm()
    await stopped.close()
    await expect(warming).resolves.toBeUndefined()
  })

  it('end a thread that no text needs, and start one for the next', async () => {
    const pool = workers({ size: 1, idleMs: 300, program: STUBBORN })
    for (const text of ['one', 'two']) {
      expect((await pool.extract(text)).text).toBe(text)
      expect(pool.load()).toEqual({ threads: 1, busy: 0, waiting: 0 })
      await expect.poll(() => pool.load()).toEqual({ threads: 0, busy: 0, waiting: 0 })
    }
    // A text in time keeps it.
    await pool.warm()
    for (const text of ['three', 'four', 'five']) {
      expect((await pool.extract(text)).text).toBe(text)
      await new Promise((resolve) => { setTimeout(resolve, 150) })
      expect(pool.load().threads).toBe(1)
    }
  })

  it('answer each text with its own result, in whatever order', async () => {
    const pool = workers({ size: 2 })
    const texts = Array.from({ length: 12 }, (_, index) => `Ruth Calder said the mill closes in ${index + 2} days. ${'It rained. '.repeat((index * 7) % 40)}`)
    const results = await Promise.all(texts.map((text) => pool.extract(text)))
    expect(results.map(({ text }) => text)).toEqual(texts)
  })

  it('refuse a text beyond the queue at once, and take texts again afterwards', async () => {
    const pool = workers({ size: 1, queue: 2, program: STUBBORN })
    const taken = [pool.extract('one'), pool.extract('two'), pool.extract('three')]
    await expect(pool.extract('four')).rejects.toThrow(/More than 2 texts are waiting/)
    expect((await Promise.all(taken)).map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect((await pool.extract('five')).text).toBe('five')
  })

  it('give up a text that hangs its worker, and read the next with a new one', async () => {
    const pool = workers({ size: 1, timeoutMs: 4_000, program: STUBBORN })
    const hanging = pool.extract('hang')
    const next = pool.extract('next')
    await expect(hanging).rejects.toThrow(/longer than 4000 ms/)
    expect((await next).text).toBe('next')
  })

  it('give up a text whose turn does not come in time: it is not to blame', async () => {
    const pool = workers({ size: 1, timeoutMs: 1_000, waitMs: 200, program: STUBBORN })
    const hanging = pool.extract('hang').catch((error: TextRefused) => error.code)
    await expect(pool.extract('next')).rejects.toMatchObject({ code: 'BUSY', message: expect.stringContaining('200 ms') as string })
    expect(await hanging).toBe('TIMED_OUT')
    expect(pool.load().waiting).toBe(0)
  })

  it.each(['throw', 'exit'])('lose only the text on which a worker fails (%s)', async (how) => {
    const pool = workers({ size: 1, program: STUBBORN })
    const failing = pool.extract(how)
    const next = pool.extract('next')
    await expect(failing).rejects.toThrow(how === 'throw' ? 'out of order' : /ended before it answered/)
    expect((await next).text).toBe('next')
  })

  it('refuse what cannot be sent to a worker, and go on', async () => {
    const pool = workers({ size: 1, program: STUBBORN })
    await expect(pool.extract('x', { slug: (() => 'x') as never })).rejects.toThrow(/could not be cloned/)
    expect((await pool.extract('next')).text).toBe('next')
  })

  it('say what went wrong inside an extraction', async () => {
    const pool = workers({ size: 1 })
    await expect(pool.extract('Ruth Calder said no.', { slug: 'not a slug' })).rejects.toThrow(/slug/)
    expect((await pool.extract(TEXT)).text).toBe(TEXT)
  })

  it('when closed stop what is under way and what waits, and refuse more', async () => {
    const pool = workers({ size: 1, program: STUBBORN })
    const texts = [pool.extract('hang'), pool.extract('one')]
    const ends = Promise.allSettled(texts)
    await pool.close()
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('stopped') as string } })
    await expect(pool.extract('two')).rejects.toThrow(/are stopped/)
    await pool.close()
  })
})

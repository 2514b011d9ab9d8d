import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { issueStaffToken } from '../../src/access/index.js'
import { openDatabase } from '../../src/database/index.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { createServer } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'

// Milliseconds until a story of 5,000 words and 400 attributions stands in the desk, from the click on its link in the list; and the frames
// of a scroll through it. Build first.
// node --import @oxc-node/core/register test/bench/desk.ts
const SENTENCES = 400
const PER_PARAGRAPH = 5
const MATTERS = ['the ferry would stop for the winter and the crews', 'the plan had been off since the summer before it', 'nobody in the harbor office knew of the letter', 'they had read the order and the answer to it']

const paragraphs: { text: string; role?: 'HEADLINE' }[] = [{ role: 'HEADLINE', text: 'A long story' }]
const attributions: { key: string; source: string; speech: 'INDIRECT'; content: object[]; cue: object; mention: object }[] = []
for (let first = 0; first < SENTENCES; first += PER_PARAGRAPH) {
  let text = ''
  for (let at = first; at < first + PER_PARAGRAPH; at += 1) {
    const start = text.length + (text ? 1 : 0)
    const mention = at % 3 === 0 ? 'Two officials' : 'Ada Quill'
    const sentence = `${mention} said ${MATTERS[at % 4]} on day ${at}.`
    const paragraph = paragraphs.length
    const cue = start + mention.length + 1
    attributions.push({ key: `a${at}`, source: at % 3 === 0 ? 'officials' : 'quill', speech: 'INDIRECT', content: [{ paragraph, start: cue + 5, end: start + sentence.length - 1 }], cue: { paragraph, start: cue, end: cue + 4 }, mention: { paragraph, start, end: start + mention.length } })
    text = `${text}${text ? ' ' : ''}${sentence}`
  }
  paragraphs.push({ text })
}
const words = paragraphs.reduce((sum, { text }) => sum + text.split(' ').length, 0)

const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-bench-'))
const sources = { now: () => new Date(), newId: randomUUID }
const database = await openDatabase({ url: undefined, poolSize: 1, folder: path.join(folder, 'data') })
const server = await createServer({ database, secret: Buffer.alloc(32, 7), now: sources.now, logLevel: 'error' })
const browser = await chromium.launch({ executablePath: process.env['ONRECORD_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
try {
  const document = storyDocumentOf({
    onrecord: 1, slug: 'long', desk: 'Metro', paragraphs, people: [{ key: 'ada', name: 'Ada Quill' }], attributions,
    sources: [{ key: 'quill', kind: 'PERSON', person: 'ada' }, { key: 'officials', kind: 'ANONYMOUS', descriptor: 'Two officials', headcount: { min: 2 } }],
  })
  const created = await createStory(database, document, sources)
  if (!created.ok) throw new Error(JSON.stringify(created.problems))
  const token = await issueStaffToken(database, { name: 'bench', role: 'EDITOR' }, sources)
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(`sessionStorage.setItem('onrecord.token', ${JSON.stringify(token)})`)
  await page.goto(`${url}/desk`)
  process.stdout.write(`${words} words, ${attributions.length} attributions\n`)
  // The page's own work in processor time, which tells something on a busy machine too.
  const measuring = await page.context().newCDPSession(page)
  await measuring.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async () => (await measuring.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  const opened: { all: number; answer: number; work: number }[] = []
  for (let round = 0; round < 5; round += 1) {
    await page.getByRole('link', { name: 'A long story' }).waitFor()
    const before = await worked()
    const times = await page.evaluate<{ all: number; answer: number }>(`new Promise((resolve) => {
      const link = [...document.querySelectorAll('a')].find((each) => each.textContent === 'A long story')
      performance.clearResourceTimings()
      const from = performance.now()
      const look = () => {
        if (document.querySelectorAll('[data-anchor]').length < ${attributions.length}) return requestAnimationFrame(look)
        requestAnimationFrame(() => setTimeout(() => {
          const asked = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/graphql')).at(-1)
          resolve({ all: performance.now() - from, answer: asked.responseEnd - asked.startTime })
        }))
      }
      link.click()
      look()
    })`)
    opened.push({ ...times, work: (await worked()) - before })
    if (round < 4) { await page.evaluate('history.back()'); await page.locator('.story-list').waitFor() }
  }
  for (const { all, answer, work } of opened) process.stdout.write(`opened in ${all.toFixed(0)} ms, of which the server's answer took ${answer.toFixed(0)} ms; ${work.toFixed(0)} ms of processor time in the page\n`)
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const times = []
    let last = performance.now()
    const step = (now) => { times.push(now - last); last = now; window.scrollBy({ top: 120, behavior: 'instant' }); if (times.length < 90) requestAnimationFrame(step); else resolve(times.slice(2)) }
    requestAnimationFrame(step)
  })`)
  const sorted = frames.toSorted((a, b) => a - b)
  process.stdout.write(`${await page.locator('.note').count()} findings shown; scrolling: median frame ${sorted[sorted.length >> 1]!.toFixed(1)} ms, 95th percentile ${sorted[Math.floor(sorted.length * 0.95)]!.toFixed(1)} ms\n`)
} finally {
  await browser.close()
  await server.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
}

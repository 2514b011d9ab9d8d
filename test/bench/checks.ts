import { ArchiveIndex, checkDocument } from '../../src/checks/index.js'
import { storyDocumentOf, type StoryDocument } from '../../src/document/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { extract } from '../../src/extraction/index.js'
import { seedStoryInput, seedStoryText } from '../support/seed-story.js'

// Speed of the checks, extraction not counted: processor time of this process, so that other work on the machine does not count.
// node --import @oxc-node/core/register test/bench/checks.ts
const demo = demoDocuments(new Date('2026-03-02T12:00:00Z'))
const ARCHIVE = 10_000
const MB = 1_000_000

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function timed(work: () => void): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function line(value: string, title: string, target: string, isReached: boolean): void {
  console.log(`${isReached ? 'ok  ' : 'MISS'} ${value.padStart(14)}  ${title} (target: ${target})`)
  if (!isReached) process.exitCode = 1
}

const fresh = (document: StoryDocument): StoryDocument => ({ ...document })

function single(title: string, document: StoryDocument): void {
  for (let run = 0; run < 200; run += 1) checkDocument(fresh(document))
  const middle = median(Array.from({ length: 300 }, () => timed(() => void checkDocument(fresh(document)))))
  line(`${middle.toFixed(2)} ms`, `${title}, ${checkDocument(document).length} findings`, 'under 2 ms', middle < 2)
}

const structured = seedStoryInput()
const text = seedStoryText()
if (structured && text !== undefined) {
  single('the seed story, structured', storyDocumentOf(structured))
  single('the seed story, from plain text', extract(text).document)
} else console.log('SKIPPED: the seed story is not here; set ONRECORD_CORPUS')
single('the longest demo story', demo.toSorted((a, b) => b.attributions.length - a.attributions.length)[0]!)

/** Stories of the demo over and over, under other names and on other days. */
function* archive(count: number): Generator<StoryDocument> {
  for (let n = 0; n < count; n += 1) yield { ...demo[n % demo.length]!, slug: `story-${n}` }
}
let findings = 0
const checked = timed(() => { for (const document of archive(ARCHIVE)) findings += checkDocument(document).length })
line(`${Math.round(ARCHIVE / checked * 1000)} /s`, `an archive of ${ARCHIVE} documents, ${findings} findings`, '1,000 a second', ARCHIVE / checked * 1000 >= 1_000)

const dated = (document: StoryDocument, n: number) => ({ slug: document.slug, publishedAt: new Date(Date.UTC(2026, 0, 1) + n * 600_000).toISOString(), desk: document.desk, document })
const index = new ArchiveIndex()
let n = 0
const indexed = timed(() => { for (const document of archive(ARCHIVE)) index.put(dated(document, n++)); index.findings() })
line(`${Math.round(ARCHIVE / indexed * 1000)} /s`, 'the checks across the same archive, from nothing', '1,000 a second', ARCHIVE / indexed * 1000 >= 1_000)
const edits = Array.from({ length: 20 }, (_, at) => timed(() => { index.put(dated({ ...demo[at % demo.length]!, slug: `story-${at}` }, at)); index.recheck() }))
line(`${median(edits).toFixed(1)} ms`, 'one story edited in it', 'under 250 ms', median(edits) < 250)

const SENTENCES = ['Two officials said that the dam was old and might fail. ', 'Sources told the Courier that Ada Quill wants the post. ', '“We will not sell the plant,” the company said in a statement on Tuesday. ', 'He argued that the largest bank was the first to leave at 5 p.m. Friday. ']

/** A document of so many attributions in so many paragraphs, all by a few sources. */
function hostile(attributions: number, paragraphs: number, size: number): StoryDocument {
  const texts = Array.from({ length: paragraphs }, () => '')
  const said: unknown[] = []
  for (let at = 0, total = 0; total < size; at += 1) {
    const paragraph = Math.floor(total / size * paragraphs)
    const sentence = SENTENCES[at % SENTENCES.length]!
    const start = texts[paragraph]!.length
    const cue = /said|told|argued/.exec(sentence)!
    if (said.length < attributions) said.push({ key: `a${at}`, source: `s${at % 50}`, speech: 'INDIRECT', mention: { paragraph, start, end: start + cue.index - 1 }, cue: { paragraph, start: start + cue.index, end: start + cue.index + cue[0].length }, content: [{ paragraph, start: start + cue.index + cue[0].length + 1, end: start + sentence.length - 2 }] })
    texts[paragraph] += sentence
    total += sentence.length
  }
  const sources = Array.from({ length: 50 }, (_, at) => ({ key: `s${at}`, kind: 'ANONYMOUS', descriptor: ['sources', 'two officials', 'one source familiar with the matter'][at % 3], headcount: { min: at % 3 === 2 ? 1 : 2 } }))
  return storyDocumentOf({ onrecord: 1, slug: 'hostile', desk: 'x', paragraphs: texts.map((own) => ({ text: own.trimEnd() })), sources, attributions: said })
}

const plain = (words: string) => storyDocumentOf({ onrecord: 1, slug: 'plain', desk: 'x', paragraphs: [{ text: words }] })
const HOSTILE: readonly (readonly [string, () => StoryDocument])[] = [
  ['1 MB in one paragraph, no attributions', () => hostile(0, 1, MB)],
  ['1 MB in one paragraph, 5,000 attributions', () => hostile(5_000, 1, MB)],
  ['1 MB in 5,000 paragraphs, 5,000 attributions', () => hostile(5_000, 5_000, MB)],
  ['5,000 attributions by 50 sources in 300 KB', () => hostile(5_000, 100, 300_000)],
  ['1 MB without a full stop', () => plain('the officials and the sources and the meeting '.repeat(22_000))],
  ['1 MB of one letter', () => plain('a'.repeat(MB))],
  ['1 MB of opening quotation marks', () => plain('“ '.repeat(MB / 2))],
  ['1 MB of numbers and days', () => plain('5 p.m. Friday $1,000,000 '.repeat(MB / 25))],
  ['1 MB of “Officials officials”', () => plain('Officials Senior '.repeat(MB / 17))],
  ['1 MB of names', () => plain('Ada Quill '.repeat(MB / 10))],
]
for (const [title, make] of HOSTILE) {
  const document = make()
  const spent = timed(() => void checkDocument(document))
  line(`${spent.toFixed(0)} ms`, title, 'under 2 s', spent < 2_000)
}

/** A quote of so many words against a record of as many that repeats itself. */
const record = 'we will not we will '.repeat(50_000)
const quoted = storyDocumentOf({
  onrecord: 1, slug: 'quoted', desk: 'x', paragraphs: [{ text: `“${'we will sell '.repeat(300).trim()}” Quill said.` }], people: [{ key: 'q', name: 'Ada Quill' }], sources: [{ key: 'q', kind: 'PERSON', person: 'q' }],
  attributions: [{ key: 'a', source: 'q', speech: 'DIRECT', content: [{ paragraph: 0, start: 0, end: 3_901 }] }], quotes: Array.from({ length: 20 }, (_, at) => ({ key: `q${at}`, attribution: 'a', ranges: [{ paragraph: 0, start: 1, end: 3_000 + at }], record: { record: 'r' } })),
  records: [{ key: 'r', kind: 'TRANSCRIPT', segments: Array.from({ length: 4 }, (_, at) => ({ startMs: at, endMs: at + 1, text: record.slice(0, 250_000) })) }],
})
const compared = timed(() => void checkDocument(quoted))
line(`${compared.toFixed(0)} ms`, '20 quotes of 300 words compared with a record of 1 MB', 'under 2 s', compared < 2_000)

import { rebase, storyDocumentOf, type StoryDocument } from '../../src/document/index.js'

// Milliseconds of `rebase` for edits of every kind, and of reading the edited document for comparison.
// node --import @oxc-node/core/register test/bench/rebase.ts
const NAMES = ['Smith', 'Jones', 'The mayor', 'Two officials']
const THINGS = ['the ferry would stop', 'the plan was off', 'nobody knew', 'it was late', 'the mayor knew', 'they had read the order']
const body = (texts: readonly string[]) => texts.map((text) => ({ role: 'BODY' as const, text }))

/** A story of so many sentences of an attribution each, with names, matters and days in turn. */
function longStory(sentences: number, perParagraph: number): { document: StoryDocument; texts: string[] } {
  const texts: string[] = []
  const attributions: unknown[] = []
  for (let first = 0; first < sentences; first += perParagraph) {
    let own = ''
    for (let at = first; at < Math.min(sentences, first + perParagraph); at += 1) {
      const sentence = `${NAMES[at % 4]} said ${THINGS[(at * 5) % 6]} on day ${at} of the strike.`
      const start = own.length + (own ? 1 : 0)
      const cue = start + sentence.indexOf(' said') + 1
      attributions.push({
        key: `a${at}`, speech: 'INDIRECT', content: [{ paragraph: texts.length, start: cue + 5, end: start + sentence.length - 1 }],
        cue: { paragraph: texts.length, start: cue, end: cue + 4 }, mention: { paragraph: texts.length, start, end: cue - 1 },
      })
      own = `${own}${own ? ' ' : ''}${sentence}`
    }
    texts.push(own)
  }
  return { document: storyDocumentOf({ onrecord: 1, slug: 'x', desk: 'x', paragraphs: body(texts), attributions: attributions.slice(0, 5_000) }), texts }
}

const CASES: readonly [title: string, sentences: number, perParagraph: number, change: (texts: string[]) => string[]][] = [
  ['a story of 5,000 words, an edit in every paragraph', 420, 5, (texts) => texts.map((own, at) => `Then ${own.replace('of the strike', 'of the long strike')} And ${at} more.`)],
  ['1 MB in one paragraph, edited at both ends', 16_000, 1e9, ([own]) => [`Then ${own!.replaceAll('day 1', 'night 1')} More.`]],
  ['1 MB in one paragraph, every tenth word changed', 16_000, 1e9, ([own]) => [own!.split(' ').map((word, at) => (at % 10 ? word : `${word}x`)).join(' ')]],
  ['1 MB in one paragraph, backwards', 16_000, 1e9, ([own]) => [own!.split(' ').reverse().join(' ')]],
  ['1 MB, 1,000 paragraphs, every one edited and all in reverse order', 16_000, 16, (texts) => texts.map((own) => `Then ${own} More.`).reverse()],
  ['1 MB, 1,000 paragraphs, all new', 16_000, 16, (texts) => texts.map((_, at) => `Something else number ${at} happened entirely.`)],
]

for (const [title, sentences, perParagraph, change] of CASES) {
  const { document, texts } = longStory(sentences, perParagraph)
  const edited = body(change(texts))
  const runs = sentences < 1_000 ? 7 : 1
  let best = Infinity
  let detached = 0
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    detached = rebase(document, edited).detached.length
    best = Math.min(best, performance.now() - start)
  }
  console.log(`${best.toFixed(1).padStart(9)} ms  ${title} (${document.attributions.length} attributions, ${detached} ranges or entries detached)`)
}

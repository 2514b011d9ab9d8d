import { describe, expect, it } from 'vitest'
import { parseStoryDocument, rebase, storyDocumentOf, type Detached, type StoryDocument } from '../../src/document/index.js'

type Text = string | { role: 'HEADLINE' | 'SUMMARY' | 'BODY' | 'CAPTION'; text: string }
const paragraphsOf = (texts: readonly Text[]) => texts.map((text) => (typeof text === 'string' ? { role: 'BODY' as const, text } : text))

/** A document in which `«label|words»` marks words, each as the content of an attribution of that key. */
function marked(...texts: readonly Text[]): StoryDocument {
  const attributions: unknown[] = []
  const paragraphs = paragraphsOf(texts).map(({ role, text }, paragraph) => {
    let plain = ''
    let last = 0
    for (const match of text.matchAll(/«([a-z0-9]+)\|([^»]*)»/g)) {
      plain += text.slice(last, match.index)
      attributions.push({ key: match[1], speech: 'INDIRECT', content: [{ paragraph, start: plain.length, end: plain.length + match[2]!.length }] })
      plain += match[2]
      last = match.index + match[0].length
    }
    return { role, text: plain + text.slice(last) }
  })
  return storyDocumentOf({ onrecord: 1, slug: 'x', desk: 'x', paragraphs, attributions })
}

/** The rebased document written the same way: what holds is marked, and what does not is listed by key and reason. */
function rebased(document: StoryDocument, ...texts: readonly Text[]): { text: string[]; lost: string[] } {
  const result = rebase(document, paragraphsOf(texts))
  expect(parseStoryDocument(result.document)).toEqual({ ok: true, document: result.document })
  const text = result.document.paragraphs.map((paragraph, index) => {
    let shown = paragraph.text
    const ranges = result.document.attributions.flatMap(({ key, content }) => content.map((range) => ({ key, ...range })))
    for (const range of ranges.filter((entry) => entry.paragraph === index).sort((x, y) => y.start - x.start)) {
      shown = `${shown.slice(0, range.start)}«${range.key}|${shown.slice(range.start, range.end)}»${shown.slice(range.end)}`
    }
    return shown
  })
  return { text, lost: result.detached.flatMap((entry) => (entry.kind === 'RANGE' ? [`${entry.key} ${entry.reason}`] : [])) }
}

interface Case { title: string; from: Text[]; to: Text[]; text: string[]; lost?: string[] }
const follows: Case[] = [
  {
    title: 'words typed before and after a range',
    from: ['The mayor «a|said» the «b|ferry will stop» on Friday.'], to: ['On Monday the mayor said the ferry will stop on Friday night.'],
    text: ['On Monday the mayor «a|said» the «b|ferry will stop» on Friday night.'],
  },
  {
    title: 'words that now stand twice: the one with the same surroundings',
    from: ['Smith «a|said» yes. Jones «b|said» no.'], to: ['Smith said yes. Miller said perhaps. Jones said no.'],
    text: ['Smith «a|said» yes. Miller said perhaps. Jones «b|said» no.'],
  },
  {
    title: 'the first of two sentences removed: the cue of the other does not become its cue',
    from: ['Smith «a|said» X. Smith «b|said» Y.'], to: ['Smith said Y.'], text: ['Smith «b|said» Y.'], lost: ['a WORDS_REMOVED'],
  },
  {
    title: 'the second of two sentences removed',
    from: ['Smith «a|said» X. Smith «b|said» Y.'], to: ['Smith said X.'], text: ['Smith «a|said» X.'], lost: ['b WORDS_REMOVED'],
  },
  {
    title: 'a clause removed between the same verbs',
    from: ['He «a|said» yes, she «b|said» no.'], to: ['She said no.'], text: ['She «b|said» no.'], lost: ['a WORDS_REMOVED'],
  },
  {
    title: 'words of which one changed',
    from: ['“«a|We will not rest»,” she «b|said».'], to: ['“We shall not rest,” she said.'], text: ['“We shall not rest,” she «b|said».'], lost: ['a WORDS_CHANGED'],
  },
  {
    title: 'words that became part of a longer word',
    from: ['A «a|minister» spoke.'], to: ['A ministerial aide spoke.'], text: ['A ministerial aide spoke.'], lost: ['a WORDS_CHANGED'],
  },
  {
    title: 'a word before an apostrophe that went',
    from: ['«a|Smith»’s plan failed.'], to: ['Smith had a plan that failed.'], text: ['«a|Smith» had a plan that failed.'],
  },
  {
    title: 'both neighbours replaced, the word left',
    from: ['Two officials «a|said» Monday that the talks had failed.'], to: ['Two aides said Tuesday that the talks had failed.'],
    text: ['Two aides «a|said» Tuesday that the talks had failed.'],
  },
  {
    title: 'emoji and surrogate pairs before, within and at the ends',
    from: ['🚢 The ferry «a|stops 🛑» at «b|𝒩oon».'], to: ['🚢🚢 The 🛳️ ferry stops 🛑 at 𝒩oon 🕛.'], text: ['🚢🚢 The 🛳️ ferry «a|stops 🛑» at «b|𝒩oon» 🕛.'],
  },
  {
    title: 'an emoji that gets another skin tone is another emoji',
    from: ['She waved «a|👋» and left the building.'], to: ['She waved 👋🏽 and left the building.'], text: ['She waved 👋🏽 and left the building.'], lost: ['a WORDS_CHANGED'],
  },
  {
    title: 'text without spaces',
    from: ['部长«a|表示»渡轮将停运。'], to: ['交通部长周一表示渡轮将停运。'], text: ['交通部长周一«a|表示»渡轮将停运。'],
  },
  {
    title: 'a repeated sentence inserted beside its like: which is which cannot be told',
    from: ['The mayor «a|said» no. The mayor «b|said» no.'], to: ['The mayor said no. The mayor said no. The mayor said no.'],
    text: ['The mayor said no. The mayor said no. The mayor said no.'], lost: ['a AMBIGUOUS', 'b AMBIGUOUS'],
  },
  {
    title: 'paragraphs inserted before and after',
    from: ['The mayor «a|said» so.'], to: ['New lead.', 'The mayor said so.', 'Background.'], text: ['New lead.', 'The mayor «a|said» so.', 'Background.'],
  },
  {
    title: 'a paragraph removed',
    from: ['The mayor «a|said» so.', 'The harbor «b|reopened» on Friday.'], to: ['The harbor reopened on Friday.'],
    text: ['The harbor «b|reopened» on Friday.'], lost: ['a PARAGRAPH_REMOVED'],
  },
  {
    title: 'a paragraph moved',
    from: ['The mayor «a|said» so.', 'The harbor «b|reopened».', 'Nobody «c|complained».'], to: ['The harbor reopened.', 'Nobody complained.', 'The mayor said so.'],
    text: ['The harbor «b|reopened».', 'Nobody «c|complained».', 'The mayor «a|said» so.'],
  },
  {
    title: 'a paragraph moved and edited',
    from: ['The mayor «a|said» the ferry would stop running on Friday night.', 'The harbor «b|reopened».', 'Nobody «c|complained».'],
    to: ['The harbor reopened.', 'Nobody complained.', 'On Monday the mayor said the ferry would stop running on Friday.'],
    text: ['The harbor «b|reopened».', 'Nobody «c|complained».', 'On Monday the mayor «a|said» the ferry would stop running on Friday.'],
  },
  {
    title: 'a paragraph split between sentences, and one across a range',
    from: ['The ferry stops on Friday, the mayor «a|said». Two union «b|officials» disputed that account. «c|They left. They did not return.»'],
    to: ['The ferry stops on Friday, the mayor said.', 'Two union officials disputed that account. They left.', 'They did not return.'],
    text: ['The ferry stops on Friday, the mayor «a|said».', 'Two union «b|officials» disputed that account. They left.', 'They did not return.'], lost: ['c SPLIT'],
  },
  {
    title: 'paragraphs merged',
    from: ['The ferry stops on Friday, the mayor «a|said».', 'Two union «b|officials» disputed that.'],
    to: ['The ferry stops on Friday, the mayor said. Two union officials disputed that.'],
    text: ['The ferry stops on Friday, the mayor «a|said». Two union «b|officials» disputed that.'],
  },
  {
    title: 'a sentence cut here and pasted there',
    from: ['The ferry stops on Friday, the mayor «a|said» at noon. It had run for ninety years without a break.', 'Two union «b|officials» disputed that account of the meeting.'],
    to: ['It had run for ninety years without a break.', 'Two union officials disputed that account of the meeting. The ferry stops on Friday, the mayor said at noon.'],
    text: ['It had run for ninety years without a break.', 'Two union «b|officials» disputed that account of the meeting. The ferry stops on Friday, the mayor «a|said» at noon.'],
  },
  {
    title: 'sentences of one paragraph in another order',
    from: ['The mayor «a|said» the ferry would stop. Two officials «b|said» it would not.'], to: ['Two officials said it would not. The mayor said the ferry would stop.'],
    text: ['Two officials «b|said» it would not. The mayor «a|said» the ferry would stop.'],
  },
  {
    title: 'a paragraph written anew',
    from: ['The mayor «a|said» so.', 'Unchanged.'], to: ['Nothing is left of that first idea, critics said.', 'Unchanged.'],
    text: ['Nothing is left of that first idea, critics said.', 'Unchanged.'], lost: ['a PARAGRAPH_REMOVED'],
  },
  {
    title: 'a headline whose role changed',
    from: [{ role: 'HEADLINE', text: 'Ferry stops, «a|officials» say' }, 'Body.'], to: [{ role: 'SUMMARY', text: 'Ferry stops, officials say' }, 'Body.'],
    text: ['Ferry stops, «a|officials» say', 'Body.'],
  },
]

describe('rebase follows', () => {
  it.each(follows)('$title', ({ from, to, text, lost = [] }) => {
    expect(rebased(marked(...from), ...to)).toEqual({ text, lost })
  })

  it('every range of a whole document through edits, and gives the same document for the same text', () => {
    const document = storyOf(STORY)
    expect(rebase(document, document.paragraphs)).toEqual({ document, detached: [] })
    const edited = [{ role: 'BODY' as const, text: 'An opening that is new.' }, ...STORY.map(({ role, text }) => ({ role, text: `${text} More.` }))]
    const result = rebase(document, edited)
    expect(result.detached).toEqual([])
    expect(wordsIn(result.document)).toEqual(wordsIn(document))
    expect(result.document.media[0]!.caption).toBe(document.media[0]!.caption! + 1)
  })
})

const STORY = paragraphsOf([
  { role: 'HEADLINE', text: 'Ferry to stop, officials say' },
  'Three senior officials, who had read the order, told the Harbor Post on Monday that “the ferry stops” and “will not return,” because they feared reprisals.',
  'The Harbor Post first reported the order. The mayor did not respond to a request for comment at the spring meeting.',
  'The officials said the mayor knew. The order came from the mayor.',
  { role: 'CAPTION', text: 'The ferry at the pier on Sunday evening.' },
])

function storyOf(paragraphs: readonly { role: string; text: string }[]): StoryDocument {
  const at = (paragraph: number, words: string) => {
    const start = paragraphs[paragraph]!.text.indexOf(words)
    if (start < 0) throw new Error(words)
    return { paragraph, start, end: start + words.length }
  }
  return storyDocumentOf({
    onrecord: 1, slug: 'ferry', desk: 'Metro', paragraphs,
    organizations: [{ key: 'city', name: 'City of Harbor' }], people: [{ key: 'mayor', name: 'Ann Lee' }], outlets: [{ key: 'post', name: 'Harbor Post' }],
    events: [{ key: 'meeting', name: 'Spring meeting', visibility: 'PUBLIC', range: at(2, 'the spring meeting') }],
    media: [{ key: 'm', kind: 'PICTURE', uri: 'https://example.org/p.jpg', caption: 4 }],
    sources: [{
      key: 's1', kind: 'ANONYMOUS', descriptor: 'senior officials', descriptorRange: at(1, 'senior officials'), headcount: { min: 3, exact: 3, range: at(1, 'Three') },
      reason: { text: 'fear', range: at(1, 'they feared reprisals') }, basis: { text: 'read it', range: at(1, 'had read the order') },
    }],
    attributions: [
      { key: 'a1', source: 's1', speech: 'MIXED', content: [at(1, 'the ferry stops'), at(1, 'will not return')], cue: at(1, 'told'), mention: at(1, 'Three senior officials'), mentionForm: 'DESCRIPTION', addressee: at(1, 'the Harbor Post'), saidAt: { earliest: '2026-03-02T00:00:00Z', range: at(1, 'on Monday') } },
      { key: 'a2', source: 's1', speech: 'INDIRECT', content: [at(3, 'the mayor knew')], cue: at(3, 'said'), mention: at(3, 'The officials'), antecedent: 'a1', parent: 'a1' },
    ],
    quotes: [{ key: 'q1', attribution: 'a1', ranges: [at(1, 'the ferry stops'), at(1, 'will not return')] }, { key: 'q2', attribution: 'a2', ranges: [at(3, 'knew')] }],
    statements: [{ key: 't1', issuer: 'city', channel: 'EMAIL', attributions: ['a1', 'a2'] }],
    requestsForComment: [{ key: 'r1', person: 'mayor', outcome: 'ANSWERED', outcomeLine: at(2, 'did not respond to a request for comment'), answeredBy: { attribution: 'a2' } }],
    outletCredits: [{ key: 'c1', outlet: 'post', mention: at(2, 'The Harbor Post'), content: [at(2, 'the order')], attribution: 'a1' }],
    claims: [{ key: 'k1', text: 'The mayor knew', kind: 'FACT', occurrences: [{ range: at(3, 'the mayor knew'), attribution: 'a2', strength: 'flat' }, { range: at(3, 'came from the mayor') }] }],
  })
}

function wordsIn(document: StoryDocument): string[] {
  return [...JSON.stringify({ ...document, paragraphs: [] }).matchAll(/"exact":("(?:[^"\\]|\\.)*")/g)].map((match) => match[1]!)
}

const edit = (paragraph: number, before: string, after: string) => STORY.map((entry, at) => (at === paragraph ? { ...entry, text: entry.text.replace(before, after) } : entry))
const brief = (detached: readonly Detached[]) => detached.map((entry) => `${entry.path} ${entry.kind === 'RANGE' ? entry.role : 'ENTRY'} ${entry.reason}`)

describe('rebase of a document', () => {
  it.each<[title: string, paragraphs: typeof STORY, lost: string[]]>([
    ['loses an optional range alone', edit(1, 'told', 'informed'), ['attributions[0].cue CUE WORDS_REMOVED']],
    ['loses the exact headcount with its words', edit(1, 'Three', 'Several'), ['sources[0].headcount.range HEADCOUNT WORDS_REMOVED', 'attributions[0].mention MENTION WORDS_CHANGED']],
    ['keeps the other piece of discontinuous content', edit(1, 'will not return', 'may return'), ['attributions[0].content[1] CONTENT WORDS_CHANGED', 'quotes[0].ranges[1] QUOTE WORDS_CHANGED']],
    ['loses the outcome line, and keeps the request', edit(2, 'did not respond', 'declined to respond'), ['requestsForComment[0].outcomeLine OUTCOME_LINE WORDS_CHANGED']],
    ['leaves out a credit without its outlet', edit(2, 'The Harbor Post', 'A newspaper'), ['outletCredits[0].mention OUTLET_MENTION WORDS_REMOVED', 'outletCredits[0] ENTRY RANGES_DETACHED']],
    ['loses the place of an event', edit(2, 'spring meeting', 'council'), ['events[0].range EVENT WORDS_CHANGED']],
    ['loses a caption', STORY.slice(0, 4), ['media[0].caption CAPTION PARAGRAPH_REMOVED']],
    ['leaves out an attribution without content, its quotes and a claim’s occurrence in it', edit(3, 'knew', 'ordered it'), [
      'attributions[1].content[0] CONTENT WORDS_CHANGED', 'attributions[1] ENTRY RANGES_DETACHED', 'quotes[1].ranges[0] QUOTE WORDS_REMOVED', 'quotes[1] ENTRY RANGES_DETACHED',
      'claims[0].occurrences[0].range OCCURRENCE WORDS_CHANGED',
    ]],
  ])('%s', (_, paragraphs, lost) => {
    const document = storyOf(STORY)
    const result = rebase(document, paragraphs)
    expect(brief(result.detached)).toEqual(lost)
    expect(parseStoryDocument(result.document)).toEqual({ ok: true, document: result.document })
  })

  it('clears references to an attribution left out, and tells them with the whole entry', () => {
    const document = storyOf(STORY)
    const gone = rebase(document, edit(3, 'the mayor knew', 'nothing'))
    expect(gone.document.attributions.map((attribution) => attribution.key)).toEqual(['a1'])
    expect(gone.document.statements[0]!.attributions).toEqual(['a1'])
    expect(gone.document.requestsForComment[0]).not.toHaveProperty('answeredBy')
    expect(gone.document.claims[0]!.occurrences).toHaveLength(1)
    expect(gone.detached.find((entry) => entry.path === 'attributions[1]')).toMatchObject({
      kind: 'ENTRY', key: 'a2', lineage: document.attributions[1]!.lineage, exact: 'the mayor knew', prefix: 'The officials said ', suffix: '. The order came from the mayor.',
      entry: document.attributions[1], references: ['statements[0].attributions[1]', 'requestsForComment[0].answeredBy.attribution'],
      holding: [{ path: 'attributions[1].cue', range: { exact: 'said' } }, { path: 'attributions[1].mention', range: { exact: 'The officials' } }],
    })
    const first = rebase(document, [...STORY.slice(0, 1), ...STORY.slice(2)])
    expect(first.document.attributions[0]).not.toHaveProperty('antecedent')
    expect(first.document.attributions[0]).not.toHaveProperty('parent')
    expect(first.document.outletCredits[0]).not.toHaveProperty('attribution')
    expect(first.detached.find((entry) => entry.path === 'attributions[0]')).toMatchObject({
      references: ['attributions[1].parent', 'attributions[1].antecedent', 'statements[0].attributions[0]', 'outletCredits[0].attribution'],
    })
  })

  it('leaves out a quote whose words hold, but not its attribution, and says where it stands', () => {
    const base = storyOf(STORY)
    const document = { ...base, quotes: [{ ...base.quotes[1]!, ranges: [base.attributions[1]!.cue!] }] }
    const { detached } = rebase(document, edit(3, 'the mayor knew', 'nothing'))
    expect(detached.find((entry) => entry.path === 'quotes[0]')).toMatchObject({ reason: 'OWNER_LEFT_OUT', exact: 'said', holding: [{ path: 'quotes[0].ranges[0]', range: { exact: 'said', paragraph: 3 } }] })
  })

  it('drops a claim’s occurrence with its attribution, so that it does not become the outlet’s own voice', () => {
    const base = storyOf(STORY)
    const document = { ...base, claims: [{ ...base.claims[0]!, occurrences: [{ ...base.claims[0]!.occurrences[1]!, attribution: 'a2' }] }] }
    const { document: result, detached } = rebase(document, edit(3, 'the mayor knew', 'nothing'))
    expect(result.claims).toEqual([])
    expect(brief(detached).filter((line) => line.startsWith('claims'))).toEqual(['claims[0].occurrences[0].range OCCURRENCE OWNER_LEFT_OUT', 'claims[0] ENTRY OWNER_LEFT_OUT'])
  })
})

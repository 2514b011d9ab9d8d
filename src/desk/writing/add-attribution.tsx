import { useState, type FormEvent } from 'react'
import type { StoryDocument } from '../../document/index.js'
import { ask, Refused, refusedBy, useAsked } from '../ask'
import { SaveEntriesDocument, StatementsWithDocument, WordsInStatementDocument, type EntryEditInput, type OpenedStoryFragment } from '../generated/graphql'
import { Dialog } from '../pieces/dialog'
import { linkExcerpts } from '../statements/link-excerpts'
import { labelOf } from '../story/sourcing'
import { spoken } from '../words'

export interface Selected { readonly paragraph: number; readonly start: number; readonly end: number; readonly exact: string }
interface AddProps { readonly story: OpenedStoryFragment; readonly selected: Selected; readonly onDone: (story: OpenedStoryFragment) => void; readonly onClose: () => void }

/** Who may be credited that is not a source of the story yet. No key of a source begins with "+". */
const ADDED = {
  '+anonymous': { says: 'a new anonymous source …', asks: 'What the story calls the source', such: 'a senior official at the department' },
  '+person': { says: 'a person not in the cast yet …', asks: 'Name of the person', such: 'Ada Quill', kind: 'PERSON', collection: 'PEOPLE', list: 'people', refers: 'person', called: 'name' },
  '+organization': { says: 'an organization not in the cast yet …', asks: 'Name of the organization', such: 'Port Authority', kind: 'ORGANIZATION', collection: 'ORGANIZATIONS', list: 'organizations', refers: 'organization', called: 'name' },
  '+document': { says: 'a document not in the cast yet …', asks: 'Title of the document', such: 'Audit of the harbor plan', kind: 'DOCUMENT', collection: 'DOCUMENTS', list: 'documents', refers: 'document', called: 'title' },
} as const
const isAdded = (source: string): source is keyof typeof ADDED => source in ADDED
const QUOTED = /[“"«„]([^“”"«»„]+)[”"»“]/g

/** Credits the selected words to somebody. */
export function AddAttribution({ story, selected, onDone, onClose }: AddProps) {
  const { document } = story
  const paragraph = document.paragraphs[selected.paragraph]!.text
  const [source, setSource] = useState<string>(document.sources[0]?.key ?? '+anonymous')
  const [called, setCalled] = useState('')
  const [mention, setMention] = useState('')
  const [cue, setCue] = useState(() => /\b(said|says|told|wrote|added|according to)\b/.exec(paragraph)?.[0] ?? '')
  const [terms, setTerms] = useState('UNSTATED')
  const [problem, setProblem] = useState<string>()
  const [statement, setStatement] = useState('')
  const [saved, setSaved] = useState<OpenedStoryFragment>()
  const quotes = quotesIn(selected)
  const words = wordsOf(quotes.length > 0 ? paragraph.slice(quotes[0]!.start, quotes[0]!.end) : selected.exact)
  const statements = useAsked(StatementsWithDocument, { words }, words === '').data?.filedStatements.nodes ?? []
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(undefined)
    const edits = saved ? [] : editsOf(document, selected, { source, called: called.trim(), mention: mention.trim(), cue: cue.trim(), terms }, quotes)
    if (typeof edits === 'string') return setProblem(edits)
    try {
      const credited = saved ?? await saveEntries(story, edits)
      setSaved(credited)
      onDone(statement === '' ? credited : await reporting(credited, statement, selected, quotes))
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
  }
  return (
    <Dialog title="Credit these words" onClose={onClose} className="act">
      <form onSubmit={(event) => void save(event)}>
        <blockquote>{selected.exact}</blockquote>
        {quotes.length > 0 && <p className="help">With {quotes.length === 1 ? 'a quote' : `${quotes.length} quotes`}: the words between quotation marks.</p>}
        <div className="fields"><label htmlFor="add-source">Who said so</label>
          <select id="add-source" value={source} onChange={(event) => setSource(event.target.value)}>
            {document.sources.map((each) => <option key={each.key} value={each.key}>{labelOf(document, each)}</option>)}
            {Object.entries(ADDED).map(([added, { says }]) => <option key={added} value={added}>{says}</option>)}
          </select></div>
        {isAdded(source) && <div className="fields"><label htmlFor="add-called">{ADDED[source].asks}</label><input id="add-called" value={called} required placeholder={ADDED[source].such} onChange={(event) => setCalled(event.target.value)} /></div>}
        <div className="fields"><label htmlFor="add-mention">Words that name the source here <span className="help">(optional)</span></label><input id="add-mention" value={mention} placeholder="they" onChange={(event) => setMention(event.target.value)} /></div>
        <div className="fields"><label htmlFor="add-cue">Words that credit <span className="help">(optional)</span></label><input id="add-cue" value={cue} placeholder="said" onChange={(event) => setCue(event.target.value)} /></div>
        <div className="fields"><label htmlFor="add-terms">Terms of the conversation</label>
          <select id="add-terms" value={terms} onChange={(event) => setTerms(event.target.value)}>{['UNSTATED', 'ON_RECORD', 'BACKGROUND', 'DEEP_BACKGROUND', 'OFF_RECORD'].map((each) => <option key={each} value={each}>{each.toLowerCase().replaceAll('_', ' ')}</option>)}</select></div>
        {statements.length > 0 && <div className="fields"><label htmlFor="add-statement">Stands in a statement on file</label>
          <select id="add-statement" value={statement} onChange={(event) => setStatement(event.target.value)}>
            <option value="">not linked to one</option>
            {statements.map(({ id, issuer, channel, issuedAt, fullText }) => <option key={id} value={id}>{issuer.name}, {spoken(channel)}{issuedAt && ` of ${issuedAt.slice(0, 10)}`}: {fullText.slice(0, 60)} …</option>)}
          </select></div>}
        {problem && <p className="problem" role="alert">{problem}{saved && ' The words are credited; only the statement is not linked.'}</p>}
        <div className="row"><button type="submit" className="primary">Save</button><button type="button" onClick={() => (saved ? onDone(saved) : onClose())}>Leave it</button></div>
      </form>
    </Dialog>
  )
}

async function saveEntries(story: OpenedStoryFragment, edits: EntryEditInput[]): Promise<OpenedStoryFragment> {
  const { done } = await ask(SaveEntriesDocument, { input: { storyId: story.id, expectedRevision: story.revision.number, idempotencyKey: crypto.randomUUID(), autosave: false, edits } })
  if (done.errors.length > 0 || !done.story) throw new Refused(done.errors[0]?.code ?? 'UNKNOWN', done.errors.map(({ message }) => message).join(' '))
  return done.story
}

/** The story, once what was credited here reports the statement, and its quotes lead to their words in it. */
async function reporting(story: OpenedStoryFragment, statementId: string, { paragraph, start }: Selected, quotes: readonly { readonly start: number }[]): Promise<OpenedStoryFragment> {
  const { story: stored, findExcerpts } = await ask(WordsInStatementDocument, { id: statementId, storyId: story.id })
  const starts = new Set(quotes.map((quote) => quote.start))
  const found = (findExcerpts ?? []).filter(({ isLinked, quote: { ranges: [at] } }) => !isLinked && at?.paragraph === paragraph && starts.has(at.start))
  const attributionIds = (stored?.attributions ?? []).filter(({ content: [at] }) => at?.paragraph === paragraph && at.start === start).map(({ id }) => id)
  return linkExcerpts({ storyId: story.id, revision: story.revision.number, statementId, attributionIds, excerpts: found.map(({ quote, start: from, end }) => ({ quoteId: quote.id, start: from, end })) })
}

/** Enough words to find a statement by. */
function wordsOf(text: string): string {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)].map(([word]) => word).slice(0, 8).join(' ')
}

function quotesIn({ paragraph, start, exact }: Selected): { readonly paragraph: number; readonly start: number; readonly end: number }[] {
  return [...exact.matchAll(QUOTED)].map((match) => ({ paragraph, start: start + match.index + 1, end: start + match.index + 1 + match[1]!.length }))
}

interface Given { readonly source: string; readonly called: string; readonly mention: string; readonly cue: string; readonly terms: string }

/** The entries to add, or why they cannot be. */
function editsOf(document: StoryDocument, selected: Selected, given: Given, quotes: readonly object[]): EntryEditInput[] | string {
  const { paragraph, start, end } = selected
  const mention = given.mention === '' ? undefined : nearest(document, selected, given.mention)
  if (mention === null) return `“${given.mention}” does not stand in this paragraph outside the selected words.`
  const cue = given.cue === '' ? undefined : nearest(document, selected, given.cue)
  if (cue === null) return `“${given.cue}” does not stand in this paragraph outside the selected words.`
  const key = freeKey(document.attributions, 'a')
  const { source, edits } = sourceOf(document, given, mention)
  const isWhole = quotes.length === 1 && /^[“"«„].*[”"»]$/s.test(selected.exact)
  edits.push({
    collection: 'ATTRIBUTIONS', key,
    entry: {
      key, source, speech: quotes.length === 0 ? 'INDIRECT' : isWhole ? 'DIRECT' : 'MIXED', content: [{ paragraph, start, end }], groundRules: { terms: given.terms, history: [] },
      ...(cue && { cue }), ...(mention && { mention, mentionForm: formOf(given) }),
    },
  })
  quotes.forEach((range, index) => { const quote = freeKey(document.quotes, 'q', index); edits.push({ collection: 'QUOTES', key: quote, entry: { key: quote, attribution: key, ranges: [range] } }) })
  return edits
}

function formOf({ source, called, mention }: Given): 'PRONOUN' | 'NAME' | 'DESCRIPTION' {
  if (/^(he|she|they|it)$/i.test(mention)) return 'PRONOUN'
  return isAdded(source) && source !== '+anonymous' && called.includes(mention) ? 'NAME' : 'DESCRIPTION'
}

/** The source that is meant, and the entries that bring it into the story where it is not there yet. */
function sourceOf(document: StoryDocument, { source, called, mention }: Given, mentionedAt: object | undefined): { readonly source: string; readonly edits: EntryEditInput[] } {
  if (!isAdded(source)) return { source, edits: [] }
  const key = freeKey(document.sources, 's')
  if (source === '+anonymous') return { source: key, edits: [{ collection: 'SOURCES', key, entry: { kind: 'ANONYMOUS', key, descriptor: called, headcount: { min: 1 }, ...(mentionedAt && mention === called && { descriptorRange: mentionedAt }) } }] }
  const { kind, collection, list, refers, called: field } = ADDED[source]
  const entries: readonly { readonly key: string; readonly name?: string; readonly title?: string }[] = document[list]
  const known = entries.find((entry) => entry[field]?.toLowerCase() === called.toLowerCase())
  const speaks = known && document.sources.find((each) => each.kind === kind && (each as unknown as Readonly<Record<string, unknown>>)[refers] === known.key)
  if (speaks) return { source: speaks.key, edits: [] }
  const named = known?.key ?? keyOf(called, entries)
  return {
    source: key,
    edits: [...(known ? [] : [{ collection, key: named, entry: { key: named, [field]: called } }]), { collection: 'SOURCES' as const, key, entry: { kind, key, [refers]: named } }],
  }
}

/** As those who write documents make keys of names, so that the same name is the same one in every story. */
function keyOf(name: string, entries: readonly { readonly key: string }[]): string {
  const base = name.normalize('NFKD').replaceAll(/[\u0300-\u036f'’]/g, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 80).replaceAll(/^-+|-+$/g, '')
  return base !== '' && !entries.some(({ key }) => key === base) ? base : freeKey(entries, base === '' ? 'n' : `${base}-`)
}

/** The place of these words in the paragraph that is nearest to the selection, outside of it; null where there is none. */
function nearest(document: StoryDocument, { paragraph, start, end }: Selected, words: string): { paragraph: number; start: number; end: number } | null {
  const text = document.paragraphs[paragraph]!.text
  let best: { paragraph: number; start: number; end: number } | null = null
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const place = { paragraph, start: at, end: at + words.length }
    if (place.start < end && place.end > start) continue
    const distance = ({ start: from, end: to }: typeof place) => Math.max(from - end, start - to)
    if (!best || distance(place) < distance(best)) best = place
  }
  return best
}

function freeKey(entries: readonly { readonly key: string }[], letter: string, skip = 0): string {
  const taken = new Set(entries.map(({ key }) => key))
  let number = entries.length + 1
  for (let left = skip; ; number += 1) if (!taken.has(`${letter}${number}`) && left-- === 0) return `${letter}${number}`
}

import { useMemo } from 'react'
import type { Attribution, Detached, Quote, Source, StoryDocument } from '../../document/index.js'
import { plural } from '../words'
import { labelOf } from './sourcing'

interface LostProps { readonly document: StoryDocument; readonly detached: readonly Detached[] }

/** What an edit of the text takes from the story when it is saved: plainly what is removed, and shut away the marks that their entries can do without. */
export function Lost({ document, detached }: LostProps) {
  const removed = useMemo(() => removedBy(document, detached), [document, detached])
  const marks = useMemo(() => marksLost(detached), [detached])
  return (
    <>
      <div className="removed" role="status">
        {removed.map(({ says, words }, index) => <p key={index}>{says}{words.length > 0 && ':'} <span className="help">{words.map((each) => `“${each}”`).join(', ')}</span></p>)}
      </div>
      {marks.length > 0 && (
        <details><summary>{plural(marks.length, 'mark')} lost {marks.length === 1 ? 'its' : 'their'} words</summary>
          <ul>{marks.map(({ words, roles }) => <li key={words}>“{words}” <span className="help">{roles.join(', ')}</span></li>)}</ul>
        </details>
      )}
    </>
  )
}

type Entry = Extract<Detached, { kind: 'ENTRY' }>
type Mark = Extract<Detached, { kind: 'RANGE' }>
interface Removed { readonly says: string; readonly words: readonly string[] }

/** Whole entries that go, a sentence for each whose they are. */
function removedBy(document: StoryDocument, detached: readonly Detached[]): Removed[] {
  const entries = detached.filter((each): each is Entry => each.kind === 'ENTRY')
  const marks = detached.filter((each): each is Mark => each.kind === 'RANGE')
  const sources = new Map(document.sources.map((source) => [source.key, source]))
  const sourceOf = ({ collection, entry }: Entry) => {
    const attribution = collection === 'quotes' ? document.attributions.find(({ key }) => key === (entry as Quote).attribution) : entry as Attribution
    return attribution?.source === undefined ? undefined : sources.get(attribution.source)
  }
  const spoken = Map.groupBy(entries.filter(({ collection }) => collection === 'quotes' || collection === 'attributions'), sourceOf)
  const ofSpeakers = [...spoken].map(([source, gone]) => {
    const [quotes, attributions] = [gone.filter(({ collection }) => collection === 'quotes'), gone.filter(({ collection }) => collection === 'attributions')]
    const nouns = [counted(quotes.length, 'quote'), counted(attributions.length, 'attribution')].filter((noun) => noun !== '')
    return sentence(owned(document, source, nouns.join(' and ')), gone, marks)
  })
  const others = entries.filter(({ collection }) => collection !== 'quotes' && collection !== 'attributions')
  return [...ofSpeakers, ...others.map((entry) => sentence(`${OTHERS[entry.collection] ?? 'what was marked'}`, [entry], marks))]
}

const OTHERS: Readonly<Partial<Record<Detached['collection'], string>>> = { claims: 'a claim', outletCredits: 'the credit to another outlet', requestsForComment: 'a request for comment', events: 'an event', sources: 'a source', media: 'a picture' }

const counted = (count: number, noun: string) => (count === 0 ? '' : count === 1 ? noun : plural(count, noun))

/** "Carl Berg’s quote and attribution"; what is no name stands behind. */
function owned(document: StoryDocument, source: Source | undefined, nouns: string): string {
  if (source === undefined) return `the ${nouns} of nobody in particular`
  const name = labelOf(document, source)
  return source.kind === 'PERSON' || source.kind === 'ORGANIZATION' || source.kind === 'OUTLET' ? `${name}’s ${nouns}` : `the ${nouns} of “${name}”`
}

const GONE: ReadonlySet<string> = new Set(['PARAGRAPH_REMOVED', 'WORDS_REMOVED'])

function sentence(what: string, gone: readonly Entry[], marks: readonly Mark[]): Removed {
  const isOne = gone.length === 1
  const reasons = marks.filter(({ collection, key }) => gone.some((entry) => entry.collection === collection && entry.key === key)).map(({ reason }) => reason)
  const why = reasons.length > 0 && reasons.every((reason) => GONE.has(reason)) ? 'are gone' : 'changed'
  return { says: `On saving, ${what} ${isOne ? 'is' : 'are'} removed, since ${isOne ? 'its' : 'their'} words ${why}`, words: eachOnce(gone.map(({ exact }) => bare(exact))) }
}

/** Of words that hold one another, the longest. */
function eachOnce(words: readonly string[]): string[] {
  const all = [...new Set(words)].filter((each) => each !== '')
  return all.filter((each) => !all.some((other) => other !== each && other.includes(each)))
}

/** Without the quotation marks that they bring along, and a comma before those: here they get their own. */
const bare = (words: string) => words.replaceAll(/^[\s“”„"«»]+|[\s,“”„"«»]+$/g, '')

const ROLES: Readonly<Partial<Record<Detached['role'], string>>> = {
  CONTENT: 'credited words', CUE: 'the words that credit', MENTION: 'the mention of the source', ADDRESSEE: 'to whom it was said', SAID_AT: 'when it was said', QUOTE: 'quoted words',
  DESCRIPTOR: 'what the source is called', HEADCOUNT: 'how many they are', REASON: 'why they are not named', BASIS: 'how they know', AFFILIATION: 'where they belong', MOTIVE: 'why they speak', TERMS: 'the terms',
  OUTCOME_LINE: 'what came of a request for comment', OUTLET_MENTION: 'the name of an outlet', OUTLET_CONTENT: 'what is credited to an outlet', OCCURRENCE: 'a claim', EVENT: 'an event', CAPTION: 'the caption of a picture',
}

/** Marks of entries that stay, by their words: one place can be several. */
function marksLost(detached: readonly Detached[]): { readonly words: string; readonly roles: readonly string[] }[] {
  const removed = new Set(detached.filter(({ kind }) => kind === 'ENTRY').map(({ collection, key }) => `${collection} ${key}`))
  const left = detached.filter((each) => each.kind === 'RANGE' && !removed.has(`${each.collection} ${each.key}`))
  return [...Map.groupBy(left, ({ exact }) => bare(exact))].map(([words, marks]) => ({ words, roles: [...new Set(marks.map(({ role }) => ROLES[role] ?? 'a mark'))] }))
}

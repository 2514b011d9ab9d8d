import type { Gender } from './cast.js'
import type { Reading, Span } from './reading.js'

/** The part "a Western diplomat" of "a Western diplomat and two aid workers". */
export function partWith({ tokens }: Reading, span: Span, head: string): Span | undefined {
  let from = span.from
  for (let at = span.from; at < span.to; at += 1) {
    const { lower, tag } = tokens[at]!
    if (tag === 'CCONJ' || lower === ',') from = at + 1
    if (lower === head && /^(?:a|an|one)$/.test(tokens[from]!.lower) && (at + 1 === span.to || tokens[at + 1]!.tag === 'CCONJ' || tokens[at + 1]!.text === ',') && (from > span.from || at + 1 < span.to)) return { from, to: at + 1 }
  }
  return undefined
}

/** Titles that a description may stand for. */
export const TITLE_FORMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['senator', ['sen', 'senator']], ['governor', ['gov', 'governor']], ['congressman', ['rep', 'congressman', 'representative']], ['congresswoman', ['rep', 'congresswoman', 'representative']],
  ['lawmaker', ['sen', 'rep', 'senator', 'representative', 'assemblyman']], ['executive', ['ceo', 'chief executive', 'executive']], ['chief', ['chief']], ['professor', ['professor', 'prof']],
  ['general', ['gen', 'general']], ['lawyer', ['lawyer', 'attorney']], ['attorney', ['attorney', 'lawyer']], ['doctor', ['dr', 'doctor']], ['spokesman', ['spokesman', 'spokesperson']], ['spokeswoman', ['spokeswoman', 'spokesperson']],
])

/** What a word for a person says of gender. */
export const genderOfWord = (head: string): Gender =>
  /^(?:he|father|brother|son|husband|boyfriend|uncle|king|prince|priest|grandfather|widower)$|[a-z]man$/.test(head) && !/woman$/.test(head) ? 'male' : /^(?:she|mother|sister|daughter|wife|girlfriend|aunt|queen|princess|widow|grandmother)$|woman$/.test(head) ? 'female' : 'unknown'

/** Whether a name says that it is a business's. */
export const endsLikeBusiness = (name: string): boolean => /\b(?:Inc|Corp|Co|Ltd|LLC|PLC|Company|Corporation|Industries|Labs|Laboratories|Systems|Technologies|Holdings|Partners|Motors|Airlines|Airways|Energy|Pharmaceuticals|Capital|Bank|Group|Brands|Foods|Steel|Oil|Gas|Electric|Securities|Insurance|Studios|Media|Networks?|Stores)\.?$/.test(name)

export const singular = (word: string): string => word.replace(/^people$/, 'person').replace(/men$/, 'man').replace(/s$/, '')

import { GENERIC_HEADS, HEADS, NUMBER_WORDS, OTHER_WORDS, VAGUE_NUMBERS } from '../lexicon/people-words.js'

/** The words for somebody, taken apart: "two senior Pentagon officials familiar with the talks". */
export interface Descriptor {
  readonly words: string
  /** "the", "those": refers back. */
  readonly isDefinite: boolean
  /** "they", "he". */
  readonly pronoun: string | undefined
  /** Stated number of people; 1 for "a", "an" and "one". */
  readonly number: number | undefined
  /** Whether a numeral or number word stands there; "a" does not count. */
  readonly isNumbered: boolean
  /** "several", "some". */
  readonly isVaguelyNumbered: boolean
  /** "another", "a second": somebody not yet introduced. */
  readonly isOther: boolean
  /** "one of the sources": somebody out of a known group. */
  readonly isPartitive: boolean
  /** Words between the article and the head, as written. */
  readonly before: readonly string[]
  /** Singular of the head noun, lower-case; empty where none is known. */
  readonly head: string
  readonly isPlural: boolean
  /** A head that tells nothing: source, person. */
  readonly isGeneric: boolean
  /** Everything after the head. */
  readonly after: string
  /** Nothing before or after the head but article and number. */
  readonly isBare: boolean
}

const PRONOUNS = new Set(['he', 'she', 'they', 'it', 'we', 'who', 'him', 'her', 'them', 'his', 'their'])
const GENERIC: ReadonlySet<string> = new Set(GENERIC_HEADS)
const DEFINITE = new Set(['the', 'them', 'that', 'this', 'those', 'these', 'both', 'such'])
const AFTER_HEAD = /^(?:who|that|with|familiar|close|briefed|in|at|of|from|on|involved|directly|speaking|inside|for|near|and|to|,|whose|privy|aware)$/i

export function parseDescriptor(words: string): Descriptor {
  const tokens = words.match(/[\p{L}\p{N}.'’-]+|,/gu) ?? []
  const lower = tokens.map((token) => token.toLowerCase())
  const pronoun = tokens.length === 1 && PRONOUNS.has(lower[0]!) ? lower[0] : undefined
  const partitive = lower.indexOf('of') > 0 && /^(?:one|two|three|some|several|many|most|all|both|any|none)$/.test(lower[0]!) && DEFINITE.has(lower[lower.indexOf('of') + 1] ?? '')
  const numberAt = lower.slice(0, 3).findIndex((token) => NUMBER_WORDS.has(token) || /^\d{1,3}$/.test(token))
  const number = numberAt < 0 ? (lower[0] === 'a' || lower[0] === 'an' || lower[0] === 'another' ? 1 : undefined) : (NUMBER_WORDS.get(lower[numberAt]!) ?? Number(lower[numberAt]))
  const from = determiners(lower)
  const headAt = headPosition(lower, from)
  const head = headAt < 0 ? undefined : HEADS.get(lower[headAt]!)
  const before = headAt < 0 ? [] : tokens.slice(from, headAt)
  const after = headAt < 0 ? '' : tokens.slice(headAt + 1).join(' ')
  return {
    words, pronoun, number,
    isDefinite: DEFINITE.has(lower[0] ?? ''),
    isNumbered: numberAt >= 0,
    isVaguelyNumbered: lower.slice(0, 2).some((token) => VAGUE_NUMBERS.has(token)),
    isOther: lower.slice(0, Math.max(headAt, 0) + 1).some((token) => OTHER_WORDS.has(token)),
    isPartitive: partitive,
    before,
    head: head?.lemma ?? '',
    isPlural: head?.plural ?? pronoun === 'they',
    isGeneric: head !== undefined && GENERIC.has(head.lemma),
    after,
    isBare: head !== undefined && before.length === 0 && after === '',
  }
}

function determiners(lower: readonly string[]): number {
  let at = 0
  while (at < lower.length - 1 && (DEFINITE.has(lower[at]!) || /^(?:a|an|another|other|at|least|about|of)$/.test(lower[at]!) || NUMBER_WORDS.has(lower[at]!) || VAGUE_NUMBERS.has(lower[at]!) || OTHER_WORDS.has(lower[at]!) || /^\d{1,3}$/.test(lower[at]!))) at += 1
  return at
}

/** The last known head before the part that follows a head: "source", not "meeting", in "a source at the meeting". */
function headPosition(lower: readonly string[], from: number): number {
  let found = -1
  for (let at = from; at < lower.length; at += 1) {
    if (found >= 0 && AFTER_HEAD.test(lower[at]!)) break
    if (HEADS.has(lower[at]!)) found = at
  }
  return found
}

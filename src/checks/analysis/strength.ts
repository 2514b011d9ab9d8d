import type { TextRange } from '../../document/index.js'
import { NUMBER_WORDS } from '../lexicon/people-words.js'
import type { Occurrence } from './context.js'

/** What sets one statement of a claim apart from another. */
export type Strength =
  | { readonly kind: 'time'; readonly grain: number; readonly words: string }
  | { readonly kind: 'number'; readonly value: number; readonly isRough: boolean; readonly words: string }
  | { readonly kind: 'words'; readonly words: string }

const GRAINS: readonly (readonly [RegExp, number])[] = [
  [/\d\s?[ap]\.?m\b|\d:\d\d|\bnoon\b|\bmidnight\b/i, 5],
  [/\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btoday\b|\btomorrow\b|\byesterday\b|\btonight\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b/i, 4],
  [/\bweek(?:end)?\b/i, 3],
  [/\bmonth\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i, 2],
  [/\byear\b|\bquarter\b|\b(?:19|20)\d\d\b|\b(?:spring|summer|autumn|fall|winter)\b/i, 1],
]
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, dozen: 12 }
const ROUGH = /\b(?:about|around|roughly|nearly|almost|more than|less than|fewer than|over|up to|at least|at most|some|several|dozens|hundreds|thousands|millions|approximately|or so|a dozen|half a dozen)\b/i

export function parseStrength(words: string): Strength {
  const grain = GRAINS.find(([pattern]) => pattern.test(words))?.[1]
  if (grain !== undefined) return { kind: 'time', grain, words }
  const digits = /(\d[\d,]*(?:\.\d+)?)\s*(hundred|thousand|million|billion|trillion|dozen)?/i.exec(words)
  const word = words.toLowerCase().split(/[^a-z]+/).find((each) => NUMBER_WORDS.has(each))
  const value = digits ? Number(digits[1]!.replaceAll(',', '')) * (SCALES[digits[2]?.toLowerCase() ?? ''] ?? 1) : word === undefined ? undefined : NUMBER_WORDS.get(word)
  if (value !== undefined) return { kind: 'number', value, isRough: ROUGH.test(words), words }
  return { kind: 'words', words: words.toLowerCase().replace(/^(?:a|an|the)\s+/, '').trim() }
}

/** Where the strength's own words stand in the occurrence; the whole occurrence, where the newsroom worded it itself. */
export function strengthRange({ range, strength }: Occurrence): TextRange {
  const at = strength === undefined ? -1 : range.exact.toLowerCase().indexOf(strength.toLowerCase())
  return at < 0 ? range : { paragraph: range.paragraph, start: range.start + at, end: range.start + at + strength!.length, exact: range.exact.slice(at, at + strength!.length) }
}

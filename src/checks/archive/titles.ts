import { archiveFinding, type ArchiveFinding } from './archive-story.js'
import type { StoryFacts, TitleFact } from './story-facts.js'

const WEEK = 7 * 24 * 3600 * 1000
const SHORT: Readonly<Record<string, string>> = { sen: 'senator', rep: 'representative', gov: 'governor', dr: 'doctor', prof: 'professor', gen: 'general', lt: 'lieutenant', col: 'colonel', sgt: 'sergeant', ceo: 'chief executive officer', cfo: 'chief finance officer', coo: 'chief operating officer', financial: 'finance', vp: 'vice president', pm: 'prime minister', secy: 'secretary', spokeswoman: 'spokesperson', spokesman: 'spokesperson', chairman: 'chair', chairwoman: 'chair', chairperson: 'chair', adviser: 'advisor' }
const EMPTY = new Set('the a an of for and at in to officer'.split(' '))

interface Dated extends TitleFact { readonly slug: string; readonly at: number; readonly words: ReadonlySet<string> }

/** A named person with titles that contradict each other in stories of the same week. */
export function differingTitles(key: string, stories: readonly StoryFacts[]): ArchiveFinding[] {
  const titles = stories.flatMap(({ slug, at, titles: all }): Dated[] => (at === undefined ? [] : (all.get(key) ?? []).map((fact) => ({ ...fact, slug, at, words: wordsIn(fact.title) })))).sort((a, b) => a.at - b.at || (a.slug < b.slug ? -1 : 1))
  const seen = new Set<string>()
  const findings: ArchiveFinding[] = []
  let first = 0
  titles.forEach((later, index) => {
    while (titles[first]!.at < later.at - WEEK) first += 1
    const earlier = titles.slice(first, index).findLast((each) => each.slug !== later.slug && contradict(each, later))
    if (!earlier) return
    const pair = `${earlier.title}\u0001${later.title}`
    if (seen.has(pair)) return
    seen.add(pair)
    findings.push(archiveFinding('title-differs', key, `${later.name} is “${earlier.title}” in ${earlier.slug} and “${later.title}” in ${later.slug}, within a week.`, [earlier, later].map(({ slug, range }) => ({ slug, range })),
      // Somebody may hold two offices that have no word in common.
      { severity: [...earlier.words].some((word) => later.words.has(word)) ? 'warning' : 'info' }))
  })
  return findings
}

function wordsIn(title: string): Set<string> {
  const words = title.toLowerCase().replace(/[’']s\b/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.flatMap((word) => (SHORT[word] ?? word).split(' ')).filter((word) => !EMPTY.has(word)))
}

/**
 * A shorter form of the same title is no other title; neither is one in another language, an office in another body, or one that the later
 * story itself marks as new or past.
 */
function contradict(earlier: Dated, later: Dated): boolean {
  if (earlier.language !== later.language || hasAny(later.words, CHANGED)) return false
  if (earlier.organization !== undefined && later.organization !== undefined && earlier.organization !== later.organization) return false
  const [shorter, longer] = earlier.words.size <= later.words.size ? [earlier.words, later.words] : [later.words, earlier.words]
  return hasAny(earlier.words, [...CHANGED, ...LOWER]) !== hasAny(later.words, LOWER) || ![...shorter].every((word) => longer.has(word))
}

const CHANGED = ['former', 'ex', 'acting', 'interim', 'new', 'incoming', 'outgoing', 'elect', 'designate', 'newly']
const LOWER = ['deputy', 'vice', 'assistant', 'associate', 'junior', 'under']
const hasAny = (words: ReadonlySet<string>, sought: readonly string[]) => sought.some((word) => words.has(word))

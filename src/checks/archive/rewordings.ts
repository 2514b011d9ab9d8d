import type { WordChange } from '../finding.js'
import { shown } from '../analysis/sourcing.js'
import { changesText, compareQuote } from '../verbatim/compare.js'
import { wordsOf } from '../verbatim/words.js'
import { archiveFinding, type ArchiveCheck, type ArchiveFinding } from './archive-story.js'
import type { QuoteFact, StoryFacts } from './story-facts.js'

const GRAM = 3
/** Quotes of fewer words are too common to be told apart. */
const FEWEST_WORDS = 6
/** So much of the shorter one must be the same for two quotes to be one. */
const LEAST_SAME = 0.6
/** Runs of words that stand in more quotes than this tell nothing. */
const MOST_COMMON = 40

interface Placed extends QuoteFact { readonly slug: string; readonly at: number; readonly text: string; readonly grams: ReadonlySet<string>; readonly length: number }

/** One quote, in two stories, with other words. What is cut short, marked or in brackets is no other wording. */
export function rewordings(check: Extract<ArchiveCheck, 'quote-reworded' | 'statement-quoted-differently'>, key: string, stories: readonly StoryFacts[]): ArchiveFinding[] {
  const quotes = stories.flatMap(({ slug, at, quotes: all }) => (all.get(key) ?? []).map((quote) => placed(quote, slug, at))).filter(({ length }) => length >= FEWEST_WORDS)
    .sort((a, b) => a.at - b.at || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : a.range.paragraph - b.range.paragraph || a.range.start - b.range.start))
  const byGram = new Map<string, number[]>()
  const findings: ArchiveFinding[] = []
  quotes.forEach((later, index) => {
    for (const earlier of candidates(later, quotes, byGram)) {
      const changes = interiorChanges(earlier, later)
      if (!changes) continue
      findings.push(archiveFinding(check, key, `${later.speaker === '' ? 'The same words' : `${later.speaker}’s words`} stand as ${shown(earlier.text)} in ${earlier.slug} and as ${shown(later.text)} in ${later.slug}: ${differences(changes)}.`,
        [earlier, later].map(({ slug, range }) => ({ slug, range })), { changes }))
      break
    }
    for (const gram of later.grams) {
      const places = byGram.get(gram)
      if (!places) byGram.set(gram, [index])
      else if (places.length <= MOST_COMMON) places.push(index)
    }
  })
  return findings
}

function placed(quote: QuoteFact, slug: string, at: number | undefined): Placed {
  const words = wordsOf(quote.printed.join(' ')).map(({ plain }) => plain)
  const grams = new Set(words.slice(0, -GRAM + 1).map((_, start) => words.slice(start, start + GRAM).join(' ')))
  return { ...quote, slug, at: at ?? Infinity, text: quote.printed.join(' … '), grams, length: words.length }
}

/** Earlier quotes of other stories that share enough runs of words, the most alike first. */
function candidates(later: Placed, quotes: readonly Placed[], byGram: ReadonlyMap<string, readonly number[]>): Placed[] {
  const shared = new Map<number, number>()
  for (const gram of later.grams) {
    const places = byGram.get(gram) ?? []
    if (places.length <= MOST_COMMON) for (const place of places) shared.set(place, (shared.get(place) ?? 0) + 1)
  }
  return [...shared].filter(([place, count]) => quotes[place]!.slug !== later.slug && count >= Math.max(2, Math.min(later.grams.size, quotes[place]!.grams.size) * 0.25))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5).map(([place]) => quotes[place]!)
}

/** How two quotes of the same words differ, from the earlier to the later one; undefined where they do not, or are two utterances. */
function interiorChanges(earlier: Placed, later: Placed): readonly WordChange[] | undefined {
  const isLaterShorter = later.length <= earlier.length
  const [shorter, longer] = isLaterShorter ? [later, earlier] : [earlier, later]
  const { verdict, changes } = compareQuote(shorter.printed, longer.printed.join(' '))
  if (verdict === 'same' || verdict === 'missing') return undefined
  const same = changes.map(({ kind }) => kind === 'same')
  const inner = changes.slice(same.indexOf(true), same.lastIndexOf(true) + 1)
  const kept = inner.filter(({ kind }) => kind === 'same').reduce((sum, { words }) => sum + words.split(' ').length, 0)
  if (inner.every(({ kind }) => kind === 'same') || kept < Math.max(4, shorter.length * LEAST_SAME)) return undefined
  return isLaterShorter ? inner : inner.map((change): WordChange => ({ ...change, kind: change.kind === 'added' ? 'removed' : change.kind === 'removed' ? 'added' : 'same' }))
}

function differences(changes: readonly WordChange[]): string {
  return changesText(changes).replace('the record has', 'the earlier has').replace('the quote has', 'the later has')
}

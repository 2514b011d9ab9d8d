import { archiveFinding, ARCHIVE_CHECKS, type ArchiveFinding, type ArchiveStory } from './archive-story.js'
import { rewordings } from './rewordings.js'
import { factsOf, keysOf, type StoryFacts } from './story-facts.js'
import { neverAsked } from './storylines.js'
import { differingTitles } from './titles.js'

/** What a change of stories led to. */
export interface Recheck {
  /** The people, statements, storylines and stories that were looked at again, and nothing else was. */
  readonly keys: readonly string[]
  /** What is found about them now. */
  readonly findings: readonly ArchiveFinding[]
}

/** How much of what a desk published in a month rests on anonymous sources. */
export interface DeskShare {
  readonly desk: string
  /** `2026-03`, in UTC. */
  readonly month: string
  readonly stories: number
  readonly attributions: number
  readonly anonymous: number
  /** From 0 to 1; 0 without attributions. */
  readonly share: number
}

/**
 * What the checks across stories need of an archive, by person, statement and storyline. It keeps facts, not texts. A story that is put in
 * or taken out marks what it shares with others; `recheck` looks at what is marked and at nothing else.
 */
export class ArchiveIndex {
  readonly #stories = new Map<string, StoryFacts>()
  readonly #slugsByKey = new Map<string, Set<string>>()
  readonly #found = new Map<string, readonly ArchiveFinding[]>()
  readonly #marked = new Set<string>()

  /** Adds a story, or takes its new form for the old one. */
  put(story: ArchiveStory): void {
    this.remove(story.slug)
    const facts = factsOf(story)
    this.#stories.set(story.slug, facts)
    for (const key of keysOf(facts)) {
      const slugs = this.#slugsByKey.get(key) ?? new Set()
      this.#slugsByKey.set(key, slugs.add(story.slug))
      this.#marked.add(key)
    }
  }

  remove(slug: string): void {
    const facts = this.#stories.get(slug)
    if (!facts) return
    this.#stories.delete(slug)
    for (const key of keysOf(facts)) {
      const slugs = this.#slugsByKey.get(key)
      slugs?.delete(slug)
      if (slugs?.size === 0) this.#slugsByKey.delete(key)
      this.#marked.add(key)
    }
  }

  recheck(): Recheck {
    const keys = [...this.#marked].sort()
    this.#marked.clear()
    for (const key of keys) {
      const findings = this.#check(key)
      if (findings.length > 0) this.#found.set(key, findings)
      else this.#found.delete(key)
    }
    return { keys, findings: inOrder(keys.flatMap((key) => this.#found.get(key) ?? [])) }
  }

  /** All findings, by check, then by story. */
  findings(): ArchiveFinding[] {
    this.recheck()
    return inOrder([...this.#found.values()].flat())
  }

  /** By desk and month of publication; drafts are left out. */
  desks(): DeskShare[] {
    const shares = new Map<string, { desk: string; month: string; stories: number; attributions: number; anonymous: number }>()
    for (const { desk, at, credited, anonymous } of this.#stories.values()) {
      if (at === undefined) continue
      const month = new Date(at).toISOString().slice(0, 7)
      const share = shares.get(`${desk}\u0001${month}`) ?? { desk, month, stories: 0, attributions: 0, anonymous: 0 }
      shares.set(`${desk}\u0001${month}`, { desk, month, stories: share.stories + 1, attributions: share.attributions + credited, anonymous: share.anonymous + anonymous })
    }
    return [...shares.values()].sort((a, b) => text(a.desk, b.desk) || text(a.month, b.month)).map((each) => ({ ...each, share: each.attributions === 0 ? 0 : each.anonymous / each.attributions }))
  }

  #check(key: string): readonly ArchiveFinding[] {
    const stories = [...(this.#slugsByKey.get(key) ?? [])].map((slug) => this.#stories.get(slug)!)
    if (key.startsWith('story:')) {
      return stories.filter(({ isSingle }) => isSingle).map(({ slug, single }) => archiveFinding('single-anonymous-story', key, `Everything that ${slug} attributes rests on one anonymous source.`, [{ slug, range: single }]))
    }
    if (key.startsWith('storyline:')) return neverAsked(key, stories)
    if (key.startsWith('statement:')) return rewordings('statement-quoted-differently', key, stories)
    return [...differingTitles(key, stories), ...rewordings('quote-reworded', key, stories)]
  }
}

/** By check, then by place. A statement known by its address and by its lineage is reported once. */
function inOrder(findings: readonly ArchiveFinding[]): ArchiveFinding[] {
  const identity = ({ check, what, places }: ArchiveFinding) => `${ARCHIVE_CHECKS.indexOf(check)} ${places.map(({ slug, range }) => `${slug}:${range?.paragraph ?? 0}:${range?.start ?? 0}`).join(' ')} ${what}`
  const unique = new Map(findings.map((finding) => [identity(finding), finding]))
  return [...unique].sort(([a], [b]) => text(a, b)).map(([, finding]) => finding)
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export interface ArchiveReport { readonly findings: readonly ArchiveFinding[]; readonly desks: readonly DeskShare[] }

/** The checks across all these stories at once. */
export function archiveReport(stories: Iterable<ArchiveStory>): ArchiveReport {
  const index = new ArchiveIndex()
  for (const story of stories) index.put(story)
  return { findings: index.findings(), desks: index.desks() }
}

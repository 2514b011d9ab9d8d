import type { StoryDocument } from '../../document/index.js'
import { INSTITUTION_ALIASES } from '../lexicon/people-words.js'

/** Which names stand for the same institution: the document's own organizations with their aliases, and those that copy always joins. */
export class Institutions {
  readonly #names = new Map<string, string>()
  /** Organization key → the name it goes by here. */
  readonly #keys = new Map<string, string>()
  readonly #titles = new Map<string, readonly string[]>()

  constructor(document: Pick<StoryDocument, 'organizations' | 'people'>) {
    INSTITUTION_ALIASES.forEach((names) => names.forEach((name) => this.#names.set(name, names[0]!)))
    for (const { key, name, aliases } of [...document.organizations].sort((a, b) => (a.key < b.key ? -1 : 1))) {
      const all = [name, ...aliases].map(normal)
      const known = all.map((each) => this.#names.get(each)).find((each) => each !== undefined) ?? `key:${key}`
      for (const each of all) this.#names.set(each, known)
      this.#keys.set(key, known)
    }
    for (const { key, affiliations } of document.people) this.#titles.set(key, affiliations.map((each) => each.organization))
  }

  /** One name for all the names of an institution; undefined for words that name none. */
  named(words: string): string | undefined {
    const text = normal(words)
    return this.#names.get(text) ?? this.#names.get(text.replace(/^the /, ''))
  }

  ofKey(key: string): string {
    return this.#keys.get(key) ?? `key:${key}`
  }

  /** Organization keys that a person belongs to. */
  ofPerson(person: string): readonly string[] {
    return this.#titles.get(person) ?? []
  }

  same(a: string, b: string): boolean {
    return this.ofKey(a) === this.ofKey(b)
  }
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[’]/g, "'").replace(/'s$/, '').trim()
}

/** Makes keys out of names: lower-case words joined by "-", unique within one collection. */
export class Keys {
  readonly #taken = new Set<string>()

  of(words: string, fallback: string): string {
    const base = slugOf(words) || fallback
    let key = base
    for (let count = 2; this.#taken.has(key); count += 1) key = `${base}-${count}`
    this.#taken.add(key)
    return key
  }
}

/** At most 80 characters of letters and digits, without accents. */
export function slugOf(words: string): string {
  return words.slice(0, 200).normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 80).replace(/^-+|-+$/g, '')
}

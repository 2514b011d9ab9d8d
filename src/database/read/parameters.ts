/** The values of a statement under construction. Placeholders carry their type, so that equal texts have equal plans. */
export class Parameters {
  readonly values: unknown[] = []
  readonly #shared = new Map<string, string>()
  #hasLiterals = false

  /** Whether something that is asked for stands in the text itself, which is hardly asked again then. */
  get hasLiterals(): boolean {
    return this.#hasLiterals
  }

  /** A placeholder for a value: `$3::text[]`. */
  add(value: unknown, type: string): string {
    this.values.push(value)
    return `$${this.values.length}::${type}`
  }

  /** A placeholder that is made at its first use, and the same at every later one: PostgreSQL refuses values that no text uses. */
  once(value: unknown, type: string): () => string {
    let placeholder: string | undefined
    return () => (placeholder ??= this.add(value, type))
  }

  /** A placeholder for a value that goes by a name: made at its first use, the same at every later one. */
  shared(name: string, value: unknown, type: string): string {
    let placeholder = this.#shared.get(name)
    if (placeholder === undefined) this.#shared.set(name, (placeholder = this.add(value, type)))
    return placeholder
  }

  /** Text as SQL itself and no placeholder, for what is searched: PostgreSQL knows how common the words are, and plans for that. */
  literal(text: string): string {
    this.#hasLiterals = true
    return `E'${text.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`
  }
}

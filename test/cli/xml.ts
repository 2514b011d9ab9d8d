/** Just enough XML to see that a report is well formed. */
export class XMLParser {
  readonly #elements: { readonly tag: string; readonly attributes: Readonly<Record<string, string>> }[] = []

  /** @throws where tags do not match, or a character is not escaped. */
  constructor(xml: string) {
    const open: string[] = []
    let rest = xml.replace(/^<\?xml [^?]*\?>\s*/, '')
    while (rest !== '') {
      const text = /^[^<]+/.exec(rest)?.[0] ?? ''
      if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`Not escaped: ${text}`)
      rest = rest.slice(text.length)
      if (rest === '') break
      const match = /^<(\/?)([a-z-]+)((?: [a-z-]+="[^"<]*")*)(\/?)>/.exec(rest)
      if (!match) throw new Error(`No tag: ${rest.slice(0, 80)}`)
      const [whole, isEnd, tag, attributes, isEmpty] = match as unknown as [string, string, string, string, string]
      if (isEnd !== '' && open.pop() !== tag) throw new Error(`${tag} ends what is not open`)
      if (isEnd === '') this.#elements.push({ tag, attributes: Object.fromEntries([...attributes.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!])) })
      if (isEnd === '' && isEmpty === '') open.push(tag)
      rest = rest.slice(whole.length)
    }
    if (open.length > 0) throw new Error(`${open.join(', ')} is not closed`)
  }

  elements(tag: string): Readonly<Record<string, string>>[] {
    return this.#elements.filter((element) => element.tag === tag).map(({ attributes }) => attributes)
  }
}

export const SPEECHES = { direct: 'DIRECT', partial: 'MIXED', paraphrase: 'INDIRECT' }
export const CHANNELS = { 'press release': 'PRESS_RELEASE', email: 'EMAIL', 'press conference': 'PRESS_CONFERENCE', 'social media post': 'SOCIAL_MEDIA', 'court filing': 'COURT_FILING' }

/**
 * The same story as a document. A plain quote stands in no text, and ours do: quotes, unnamed sources and statements get a paragraph
 * each below the story's own, in which their words and those who said them are marked.
 */
export function documentOf(story) {
  const writer = new Writer(story.paragraphs.length + 2)
  for (const quote of story.quotes) writer.quote(quote)
  writer.endParagraph()
  for (const unnamed of story.anonymousAttributions ?? []) writer.unnamed(unnamed)
  writer.endParagraph()
  for (const statement of story.statements ?? []) writer.statement(statement)
  writer.endParagraph()
  const { publishedAt, updatedAt } = story
  return {
    onrecord: 1, slug: story.slug, desk: 'Metro', language: 'en',
    ...(publishedAt !== undefined && { publication: { firstPublishedAt: publishedAt, publishedAt: updatedAt ?? publishedAt, version: updatedAt === undefined || updatedAt === publishedAt ? 1 : 2 } }),
    paragraphs: [{ role: 'HEADLINE', text: story.headline }, { role: 'SUMMARY', text: story.dek }, ...story.paragraphs.map((text) => ({ text })), ...writer.paragraphs],
    topics: (story.topics ?? []).map(({ slug, name }) => ({ code: `medtop:${slug.replace(/\D/g, '').padStart(8, '0')}`, name })),
    bylines: (story.bylines ?? []).map(({ id }) => ({ journalist: `journalist-${id}` })),
    journalists: (story.bylines ?? []).map(({ id, name }) => ({ key: `journalist-${id}`, name })),
    people: [...writer.people.values()], organizations: [...writer.organizations.values()],
    sources: [...writer.sources.values()], attributions: writer.attributions, quotes: writer.quotes, statements: writer.statements,
  }
}

class Writer {
  paragraphs = []
  people = new Map()
  organizations = new Map()
  sources = new Map()
  attributions = []
  quotes = []
  statements = []
  #text = ''
  #first

  constructor(first) {
    this.#first = first
  }

  endParagraph() {
    if (this.#text !== '') this.paragraphs.push({ text: this.#text.trim() })
    this.#text = ''
  }

  #say(words) {
    const start = this.#text.length
    this.#text += words
    return { paragraph: this.#first + this.paragraphs.length, start, end: this.#text.length }
  }

  quote({ kind, text, saidAt, person, anonymousSource }) {
    const key = `a${this.attributions.length + 1}`
    const content = this.#say(`“${text}”`)
    this.#say(' ')
    const mention = this.#say(person ? person.name : anonymousSource)
    this.#say(' ')
    const cue = this.#say('said')
    this.#say('. ')
    const source = person ? this.#person(person) : this.#anonymous({ descriptor: anonymousSource, descriptorRange: mention, headcount: { min: 1 } })
    this.attributions.push({ key, source, speech: SPEECHES[kind], content: [content], cue, mention, mentionForm: person ? 'NAME' : 'DESCRIPTION', saidAt: { earliest: saidAt } })
    this.quotes.push({ key: `q${this.quotes.length + 1}`, attribution: key, ranges: [{ paragraph: content.paragraph, start: content.start + 1, end: content.end - 1 }] })
  }

  unnamed({ descriptor, headcount, terms }) {
    const number = this.#say(String(headcount))
    this.#say(' in number, ')
    const mention = this.#say(descriptor)
    this.#say(' ')
    const cue = this.#say('confirmed')
    this.#say(' ')
    const content = this.#say('what the plan holds')
    this.#say(', ')
    const words = this.#say(terms)
    this.#say('. ')
    const source = this.#anonymous({ descriptor, descriptorRange: mention, headcount: { min: headcount, exact: headcount, range: number }, terms: { text: terms, range: words } })
    this.attributions.push({ key: `a${this.attributions.length + 1}`, source, speech: 'INDIRECT', content: [content], cue, mention, mentionForm: 'DESCRIPTION' })
  }

  statement({ organization, channel, text, issuedAt }) {
    const key = `a${this.attributions.length + 1}`
    const mention = this.#say(organization.name)
    this.#say(' ')
    const cue = this.#say('put out')
    this.#say(' ')
    const content = this.#say('a statement on the matter')
    this.#say('. ')
    this.attributions.push({ key, source: this.#body(organization), speech: 'INDIRECT', content: [content], cue, mention, mentionForm: 'NAME' })
    this.statements.push({ key: `t${this.statements.length + 1}`, issuer: this.#organization(organization), channel: CHANNELS[channel], issuedAt, release: 'FULL', texts: [{ takenAt: issuedAt, text }], attributions: [key] })
  }

  #organization({ id, name }) {
    this.organizations.set(id, { key: `organization-${id}`, name })
    return `organization-${id}`
  }

  #person({ id, name, role, organization }) {
    const source = `person-${id}`
    if (this.sources.has(source)) return source
    const body = organization && this.#organization(organization)
    this.people.set(id, { key: source, name, ...(body && { affiliations: [{ organization: body, title: role }] }) })
    this.sources.set(source, { key: source, kind: 'PERSON', person: source, ...(role && { title: role }), ...(body && { organization: body }) })
    return source
  }

  #body(organization) {
    const key = this.#organization(organization)
    this.sources.set(key, { key, kind: 'ORGANIZATION', organization: key })
    return key
  }

  #anonymous(source) {
    const key = `unnamed-${this.sources.size + 1}`
    this.sources.set(key, { key, kind: 'ANONYMOUS', ...source })
    return key
  }
}

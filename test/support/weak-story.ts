import type { StoryDocumentInput } from '../../src/document/index.js'

const WORDS = 'The bridge will close in May, sources said.'

/** A draft whose one error is that its source is called "sources" and nothing else. `words` must credit "sources" with what stands before the comma. */
export function weakStory(slug: string, change: Partial<StoryDocumentInput> = {}, words = WORDS): StoryDocumentInput {
  const at = (part: string) => ({ paragraph: 1, start: words.indexOf(part), end: words.indexOf(part) + part.length })
  return {
    onrecord: 1, slug, desk: 'Metro', language: 'en', timeZone: 'America/New_York', dateline: { place: 'Tidewater', date: '2026-03-01' },
    journalists: [{ key: 'sam-reyes', name: 'Sam Reyes' }], bylines: [{ journalist: 'sam-reyes' }],
    paragraphs: [{ role: 'HEADLINE', text: 'Bridge to close' }, { text: words }],
    sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'sources', descriptorRange: at('sources'), headcount: { min: 2 } }],
    attributions: [{ key: 'a', source: 's', speech: 'INDIRECT', content: [at(words.slice(0, words.indexOf(',')))], cue: at('said'), mention: at('sources'), mentionForm: 'DESCRIPTION' }],
    ...change,
  }
}

/** A draft with a finding that nobody can waive: it tells whether an anonymous source is a man or a woman. */
export function tellingStory(slug: string): StoryDocumentInput {
  const words = ['The sale is off, a member of the port board said.', 'The price was too low, she said.']
  const at = (paragraph: number, part: string) => ({ paragraph, start: words[paragraph]!.indexOf(part), end: words[paragraph]!.indexOf(part) + part.length })
  return {
    ...weakStory(slug), paragraphs: words.map((text) => ({ text })),
    sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'a member of the port board', descriptorRange: at(0, 'a member of the port board'), headcount: { min: 1, exact: 1, range: at(0, 'a member') } }],
    attributions: [
      { key: 'a', source: 's', speech: 'INDIRECT', content: [at(0, 'The sale is off')], cue: at(0, 'said'), mention: at(0, 'a member of the port board'), mentionForm: 'DESCRIPTION' },
      { key: 'b', source: 's', speech: 'INDIRECT', content: [at(1, 'The price was too low')], cue: at(1, 'said'), mention: at(1, 'she'), mentionForm: 'PRONOUN', antecedent: 'a' },
    ],
  }
}

import { LOADED_VERBS, neutralForm } from '../lexicon/cues.js'
import type { Said } from '../analysis/context.js'
import type { TextRange } from '../../document/index.js'
import { defineRule, type Draft } from '../rule.js'

/** Not reports of what somebody said: "claimed responsibility", "admitted to hospital", "noted for". */
const OTHER_SENSE = /^\s*(?:responsibility|victory|credit|lives|the lives|guilt|defeat|receipt|to (?:the )?hospital|for\b|asylum|benefits)/i

const FINITE = /\b(?:is|was|are|were|has|have|had|will|would|should|could|can|may|might|must|did|does|do)\b|['’](?:s|re|ve|ll|d)\b|n['’]t\b/

/** From the first relative clause on: its verb makes no statement of the thing before it. */
const RELATIVE = /\b(?:that|which|who|whose|where|when)\b.*$/s

/** In these stories guilt is not implied but admitted. */
const GUILT = /\b(?:plead(?:ed|s|ing)?|pled) guilty\b|\bguilty plea|\bconfess|\bconvicted\b/i

/** Whether a statement follows, not a thing: "pointed out the exits" reports no speech. */
function isStatement(said: Said, cue: TextRange, textOf: (paragraph: number) => string): boolean {
  const [content] = said.attribution.content
  if (said.attribution.negated || content === undefined || /^to\b/i.test(content.exact)) return false
  return /^\s*that\b/.test(textOf(cue.paragraph).slice(cue.end)) || /["“]/.test(content.exact) || FINITE.test(content.exact.replace(RELATIVE, ''))
}

/** The cue with "out", where the verb is "point out". */
function wholeCue(said: Said, textOf: (paragraph: number) => string): TextRange | undefined {
  const cue = said.attribution.cue
  if (!cue || said.cue?.lemma !== 'point') return cue
  const after = textOf(cue.paragraph).slice(cue.end)
  return /\bout\b/.test(cue.exact) ? cue : after.startsWith(' out') ? { ...cue, end: cue.end + 4, exact: `${cue.exact} out` } : undefined
}

function suggestion(cue: TextRange): Draft['suggestion'] {
  const words = cue.exact.split(' ')
  const neutral = neutralForm(words[0]!)
  return neutral !== undefined && (words.length === 1 || /^\w+ out$/.test(cue.exact)) ? { range: cue, replacement: neutral } : undefined
}

export const rule = defineRule({
  id: 'loaded-attribution-verb',
  title: 'Attribution verb that takes sides',
  severity: 'info',
  flags: 'The verb of attribution implies truth or a judgement (noted, admitted, claimed, argued), where “said” would do.',
  policy: 'AP and Reuters prefer “said”',
  why: 'The verb judges what the speaker says, and readers may not notice.',
  advice: 'Write “said”, unless the judgement is meant and supported.',
  examples: {
    flagged: { text: 'Quill admitted that the dam was old.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } }, says: [{ source: 'quill', says: 'that the dam was old', cue: 'admitted', by: 'Quill' }] },
    fine: { text: 'Quill said that the dam was old.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } }, says: [{ source: 'quill', says: 'that the dam was old', cue: 'said', by: 'Quill' }] },
  },
  check: (context) => context.said.flatMap((said): Draft[] => {
    const verb = said.cue && LOADED_VERBS.get(said.cue.lemma)
    const cue = wholeCue(said, context.textOf)
    if (!verb || !cue || said.cast?.source.kind === 'DOCUMENT' || !isStatement(said, cue, context.textOf) || OTHER_SENSE.test(context.textOf(cue.paragraph).slice(cue.end))) return []
    if (verb.implies === 'guilt' && context.sentences.some(({ text }) => GUILT.test(text))) return []
    const replaced = suggestion(cue)
    return [{ ranges: [cue], said, what: `“${cue.exact}” implies ${verb.implies}`, ...(replaced && { suggestion: replaced }) }]
  }),
})

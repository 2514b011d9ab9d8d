import { LIMITS } from '../document/index.js'
import { findCast } from './cast.js'
import { resolve } from './coreference.js'
import { DocumentBuilder } from './document.js'
import type { Analysis, Diagnostic, Extraction, ExtractionOptions } from './extraction.js'
import { readText, type Reading } from './reading.js'
import { readRelations } from './relations-of.js'
import type { Relation } from './relations.js'
import { scorerAttribution, type ScorerLine } from './scorer-line.js'

/**
 * Reads plain text and proposes a story document. Pure but for the random lineages of the document: the same text gives the same proposals.
 * Nothing in it is confirmed; every entry says which rule made it and how sure it is.
 */
export function extract(text: string, options: ExtractionOptions = {}): Extraction {
  const diagnostics: Diagnostic[] = []
  const clean = cleanText(text, diagnostics)
  const analysis = analyze(clean, options.language)
  const { reading } = analysis
  if (reading.tokens.length === 0) diagnostics.push({ code: 'EMPTY_TEXT', message: 'The text holds no words.' })
  else if (!reading.english) diagnostics.push({ code: 'LANGUAGE', message: 'The text is not in English: only quotation marks were found, and nobody is credited.' })
  const document = new DocumentBuilder(analysis, diagnostics).build(options, options.language ?? (reading.english ? 'en' : 'und'))
  const sentences = reading.sentences.map(({ from, to }) => ({ start: reading.tokens[from]!.start, end: reading.tokens[to - 1]!.end }))
  return { text: clean, document, sentences, diagnostics, analysis }
}

/** One line of the line protocol, from an extraction or from the text itself (which skips the document). */
export function toScorerLine(id: string, of: string | Extraction): ScorerLine {
  const { reading, resolved } = typeof of === 'string' ? analyze(cleanText(of, [])) : of.analysis
  return { id, attributions: resolved.map((entry) => scorerAttribution(reading, entry)) }
}

function analyze(text: string, language?: string): Analysis {
  const reading = readText(text, language)
  const { english } = reading
  const relations = english ? readRelations(reading) : quotationsOnly(reading)
  const cast = english ? findCast(reading) : { people: [], bodies: [], personAt: new Map(), bodyAt: new Map() }
  return { reading, cast, ...resolve(reading, cast, relations) }
}

/** For other languages: what stands between quotation marks, credited to nobody. */
function quotationsOnly(reading: Reading): Relation[] {
  const relations: Relation[] = []
  let sentence = 0
  for (const { open, first, last, close } of reading.regions) {
    while (sentence + 1 < reading.sentences.length && reading.sentences[sentence]!.to <= open) sentence += 1
    if (last - first < 4) continue
    relations.push({ rule: 'quotation marks only', confidence: 0.4, sentence, source: undefined, cue: undefined, lemma: '', content: [{ from: open, to: close }], negated: false, thought: false })
  }
  return relations
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
// Control characters other than tab, line feed and carriage return.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g

/** The text as a document may hold it. Lengths do not change, so offsets stay those of the text that came in. */
function cleanText(text: string, diagnostics: Diagnostic[]): string {
  let clean = text
  if (clean.length > LIMITS.storyText) {
    let end = LIMITS.storyText
    if (/[\uD800-\uDBFF]/.test(clean[end - 1]!)) end -= 1
    diagnostics.push({ code: 'TEXT_CUT', message: `The text has ${clean.length} UTF-16 units, more than the ${LIMITS.storyText} of a story; the rest was not read.`, start: end, end: clean.length })
    clean = clean.slice(0, end)
  }
  const plain = clean.replace(CONTROL, ' ').replace(LONE_SURROGATE, '\uFFFD')
  if (plain !== clean) diagnostics.push({ code: 'CHARACTERS_REPLACED', message: 'Control characters and halves of characters were replaced.' })
  return plain
}

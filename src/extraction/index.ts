/** From plain text to a proposed story document. Pure, offline, deterministic; imports only `document` and the tagger. */
export { extract, toScorerLine } from './extract.js'
export type { Analysis, Diagnostic, Extraction, ExtractionOptions } from './extraction.js'
export type { ScorerAttribution, ScorerLine } from './scorer-line.js'
export { annotate, type AnnotateOptions } from './annotate.js'
export { extractLine } from './jsonl.js'

import { headProblems, LIMITS, rebase, withoutUnconfirmable, type DocumentProblem, type Paragraph, type Rebased, type StoryDocument } from '../document/index.js'
import type { Diagnostic, ExtractionOptions } from '../extraction/index.js'
import { TextRefused, type TextWorkers } from '../workers/index.js'

export interface ExtractedStory {
  readonly ok: true
  /** Nothing in it is confirmed. */
  readonly document: StoryDocument
  readonly diagnostics: readonly Diagnostic[]
}

export type ExtractResult = ExtractedStory | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

/** Marks are looked for in a new text of that many UTF-16 units in a thread, which takes a millisecond or more to tell what is to be done. */
const LONG_TEXT = 30_000

const CODES: Readonly<Partial<Record<TextRefused['code'], readonly [code: string, path: string, message: string]>>> = {
  TOO_LARGE: ['TEXT_TOO_LONG', 'text', 'is larger than 4 MB; no story is that large'],
  BUSY: ['BUSY', '', 'cannot be read now: too many texts are waiting. Try again in a few seconds'],
  TIMED_OUT: ['TOOK_TOO_LONG', 'text', 'took too long to read, and was given up; try a part of it'],
}

/** Reads stories out of plain text, and long texts again after an edit, on threads of their own, so that the event loop is free meanwhile. */
export class StoryExtractor {
  constructor(private readonly workers: Pick<TextWorkers, 'extract' | 'rebase'>) {}

  /** What is wrong with the text or the options comes back with its code and path. @throws where the server is stopping. */
  async extract(text: string, options: ExtractionOptions): Promise<ExtractResult> {
    const wrong = headProblems(options)
    if (wrong.length > 0) return { ok: false, problems: wrong }
    if (text.trim() === '') return NO_WORDS
    try {
      const { document, diagnostics } = await this.workers.extract(text, options)
      if (diagnostics.some(({ code }) => code === 'EMPTY_TEXT')) return NO_WORDS
      return { ok: true, document: withoutUnconfirmable(document), diagnostics }
    } catch (error) {
      const told = error instanceof TextRefused ? CODES[error.code] : undefined
      if (!told) throw error
      const [code, path, message] = told
      return { ok: false, problems: [{ code, path, message }] }
    }
  }

  /** The same for a text that is to be stored: one that is too long for a story is refused, not cut. */
  async draft(text: string, options: ExtractionOptions): Promise<ExtractResult> {
    if (text.length > LIMITS.storyText) return { ok: false, problems: [{ code: 'TEXT_TOO_LONG', path: 'text', message: `has ${text.length} UTF-16 units; a story may hold ${LIMITS.storyText}` }] }
    return this.extract(text, options)
  }

  /** The document with another text, its marks with their words. @throws {TextRefused} where the text is long and nobody has time for it */
  rebase(document: StoryDocument, paragraphs: readonly Pick<Paragraph, 'role' | 'text'>[]): Rebased | Promise<Rebased> {
    const length = paragraphs.reduce((sum, { text }) => sum + text.length, 0)
    return length < LONG_TEXT ? rebase(document, paragraphs) : this.workers.rebase(document, paragraphs)
  }
}

const NO_WORDS = { ok: false, problems: [{ code: 'TEXT_EMPTY', path: 'text', message: 'holds no words' }] } as const

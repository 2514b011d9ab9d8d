import { parentPort } from 'node:worker_threads'
import { checkDocument, type Profile } from '../checks/index.js'
import { rebase, type AgreementsOnFile, type Paragraph, type StoryDocument } from '../document/index.js'
import { extract, toScorerLine, type ExtractionOptions } from '../extraction/index.js'

/** What `TextWorkers` sends. */
export type Work =
  | { readonly kind: 'extract'; readonly text: string; readonly options: ExtractionOptions }
  | { readonly kind: 'warm' }
  | { readonly kind: 'scorer-line'; readonly text: string; readonly id: string }
  | { readonly kind: 'rebase'; readonly document: StoryDocument; readonly paragraphs: readonly Pick<Paragraph, 'role' | 'text'>[] }
  | { readonly kind: 'check'; readonly document: StoryDocument; readonly profile: Profile; readonly onFile?: AgreementsOnFile | undefined }
  | { readonly kind: 'read-and-check'; readonly text: string; readonly options: ExtractionOptions; readonly profile: Profile }
export interface Job { readonly number: number; readonly work: Work }

/** What it takes to read loads with the first text. */
const WARMING = 'The mill will close, the mayor said.'

function done(work: Work): unknown {
  switch (work.kind) {
    case 'extract': return extraction(work.text, work.options)
    case 'warm': return void extract(WARMING)
    case 'scorer-line': return toScorerLine(work.id, work.text)
    case 'rebase': return rebase(work.document, work.paragraphs)
    case 'check': return checkDocument(work.document, { profile: work.profile, onFile: work.onFile })
    case 'read-and-check': {
      const { document, diagnostics } = extraction(work.text, work.options)
      return { document, diagnostics, findings: checkDocument(document, { profile: work.profile }) }
    }
  }
}

/** The analysis is the worker's own: it is large, and holds functions that cannot be sent. */
function extraction(text: string, options: ExtractionOptions) {
  const { analysis: _, ...result } = extract(text, options)
  return result
}

parentPort?.on('message', ({ number, work }: Job) => {
  try {
    parentPort!.postMessage({ number, result: done(work) })
  } catch (error) {
    parentPort!.postMessage({ number, error: error instanceof Error ? error.message : String(error) })
  }
})

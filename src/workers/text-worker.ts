import { parentPort } from 'node:worker_threads'
import { extract, toScorerLine, type ExtractionOptions } from '../extraction/index.js'

/** What `TextWorkers` sends. */
export interface Job { readonly number: number; readonly text: string; readonly options: ExtractionOptions; readonly id?: string }

// The analysis is the worker's own: it is large, and holds functions that cannot be sent.
parentPort?.on('message', ({ number, text, options, id }: Job) => {
  try {
    if (id !== undefined) parentPort!.postMessage({ number, line: toScorerLine(id, text) })
    else {
      const { analysis: _, ...result } = extract(text, options)
      parentPort!.postMessage({ number, result })
    }
  } catch (error) {
    parentPort!.postMessage({ number, error: error instanceof Error ? error.message : String(error) })
  }
})

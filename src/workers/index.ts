export { MOST_TEXT_BYTES, TextRefused, TextWorkers, type TextWorkersOptions, type WorkerExtraction } from './text-workers.js'

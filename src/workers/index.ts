export { MOST_TEXT_BYTES, TextRefused, TextWorkers, type TextWorkersOptions, type WorkerExtraction, type WorkerReading } from './text-workers.js'

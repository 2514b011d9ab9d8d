export { TextWorkers, type TextWorkersOptions, type WorkerExtraction } from './text-workers.js'

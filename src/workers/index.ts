export { TextWorkers, type TextWorkersOptions, type WorkerExtraction, type WorkerReading } from './text-workers.js'

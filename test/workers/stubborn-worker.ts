import { parentPort } from 'node:worker_threads'

// A worker that misbehaves on demand: the text says how.
parentPort!.on('message', ({ number, work: { text } }: { number: number; work: { text: string } }) => {
  if (text === 'hang') for (;;) { /* until it is stopped */ }
  if (text === 'exit') process.exit(3)
  if (text === 'throw') throw new Error('out of order')
  parentPort!.postMessage({ number, result: { text } })
})

import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ROOT } from '../support/programs.js'
import type { Result } from './onrecord.js'

const PROGRAM = path.join(ROOT, 'src/cli/main.ts')
/** Bytes that a pipe hands over at once. */
const CHUNK = 64 * 1024

let runs = 0
let last: Promise<unknown> = Promise.resolve()

/** Runs the program of `onrecord` in this process, with arguments, environment and streams of its own. One run at a time: they are the process's. */
export function runHere(args: readonly string[], given: { readonly input: string | Uint8Array | undefined; readonly env: NodeJS.ProcessEnv }): Promise<Result> {
  const run = last.then(() => inPlaceOfTheProcess(args, given))
  last = run.catch(() => undefined)
  return run
}

async function inPlaceOfTheProcess(args: readonly string[], { input = '', env }: { readonly input: string | Uint8Array | undefined; readonly env: NodeJS.ProcessEnv }): Promise<Result> {
  const [out, err] = [new Heard(), new Heard()]
  const before = { env: process.env, argv: process.argv, exitCode: process.exitCode }
  const streams = (['stdin', 'stdout', 'stderr'] as const).map((name) => [name, Object.getOwnPropertyDescriptor(process, name)!] as const)
  for (const [name, value] of Object.entries({ stdin: Readable.from(chunksOf(Buffer.from(input)), { objectMode: false }), stdout: out, stderr: err })) Object.defineProperty(process, name, { value, configurable: true })
  Object.assign(process, { env, argv: [process.execPath, PROGRAM, ...args], exitCode: undefined })
  try {
    runs += 1
    // The program runs when its module is evaluated; under another name it is evaluated again, and what it imports is not.
    await import(/* @vite-ignore */ `${PROGRAM}?run=${runs}`)
    const code = Number(process.exitCode ?? 0)
    await Promise.all([out, err].map((stream) => finished(stream.end())))
    return { code, out: out.text, err: err.text }
  } finally {
    Object.assign(process, before)
    for (const [name, descriptor] of streams) Object.defineProperty(process, name, descriptor)
  }
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}

class Heard extends Writable {
  readonly #chunks: Buffer[] = []

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8')
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk)
    // Whoever writes waits for a reader, as with a pipe.
    setImmediate(done)
  }
}

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import type { StoryDocumentInput } from '../../src/document/index.js'

/** The words of the seed story are not ours to keep: the fixture holds its structure, the corpus file its text. */
export const SEED_FIXTURE = fileURLToPath(new URL('../fixtures/seed-story.json', import.meta.url))
const SEED_SHA256 = 'deaa39aa5f65fe2eb3f77530a0e2cd32c5346387c273b5361301f8e444f0ac7f'
const CORPUS = process.env['ONRECORD_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
export const SEED_FILE = join(CORPUS, 'seed-story.txt')
/** The hand-made labels stand in the folder `eval` beside the corpus. */
export const SEED_GOLD = join(CORPUS, '..', 'eval', 'seed.gold.json')

/** The whole text of the seed story, or undefined where the corpus is not there. Throws where the file is another text: the ranges would point at other words. */
export function seedStoryText(): string | undefined {
  if (!existsSync(SEED_FILE)) return undefined
  const bytes = readFileSync(SEED_FILE)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== SEED_SHA256) throw new Error(`${SEED_FILE} is not the seed story: its SHA-256 is ${sha256}, not ${SEED_SHA256}`)
  return bytes.toString('utf8')
}

/** The seed story as an editor structured it, a draft; undefined where the corpus is not there. A fresh copy at each call. */
export function seedStoryInput(): StoryDocumentInput | undefined {
  const text = seedStoryText()
  if (text === undefined) return undefined
  const structure = JSON.parse(readFileSync(SEED_FIXTURE, 'utf8')) as Omit<StoryDocumentInput, 'paragraphs'>
  return { ...structure, paragraphs: text.split('\n\n').map((words) => ({ role: 'BODY' as const, text: words })) }
}

/** A suite about the seed story. Without the corpus it is skipped, and says so. */
export function describeWithSeed(title: string, suite: (seed: StoryDocumentInput) => void): void {
  const seed = seedStoryInput()
  if (seed) {
    describe(title, () => suite(seed))
    return
  }
  console.warn(`\nSKIPPED: "${title}" needs the seed story, and ${SEED_FILE} is missing. Set ONRECORD_CORPUS to the folder that holds seed-story.txt.\n`)
  describe.skip(title, () => it('needs the seed story', () => undefined))
}

/** UTF-16 offsets into the whole text, where a blank line parts paragraphs, as a range inside one paragraph. */
export function rangeOfSpan(paragraphs: readonly { readonly text: string }[], [start, end]: readonly [number, number]): { paragraph: number; start: number; end: number } {
  let offset = 0
  for (const [paragraph, { text }] of paragraphs.entries()) {
    if (start >= offset && end <= offset + text.length) return { paragraph, start: start - offset, end: end - offset }
    offset += text.length + '\n\n'.length
  }
  throw new RangeError(`${start} to ${end} does not lie inside one paragraph`)
}

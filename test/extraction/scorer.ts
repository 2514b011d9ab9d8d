import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toScorerLine } from '../../src/extraction/extract.js'

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))
const STORIES = fileURLToPath(new URL('./stories', import.meta.url))
const SCORER = join(SHARED, 'eval/score.mjs')

export const scorerIsHere = existsSync(SCORER)

interface Gold { readonly id: string; readonly split?: string; readonly text: string }
export interface Figures {
  readonly metrics: Record<string, { readonly P: number; readonly R: number; readonly F1: number; readonly tp: number; readonly pred: number; readonly gold: number }>
  readonly fields: Record<string, { readonly accuracy: number; readonly right: number; readonly n: number }>
}

/** Our own labelled stories: half were looked at while rules were written, half were written before and kept aside. */
export function ownStories(split: 'tuned' | 'held'): Gold[] {
  return readdirSync(STORIES).filter((name) => name.endsWith('.json')).sort().map((name) => JSON.parse(readFileSync(join(STORIES, name), 'utf8')) as Gold).filter((story) => story.split === split)
}

export const SETS: Record<string, () => Gold[]> = {
  'the seed story': () => [JSON.parse(readFileSync(join(SHARED, 'eval/seed.gold.json'), 'utf8')) as Gold],
  'gum-dev': () => readFileSync(join(SHARED, 'corpus/gum-dev/gum-dev.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Gold),
  'own stories, tuned on': () => ownStories('tuned'),
  'own stories, held out': () => ownStories('held'),
}

/** Runs the shared scorer, as it is, over our answers. */
export function score(gold: readonly Gold[]): Figures {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-eval-'))
  try {
    const file = (name: string, lines: readonly unknown[]): string => {
      writeFileSync(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n') + '\n')
      return join(folder, name)
    }
    const out = join(folder, 'out.json')
    const run = spawnSync(process.execPath, [SCORER, '--gold', file('gold.jsonl', gold), '--pred', file('pred.jsonl', gold.map(({ id, text }) => toScorerLine(id, text))), '--json', out], { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`The scorer failed: ${run.stderr}`)
    return JSON.parse(readFileSync(out, 'utf8')) as Figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

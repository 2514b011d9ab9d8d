import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toScorerLine } from '../../src/extraction/extract.js'

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))
const STORIES = fileURLToPath(new URL('./stories', import.meta.url))
const SCORER = join(SHARED, 'eval/score.mjs')
const SEED = join(SHARED, 'eval/seed.gold.json')
const GUM_DEV = join(SHARED, 'corpus/gum-dev/gum-dev.jsonl')

export const scorerIsHere = existsSync(SCORER)

/** The figures that may rise and not fall, in percent, a set each. */
export const FIGURES_FILE = fileURLToPath(new URL('./figures.json', import.meta.url))

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
  'the seed story': () => [JSON.parse(readFileSync(SEED, 'utf8')) as Gold],
  'gum-dev': () => readFileSync(GUM_DEV, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Gold),
  'own stories, tuned on': () => ownStories('tuned'),
  'own stories, held out': () => ownStories('held'),
}

/** Whether the scorer and the set's own files are on this machine. */
export function isHere(name: string): boolean {
  return scorerIsHere && (name === 'the seed story' ? existsSync(SEED) : name === 'gum-dev' ? existsSync(GUM_DEV) : true)
}

export const METRICS = ['ar.speech.partial', 'direct.overlap80.lenient', 'direct.overlap80', 'direct+speaker', 'indirect.speech.overlap50', 'unnamed'] as const
export const FIELDS = ['speaker.given.quote', 'kind', 'sourceKind', 'headcount', 'terms', 'official statement', 'antecedent, pronoun or description', 'antecedent, short name', 'antecedent, rightly none'] as const
export const HELD_FIGURES: readonly string[] = [...METRICS, ...FIELDS]

/** A set's figures in percent with one decimal: F1, precision and recall of each metric, accuracy of each field. */
export function measured(name: string): Record<string, number> {
  const { metrics, fields } = score(SETS[name]!())
  const percent = (value: number): number => Math.round(value * 1000) / 10
  const figures: Record<string, number> = {}
  for (const key of METRICS) if (metrics[key]) Object.assign(figures, { [key]: percent(metrics[key].F1) }, key === 'unnamed' ? { 'unnamed P': percent(metrics[key].P), 'unnamed R': percent(metrics[key].R) } : {})
  for (const key of FIELDS) if (fields[key]) figures[key] = percent(fields[key].accuracy)
  return figures
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

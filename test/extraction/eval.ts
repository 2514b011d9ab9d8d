import { writeFileSync } from 'node:fs'
import { FIELDS, FIGURES_FILE, isHere, measured, METRICS, score, scorerIsHere, SETS } from './scorer.js'

// Prints the figures on the labelled sets: npm run eval. With --write they become the ones that the tests hold.
const percent = (value: number): string => (100 * value).toFixed(1).padStart(6)

function print(name: string): void {
  const gold = SETS[name]!()
  const { metrics, fields } = score(gold)
  console.log(`\n${name} (${gold.length} ${gold.length === 1 ? 'story' : 'stories'})`)
  for (const key of METRICS) {
    const metric = metrics[key]
    if (metric) console.log(`  ${key.padEnd(36)} P ${percent(metric.P)}  R ${percent(metric.R)}  F1 ${percent(metric.F1)}   (${metric.tp} of ${metric.gold}, ${metric.pred} proposed)`)
  }
  for (const key of FIELDS) {
    const field = fields[key]
    if (field) console.log(`  ${key.padEnd(36)} accuracy ${percent(field.accuracy)}   (${field.right} of ${field.n})`)
  }
}

if (!scorerIsHere) {
  console.error('The scorer is not here: it is expected in ../shared/eval beside the project.')
  process.exitCode = 1
} else if (process.argv.includes('--write')) {
  const missing = Object.keys(SETS).filter((name) => !isHere(name))
  if (missing.length > 0) throw new Error(`Not written: the files of ${missing.join(' and ')} are not beside the project.`)
  writeFileSync(FIGURES_FILE, `${JSON.stringify(Object.fromEntries(Object.keys(SETS).map((name) => [name, measured(name)])), null, 2)}\n`)
} else {
  for (const name of Object.keys(SETS)) {
    if (isHere(name)) print(name)
    else console.log(`\n${name}: its files are not beside the project.`)
  }
}

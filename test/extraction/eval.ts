import { score, scorerIsHere, SETS } from './scorer.js'

/** Prints the figures on the labelled sets: `npm run eval`. */
const SHOWN = ['ar.speech.partial', 'direct.overlap80.lenient', 'direct.overlap80', 'direct+speaker', 'indirect.speech.overlap50', 'unnamed']
const FIELDS = ['speaker.given.quote', 'kind', 'sourceKind', 'headcount', 'terms', 'official statement', 'antecedent, pronoun or description', 'antecedent, short name', 'antecedent, rightly none']
const percent = (value: number): string => (100 * value).toFixed(1).padStart(6)

if (!scorerIsHere) {
  console.error('The scorer is not here: it is expected in ../shared/eval beside the project.')
  process.exitCode = 1
} else {
  for (const [name, load] of Object.entries(SETS)) {
    const gold = load()
    const { metrics, fields } = score(gold)
    console.log(`\n${name} (${gold.length} ${gold.length === 1 ? 'story' : 'stories'})`)
    for (const key of SHOWN) {
      const metric = metrics[key]
      if (metric) console.log(`  ${key.padEnd(36)} P ${percent(metric.P)}  R ${percent(metric.R)}  F1 ${percent(metric.F1)}   (${metric.tp} of ${metric.gold}, ${metric.pred} proposed)`)
    }
    for (const key of FIELDS) {
      const field = fields[key]
      if (field) console.log(`  ${key.padEnd(36)} accuracy ${percent(field.accuracy)}   (${field.right} of ${field.n})`)
    }
  }
}

import { readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'

// Start-up, stories a second on one core, memory over many stories, and hostile text of 1 MB with its growth.
// node --import @oxc-node/core/register test/bench/extraction.ts [--stories 10000]
const { values } = parseArgs({ options: { stories: { type: 'string', default: '10000' }, started: { type: 'boolean', default: false } } })

/** Of the seed story's size. */
const STORY = ['pentagon-ai', 'rail-strike', 'merger-leak', 'hospital-merger'].map((name) => (JSON.parse(readFileSync(new URL(`../extraction/stories/${name}.json`, import.meta.url), 'utf8')) as { text: string }).text).join('\n\n')

const begun = performance.now()
const { extract, toScorerLine } = await import('../../src/extraction/index.js')
extract(STORY)
const startUp = performance.now() - begun

if (values.started) {
  console.log(startUp)
} else {
  start()
  speed()
  memory(Number(values.stories))
  hostile()
}

/** The time of a fresh process from the first import to the first story read. */
function start(): void {
  const times = Array.from({ length: 5 }, () => Number(spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), '--started'], { encoding: 'utf8' }).stdout))
  console.log(`start-up: ${Math.round(Math.min(...times))} ms at best, ${Math.round(Math.max(...times))} ms at worst of ${times.length}, to the first story read`)
}

/** Milliseconds of this process's CPU: other work on the machine does not count. */
function cpu(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function speed(): void {
  for (let turn = 0; turn < 60; turn += 1) extract(STORY)
  const rate = (read: () => void): string => `${Math.round(1_000 / (cpu(() => { for (let turn = 0; turn < 300; turn += 1) read() }) / 300))} stories/s`
  console.log(`a story of ${STORY.split(/\s+/).length} words: ${rate(() => extract(STORY))} as documents, ${rate(() => toScorerLine('x', STORY))} as lines, per core`)
}

/** Stories with names and words of their own, so that whatever remembers words shows. */
function memory(total: number): void {
  const marks: string[] = []
  for (let turn = 1; turn <= total; turn += 1) {
    extract(`${STORY}\n\n“Word${turn}abc is not word${turn * 7}xyz,” said Xanthe Quill${turn} of Corp${turn * 3}.`)
    if (turn % Math.max(1, Math.floor(total / 8)) !== 0) continue
    globalThis.gc?.()
    marks.push(`${Math.round(process.memoryUsage.rss() / 1_048_576)}`)
  }
  console.log(`memory over ${total} stories, in eighths: ${marks.join(', ')} MB resident`)
}

function hostile(): void {
  const filled = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
  const CASES: Record<string, (length: number) => string> = {
    'straight quotation marks': (length) => filled('"', length), 'opening marks': (length) => filled('“', length), 'closing marks': (length) => filled('”', length),
    'alternating quotations': (length) => filled('"a" ', length), 'one unclosed quotation': (length) => `“${filled('the dam held and ', length)}`, 'said said said': (length) => filled('said ', length),
    'he said she said': (length) => filled('he said she said ', length), 'said Calder, said Reed': (length) => filled('said Calder, said Reed, ', length), 'according to': (length) => filled('according to officials, ', length),
    'emoji': (length) => filled('🎉👩‍👩‍👧 ', length), 'right to left': (length) => filled('אמר ראש הממשלה כי המפעל ייסגר. ', length), 'marks of direction': (length) => filled('\u202e\u200f\u202dabc ', length),
    'one word': (length) => filled('a', length), 'NULs': (length) => filled('\u0000', length), 'lone surrogates': (length) => filled('\ud800', length), 'capitals': (length) => filled('Ruth Calder Tom Reed ', length),
    'reopened paragraphs': (length) => filled('“We left.\n\n', length), 'who said who': (length) => filled('officials who said people who said ', length), 'noun cues': (length) => filled('Calder’s claim that ', length),
    'pronouns': (length) => filled('They said it. He said she said it. ', length), 'attributions': (length) => filled('Ruth Calder said the mill will close. ', length), 'quotations': (length) => filled('“We left,” Calder said. “We ran.”\n\n', length),
  }
  const LENGTHS = [250_000, 500_000, 1_000_000]
  console.log(`\n${'CPU ms of'.padEnd(28)}${LENGTHS.map((length) => `${length / 1_000} kB`.padStart(9)).join('')}   growth by doubling`)
  for (const [what, make] of Object.entries(CASES)) {
    const times = LENGTHS.map((length) => {
      const text = make(length)
      return Math.min(...[0, 1].map(() => cpu(() => { extract(text) })))
    })
    console.log(`${what.padEnd(28)}${times.map((time) => time.toFixed(0).padStart(9)).join('')}   ${(times[2]! / times[1]!).toFixed(1)}${times[2]! > 2_000 ? '   over 2 s' : ''}`)
  }
}

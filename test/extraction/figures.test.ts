import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HELD_FIGURES, FIGURES_FILE, isHere, measured, SETS } from './scorer.js'

const held = JSON.parse(readFileSync(FIGURES_FILE, 'utf8')) as Record<string, Record<string, number>>

/** Figures are committed in percent with one decimal: half of the last digit may be lost in rounding. */
const ROUNDING = 0.05

describe.each(Object.keys(SETS))('the figures on %s', (name) => {
  if (!isHere(name)) {
    console.warn(`SKIPPED: the figures on ${name} were not measured, because its files or the scorer are not beside the project.`)
    it.skip('were not measured: the files are not beside the project', () => {})
    return
  }
  it('are those committed, or better', () => {
    const now = measured(name)
    expect(Object.keys(held[name] ?? {})).toEqual(Object.keys(now))
    const fallen = Object.entries(held[name]!).filter(([key, value]) => now[key]! < value - ROUNDING).map(([key, value]) => `${key}: ${now[key]}, committed ${value}`)
    expect(fallen).toEqual([])
  })

  it('are of every measure', () => {
    expect(Object.keys(held[name]!).every((key) => HELD_FIGURES.some((known) => key.startsWith(known)))).toBe(true)
  })
})

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../../src/checks/index.js'
import { RULES } from '../../../src/checks/rules/index.js'
import { SEED_FILE } from '../../support/seed-story.js'

const HERE = new URL('.', import.meta.url)
const CATALOGUE = join(SEED_FILE, '..', '..', 'rules', 'catalogue.json')

describe('every rule', () => {
  it('has a table of flagged and fine texts', () => {
    const tables = readdirSync(HERE).filter((file) => file.endsWith('.test.ts')).flatMap((file) => [...readFileSync(new URL(file, HERE), 'utf8').matchAll(/^table\('([a-z-]+)'/gm)].map((match) => match[1]!))
    expect(tables.sort()).toEqual(rules.list().map((rule) => rule.id))
  })
  it('is a file of its own name', () => {
    const files = readdirSync(new URL('../../../src/checks/rules/', HERE)).filter((file) => file !== 'index.ts').map((file) => file.replace('.ts', ''))
    expect(files.sort()).toEqual(RULES.map((rule) => rule.id))
  })
  it.skipIf(!existsSync(CATALOGUE))('is in the catalogue, with its severity and its side', () => {
    const catalogue = (JSON.parse(readFileSync(CATALOGUE, 'utf8')) as { rules: { id: string; severity: string; side?: string }[] }).rules
    const side = (text: string | undefined) => (text?.startsWith('vault') ? 'vault' : text?.includes('copy half') ? 'both' : 'copy')
    expect(rules.list().map((rule) => [rule.id, rule.defaultSeverity, rule.side === 'vault' ? 'vault' : rule.hasVaultHalf ? 'both' : 'copy']))
      .toEqual(catalogue.map((rule) => [rule.id, rule.severity, side(rule.side)]).sort((a, b) => (a[0]! < b[0]! ? -1 : 1)))
    if (!existsSync(CATALOGUE)) console.warn(`\nSKIPPED: the catalogue is missing at ${CATALOGUE}\n`)
  })
})

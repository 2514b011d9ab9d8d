import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema, findBreakingChanges, validateSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Contract } from '../../src/graphql/context.js'
import { SDL_FILES, sdlOf } from '../../src/graphql/print-contracts.js'
import { schemas } from '../../src/graphql/schemas.js'
import { ANNOUNCED_BREAKS } from './announced-breaks.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

describe.each(['PUBLIC', 'NEWSROOM'] as const)('the SDL of the %s contract', (contract) => {
  const built = sdlOf(contract)

  it('is committed as it is built; "npm run contracts" writes it', () => {
    expect(readFileSync(SDL_FILES[contract], 'utf8')).toBe(built)
  })

  it('is that of a valid schema, which the server does not ask at its start', () => {
    expect(validateSchema(schemas()[contract])).toEqual([])
  })

  it('is printed the same way twice', () => {
    expect(sdlOf(contract)).toBe(built)
  })

  const before = previousSdl(contract, built)
  if (before === undefined) console.warn(`\nSKIPPED: breaking changes of the ${contract} contract, because git knows no earlier version of its SDL file.\n`)
  it.skipIf(before === undefined)('breaks no client without an announcement', () => {
    const breaks = findBreakingChanges(buildSchema(before!), schemas()[contract]).map(({ description }) => description)
    const announced = new Set(ANNOUNCED_BREAKS.filter((known) => known.contract === contract).map(({ change }) => change))
    expect(breaks.filter((description) => !announced.has(description)), 'announce each in test/contract/announced-breaks.ts, or take it back').toEqual([])
  })
})

describe('the search for breaks', () => {
  it('finds a field that was removed', () => {
    const before = buildSchema('type Query { story: String quote: String }')
    expect(findBreakingChanges(before, buildSchema('type Query { story: String }')).map(({ description }) => description)).toEqual(['Query.quote was removed.'])
  })

  it('asks a reason for every announced break', () => {
    for (const { why } of ANNOUNCED_BREAKS) expect(why.length).toBeGreaterThan(20)
  })
})

/** The SDL that clients know: the committed one; where that is the built one already, the one before it. */
function previousSdl(contract: Contract, built: string): string | undefined {
  const file = path.relative(ROOT, fileURLToPath(SDL_FILES[contract])).replaceAll('\\', '/')
  const commits = git('log', '-n', '2', '--format=%H', '--', file)?.split('\n').filter(Boolean) ?? []
  const versions = commits.map((commit) => git('show', `${commit}:${file}`))
  return versions.find((version) => version !== undefined && version !== built)
}

/** Undefined where git, the repository or the version is not there. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 })
  } catch {
    return undefined
  }
}

import { describe, expect, it } from 'vitest'
import { schemas } from '../../src/graphql/schemas.js'
import { elementsOf } from './elements.js'

describe.each(['PUBLIC', 'NEWSROOM'] as const)('every element of the %s contract', (contract) => {
  const elements = elementsOf(schemas()[contract])

  it('is described', () => {
    expect(elements.length).toBeGreaterThan(300)
    expect(elements.filter(({ description }) => !description?.trim()).map(({ path }) => path)).toEqual([])
  })

  it('is described in a sentence, not by its own name', () => {
    const letters = (text: string | null | undefined) => (text ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')
    const wrong = elements.filter(({ kind, name, description }) => kind !== 'ENUM_VALUE' && letters(description) === letters(name) || /\b(TODO|FIXME|TBD)\b/.test(description ?? ''))
    expect(wrong.map(({ path, description }) => `${path}: ${description}`)).toEqual([])
  })
})

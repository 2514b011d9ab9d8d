import { serverAudits, type AuditResult } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contract } from '../../src/graphql/context.js'
import { PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'

/**
 * Recommendations that are turned down. To clients that accept the legacy `application/json` a query that could not be run should be
 * answered with 200, for their sake. It gets 400: caches, proxies and logs in between then see the failure for what it is.
 */
const TURNED_DOWN = [
  '572B', // the query does not parse
  '7B9B', // a variable has the wrong type
  'FDE2', // the query does not fit the schema
]

describe.each(['PUBLIC', 'NEWSROOM'] as const)('the HTTP audit of the %s contract', (contract: Contract) => {
  let newsroom: TestNewsroom
  let results: AuditResult[]
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    const authorization = contract === 'NEWSROOM' ? { authorization: `Bearer ${await newsroom.token('EDITOR')}` } : {}
    const fetchFn = (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...authorization } })
    results = []
    for (const audit of serverAudits({ url: newsroom.url + PATHS[contract], fetchFn })) results.push(await audit.fn())
  })
  afterAll(() => newsroom.close())

  const withStatus = (status: AuditResult['status']) => results.filter((result) => result.status === status)

  it('finds no failure', () => {
    expect(results).toHaveLength(61)
    expect(withStatus('error').map(({ name }) => name)).toEqual([])
  })

  it('passes at least 55 of its 61 checks', () => {
    expect(withStatus('ok').length).toBeGreaterThanOrEqual(55)
  })

  it('warns of the three recommendations that are turned down, and of nothing else', () => {
    const warned = withStatus('warn')
    expect(warned.map(({ id }) => id).toSorted(), warned.map(({ name }) => name).join('\n')).toEqual(TURNED_DOWN)
  })
})

import { getNamedType, isCompositeType, isRequiredArgument, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTIONS, may, ROLES, STAFF_ROLES, type Action, type StaffRole } from '../../src/access/index.js'
import { actionOf } from '../../src/graphql/audience.js'
import { schemas } from '../../src/graphql/schemas.js'
import { PATHS } from '../../src/server.js'
import { dumpOf } from '../support/dump.js'
import { TestNewsroom, type Answer } from '../support/newsroom.js'
import { mutationOf, mutationSamples, queryArguments } from './samples.js'

const NEWSROOM = schemas().NEWSROOM
const MUTATIONS = Object.values(NEWSROOM.getMutationType()!.getFields())
const QUERIES = Object.values(NEWSROOM.getQueryType()!.getFields())
const ACTION_OF = new Map(MUTATIONS.map((field) => [field.name, actionOf(field)!]))
/** Whoever is nobody: without a token, and with something that is none. */
const NOBODIES = { 'no token': undefined, 'a garbage token': 'Bearer onr_staff_garbage', 'a token of nobody': 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' }

const codesOf = (answer: Answer, mutation: string): string[] => [...(answer.errors ?? []).map(({ extensions }) => extensions.code), ...(answer.data?.[mutation]?.errors ?? []).map(({ code }: { code: string }) => code)]

let newsroom: TestNewsroom
let samples: ReadonlyMap<string, object>
let roots: Readonly<Record<string, string>>
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  for (const role of STAFF_ROLES) await newsroom.token(role)
  samples = await mutationSamples(newsroom)
  roots = await queryArguments(newsroom)
}, 240_000)
afterAll(() => newsroom.close())

const mutate = (mutation: string, role: StaffRole) => newsroom.readAsStaff(mutationOf(mutation), { input: samples.get(mutation) }, role)
const asNobody = (query: string, input: object | undefined, authorization: string | undefined) => newsroom.ask<Record<string, any>>(PATHS.NEWSROOM, query, { input }, authorization === undefined ? {} : { authorization })

describe('every mutation', () => {
  it('has a sample here, and an action of the table', () => {
    expect([...samples.keys()].sort()).toEqual(MUTATIONS.map(({ name }) => name).sort())
    for (const [mutation, action] of ACTION_OF) expect(ACTIONS, mutation).toHaveProperty(action)
  })

  it('says in its description whom it is for, as the table has it', () => {
    const sayings: readonly (readonly [RegExp, Action])[] = [[/For reporters and editors\./, 'SAVE'], [/For editors\./, 'PUBLISH'], [/For standards editors\./, 'EXPUNGE']]
    for (const { name, description } of MUTATIONS) {
      const said = sayings.find(([words]) => words.test(description!))
      if (said) expect(ACTIONS[ACTION_OF.get(name)!].roles, name).toEqual(ACTIONS[said[1]].roles)
    }
  })

  // Before anything is allowed below, so that every sample would still do something.
  it('is denied to whoever is not named for it, and changes nothing then (A2)', async () => {
    const before = await dumpOf(newsroom.database, { but: /^Audit/ })
    let denied = 0
    for (const { name } of MUTATIONS) {
      for (const role of STAFF_ROLES.filter((each) => !may(each, ACTION_OF.get(name)!))) {
        const answer = await mutate(name, role)
        expect({ name, role, status: answer.status, codes: codesOf(answer, name), errors: answer.errors }).toEqual({ name, role, status: 200, codes: ['FORBIDDEN'], errors: undefined })
        denied += 1
      }
      for (const [who, authorization] of Object.entries(NOBODIES)) {
        const answer = await asNobody(mutationOf(name), samples.get(name), authorization)
        expect({ name, who, status: answer.status, codes: codesOf(answer, name), data: answer.data }).toEqual({ name, who, status: 401, codes: ['UNAUTHENTICATED'], data: undefined })
      }
    }
    expect(denied).toBeGreaterThan(2 * MUTATIONS.length)
    expect(await dumpOf(newsroom.database, { but: /^Audit/ })).toEqual(before)
  }, 240_000)

  it('is denied in words that depend on the role alone, and before its input is looked at', async () => {
    for (const { name } of MUTATIONS) {
      const real = await mutate(name, 'PREVIEW')
      const input = Object.fromEntries(Object.entries(samples.get(name)!).map(([key, value]) => [key, /Id$|^id$/.test(key) ? 'nonsense' : value]))
      expect(await newsroom.readAsStaff(mutationOf(name), { input }, 'PREVIEW'), name).toEqual(real)
    }
  })

  it.each([...ACTION_OF])('%s (%s) is allowed to whoever is named for it', async (name, action) => {
    const roles = STAFF_ROLES.filter((role) => may(role, action))
    const [first, ...others] = roles
    const before = await dumpOf(newsroom.database)
    expect(codesOf(await mutate(name, first!), name)).toEqual([])
    expect(await dumpOf(newsroom.database)).not.toEqual(before)
    for (const role of others) {
      const codes = codesOf(await mutate(name, role), name)
      for (const code of ['FORBIDDEN', 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR']) expect(codes, role).not.toContain(code)
    }
  })
})

describe('every query of the newsroom contract', () => {
  /** Whether a refusal is in the payload. */
  const saysWhy = ({ type }: (typeof QUERIES)[number]) => 'errors' in ((getNamedType(type) as { getFields?: () => object }).getFields?.() ?? {})
  const queryOf = ({ name, args, type }: (typeof QUERIES)[number]) => {
    if (args.some(isRequiredArgument) && roots[name] === undefined) throw new Error(`Give arguments for the query ${name} in samples.ts.`)
    return `{ ${name}${roots[name] === undefined ? '' : `(${roots[name]})`} ${isCompositeType(getNamedType(type)) ? '{ __typename }' : ''} }`
  }

  it.each(QUERIES.map((field) => [field.name, actionOf(field) ?? 'READ_NEWSROOM', field] as const))('%s (%s) answers whoever may ask it, and nobody else', async (name, action, field) => {
    const query = queryOf(field)
    parse(query)
    for (const role of STAFF_ROLES) {
      const answer = await newsroom.readAsStaff(query, {}, role)
      if (may(role, action)) expect(answer.errors, role).toBeUndefined()
      else expect(JSON.stringify((await newsroom.readAsStaff(saysWhy(field) ? query.replace('__typename', '__typename errors { code }') : query, {}, role))), role).toContain('"FORBIDDEN"')
    }
    for (const [who, authorization] of Object.entries(NOBODIES)) expect(await asNobody(query, undefined, authorization), `${name} ${who}`).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })
})

describe('the roles', () => {
  it('of staff may each do what the one before may, so that the highest of several is the widest', () => {
    STAFF_ROLES.slice(1).forEach((role, index) => {
      for (const action of Object.keys(ACTIONS) as Action[]) if (may(STAFF_ROLES[index]!, action)) expect(may(role, action), `${role} ${action}`).toBe(true)
    })
  })

  it('of readers and partners reach nothing of the newsroom', () => {
    for (const action of Object.keys(ACTIONS) as Action[]) for (const role of ROLES) if (role === 'READER' || role === 'PARTNER') expect(may(role, action), action).toBe(action === 'READ_PUBLISHED')
  })

  it('let lawyers read drafts, approvals and waivers', async () => {
    const answer = await newsroom.readAsStaff('{ story(slug: "harbor-plan-saverevision") { state attributions { ... on AnonymousAttribution { anonymousSource { agreed { reason approvals { use } } } } } } weak: story(slug: "weak-revokewaiver") { waivers { reason } } }', {}, 'LAWYER')
    expect(answer).toMatchObject({ status: 200, data: { story: { state: 'DRAFT', attributions: expect.arrayContaining([{ anonymousSource: { agreed: { reason: 'CANARY-AGREED-REASON', approvals: [{ use: 'CANARY-APPROVED-USE' }] } } }]) }, weak: { waivers: [{ reason: 'EDITOR_VERIFIED' }] } } })
  })
})

describe('the public contract', () => {
  it('has no mutations for anybody', async () => {
    expect(schemas().PUBLIC.getMutationType()).toBeFalsy()
    const before = await dumpOf(newsroom.database)
    for (const { name } of MUTATIONS) {
      const authorizations = [undefined, ...await Promise.all((['PREVIEW', 'ADMIN'] as const).map(async (role) => `Bearer ${await newsroom.token(role)}`))]
      for (const authorization of authorizations) expect(await newsroom.ask(PATHS.PUBLIC, mutationOf(name), { input: samples.get(name) }, authorization === undefined ? {} : { authorization }), name).toMatchObject({ status: authorization === undefined ? 400 : 401 })
    }
    expect(await dumpOf(newsroom.database)).toEqual(before)
  }, 60_000)
})

import { z } from 'zod'
import { STAFF_ROLES, type StaffRole } from './viewer.js'

export interface OpenIdSettings {
  /** Exactly as tokens and the discovery document have it. */
  readonly issuer: string
  /** What tokens for this server name as their audience. */
  readonly audience: string
  readonly roles: { readonly claim: readonly string[]; readonly byValue: ReadonlyMap<string, StaffRole> }
  readonly journalistClaim: readonly string[] | undefined
  /** The desk as a public client of the provider's; undefined where staff do not sign in there. */
  readonly desk?: { readonly clientId: string; readonly scope: string } | undefined
}

/** The settings as the environment gives them. */
export interface GivenOpenId {
  readonly ONRECORD_OIDC_ISSUER?: string | undefined
  readonly ONRECORD_OIDC_AUDIENCE?: string | undefined
  readonly ONRECORD_OIDC_ROLES?: string | undefined
  readonly ONRECORD_OIDC_JOURNALIST_CLAIM?: string | undefined
  readonly ONRECORD_OIDC_DESK_CLIENT?: string | undefined
  readonly ONRECORD_OIDC_DESK_SCOPE?: string | undefined
}

const name = z.string().min(1)
/** A claim by its name, or by the names that lead into it. */
const claim = z.union([name.transform((one) => [one]), z.array(name).min(1)], 'is not the name of a claim, or a list of names that lead to it')
const role = z.string().transform((text, context): StaffRole => {
  const known = STAFF_ROLES.find((each) => each === text.toUpperCase().replaceAll('-', '_'))
  if (known) return known
  context.addIssue({ code: 'custom', message: `is "${text}"; roles are ${STAFF_ROLES.map((each) => each.toLowerCase().replaceAll('_', '-')).join(', ')}` })
  return z.NEVER
})
const mapping = z.strictObject({ claim, roles: z.record(name, role).refine((roles) => Object.keys(roles).length > 0, 'gives no role to anybody') })

const EXAMPLE = '{"claim": ["realm_access", "roles"], "roles": {"desk": "reporter", "masthead": "editor"}}'
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/

/** How staff sign in with the newsroom's provider; undefined where it has none. @throws where a setting is wrong or missing, and says which */
export function openIdFrom(given: GivenOpenId): OpenIdSettings | undefined {
  const { ONRECORD_OIDC_ISSUER: issuer, ONRECORD_OIDC_AUDIENCE: audience, ONRECORD_OIDC_ROLES: roles, ONRECORD_OIDC_JOURNALIST_CLAIM: journalist, ONRECORD_OIDC_DESK_CLIENT: clientId } = given
  if (issuer === undefined && audience === undefined && roles === undefined && journalist === undefined && clientId === undefined) return undefined
  if (issuer === undefined || audience === undefined || roles === undefined) throw new Error('Signing in with OpenID Connect needs ONRECORD_OIDC_ISSUER, ONRECORD_OIDC_AUDIENCE and ONRECORD_OIDC_ROLES, all three.')
  if (!URL.canParse(issuer) || !(issuer.startsWith('https://') || LOOPBACK.test(issuer)) || /[?#]/.test(issuer)) throw new Error('ONRECORD_OIDC_ISSUER is not an https:// address without query; give it exactly as the provider\'s discovery document has it.')
  const scope = given.ONRECORD_OIDC_DESK_SCOPE ?? 'openid profile'
  if (!scope.split(/\s+/).includes('openid')) throw new Error('ONRECORD_OIDC_DESK_SCOPE is without "openid"; it should be like "openid profile".')
  const { claim: path, roles: byValue } = fromJson(mapping, roles, 'ONRECORD_OIDC_ROLES', EXAMPLE)
  return {
    issuer, audience, roles: { claim: path, byValue: new Map(Object.entries(byValue)) },
    journalistClaim: journalist?.startsWith('[') ? fromJson(claim, journalist, 'ONRECORD_OIDC_JOURNALIST_CLAIM', '["profile", "byline"]') : journalist === undefined ? undefined : [journalist],
    ...(clientId !== undefined && { desk: { clientId, scope } }),
  }
}

function fromJson<T>(schema: z.ZodType<T>, text: string, setting: string, example: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error(`${setting} is not JSON. It should be like ${example}.`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue]
  throw new Error(`${setting} is not right: ${path.map(String).join('.') || 'it'} ${message}. It should be like ${example}.`)
}

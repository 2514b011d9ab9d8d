import { describe, expect, it } from 'vitest'
import { openIdFrom } from '../../src/access/index.js'
import { CliPlace } from '../cli/onrecord.js'

const GIVEN = { ONRECORD_OIDC_ISSUER: 'https://sign-in.example/realms/news', ONRECORD_OIDC_AUDIENCE: 'onrecord', ONRECORD_OIDC_ROLES: '{"claim": ["realm_access", "roles"], "roles": {"desk": "reporter", "legal": "Lawyer", "https://x.example/standards": "standards-editor"}}' }

describe('the settings of signing in', () => {
  it('are read, with a claim by its name or by the names that lead to it', () => {
    expect(openIdFrom(GIVEN)).toEqual({
      issuer: 'https://sign-in.example/realms/news', audience: 'onrecord', journalistClaim: undefined,
      roles: { claim: ['realm_access', 'roles'], byValue: new Map([['desk', 'REPORTER'], ['legal', 'LAWYER'], ['https://x.example/standards', 'STANDARDS_EDITOR']]) },
    })
    const named = { ...GIVEN, ONRECORD_OIDC_ROLES: '{"claim": "https://x.example/roles", "roles": {"a:b=c,d": "ADMIN"}}', ONRECORD_OIDC_JOURNALIST_CLAIM: 'byline' }
    expect(openIdFrom(named)).toMatchObject({ roles: { claim: ['https://x.example/roles'], byValue: new Map([['a:b=c,d', 'ADMIN']]) }, journalistClaim: ['byline'] })
    expect(openIdFrom({ ...GIVEN, ONRECORD_OIDC_JOURNALIST_CLAIM: '["profile", "byline"]' })).toMatchObject({ journalistClaim: ['profile', 'byline'] })
  })

  it('may all be left out', () => expect(openIdFrom({})).toBeUndefined())

  it.each([
    [{ ONRECORD_OIDC_AUDIENCE: undefined }, /needs ONRECORD_OIDC_ISSUER, ONRECORD_OIDC_AUDIENCE and ONRECORD_OIDC_ROLES/],
    [{ ONRECORD_OIDC_ISSUER: undefined }, /all three/],
    [{ ONRECORD_OIDC_ROLES: undefined }, /all three/],
    [{ ONRECORD_OIDC_ISSUER: 'http://sign-in.example' }, /ONRECORD_OIDC_ISSUER is not an https/],
    [{ ONRECORD_OIDC_ISSUER: 'http://localhost.example' }, /ONRECORD_OIDC_ISSUER is not an https/],
    [{ ONRECORD_OIDC_ISSUER: 'sign-in.example' }, /ONRECORD_OIDC_ISSUER is not an https/],
    [{ ONRECORD_OIDC_ISSUER: 'https://sign-in.example/?realm=news' }, /without query/],
    [{ ONRECORD_OIDC_ROLES: 'groups=desk:reporter' }, /ONRECORD_OIDC_ROLES is not JSON\. It should be like/],
    [{ ONRECORD_OIDC_ROLES: '[]' }, /ONRECORD_OIDC_ROLES is not right/],
    [{ ONRECORD_OIDC_ROLES: '{"claim": "groups"}' }, /roles/],
    [{ ONRECORD_OIDC_ROLES: '{"claim": [], "roles": {"desk": "reporter"}}' }, /claim/],
    [{ ONRECORD_OIDC_ROLES: '{"claim": "groups", "roles": {}}' }, /gives no role to anybody/],
    [{ ONRECORD_OIDC_ROLES: '{"claim": "groups", "roles": {"desk": "boss"}}' }, /roles\.desk is "boss"; roles are preview, lawyer, reporter, editor, standards-editor, admin/],
    [{ ONRECORD_OIDC_ROLES: '{"claim": "groups", "roles": {"desk": "reporter"}, "default": "editor"}' }, /default/],
    [{ ONRECORD_OIDC_JOURNALIST_CLAIM: '[1]' }, /ONRECORD_OIDC_JOURNALIST_CLAIM is not right/],
  ])('are refused as %j, with what is wrong', (change, message) => {
    expect(() => openIdFrom({ ...GIVEN, ...change })).toThrow(message)
  })

  it.each(['http://localhost:8080/realms/news', 'http://127.0.0.1', 'http://[::1]:9'])('may name a provider on this machine without HTTPS: %s', (issuer) => {
    expect(openIdFrom({ ...GIVEN, ONRECORD_OIDC_ISSUER: issuer })).toMatchObject({ issuer })
  })

  it('are in the table of settings', async () => {
    const place = await CliPlace.open({ isEmbedded: true, isEmpty: true })
    const { out } = await place.run(['settings'])
    for (const name of Object.keys(GIVEN)) expect(out).toContain(`\`${name}\``)
    await place.remove()
  })
})

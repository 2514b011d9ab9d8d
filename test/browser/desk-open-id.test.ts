import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { exportJWK } from 'jose'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openIdFrom } from '../../src/access/index.js'
import { createServer } from '../../src/server.js'
import { AUDIENCE, signingKey } from '../access/sign-in-provider.js'
import { DeskBrowser, expectAccessible, hasBrowser, picture } from './desk-browser.js'

const ROLES = JSON.stringify({ claim: 'groups', roles: { masthead: 'editor' } })

/** A real provider with a page of its own for signing in: whoever is named there is let in, with these groups. */
async function startProvider(deskUrl: () => string): Promise<{ issuer: string; server: Server }> {
  const { privateKey } = await signingKey('first')
  const server = createHttpServer((request, response) => answer(request, response))
  let answer: (...given: Parameters<ReturnType<Provider['callback']>>) => void = () => undefined
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...await exportJWK(privateKey), kid: 'first', alg: 'RS256', use: 'sig' } as never] },
    clients: [{ client_id: 'desk', token_endpoint_auth_method: 'none', application_type: 'web', redirect_uris: [`${deskUrl()}/desk/sign-in`], grant_types: ['authorization_code'], response_types: ['code'] }],
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: { enabled: true, defaultResource: () => `urn:${AUDIENCE}`, useGrantedResource: () => true, getResourceServerInfo: () => ({ scope: 'openid profile', audience: AUDIENCE, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }) },
    },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, name: id }) }),
    extraTokenClaims: (_context, token) => ({ name: (token as { accountId?: string }).accountId, groups: (token as { accountId?: string }).accountId === 'linh' ? ['masthead'] : ['nobody'] }),
  })
  answer = provider.callback()
  return { issuer, server }
}

describe.runIf(hasBrowser)('the desk: signing in with the newsroom’s provider', () => {
  let desk: DeskBrowser
  let provider: { issuer: string; server: Server }
  let server: FastifyInstance
  let url: string
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    // The provider knows the desk's address, and the desk the provider's.
    const free = createHttpServer()
    await new Promise<void>((resolve) => { free.listen(0, '127.0.0.1', resolve) })
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => { free.close(resolve) })
    url = `http://127.0.0.1:${port}`
    provider = await startProvider(() => url)
    const openId = openIdFrom({ ONRECORD_OIDC_ISSUER: provider.issuer, ONRECORD_OIDC_AUDIENCE: AUDIENCE, ONRECORD_OIDC_ROLES: ROLES, ONRECORD_OIDC_DESK_CLIENT: 'desk' })
    server = await createServer({ database: desk.newsroom.database, secret: Buffer.alloc(32, 7), now: () => new Date(), logLevel: 'silent', openId })
    await server.listen({ port, host: '127.0.0.1' })
  })
  afterAll(async () => {
    await server.close()
    provider.server.closeAllConnections()
    await new Promise((resolve) => { provider.server.close(resolve) })
    await desk.close()
  })

  async function signInAs(name: string) {
    const { page } = await desk.visit('/', { role: 'NOBODY' })
    await page.goto(`${url}/desk/archive`)
    await page.getByRole('button', { name: `Sign in with ${new URL(provider.issuer).host}` }).click()
    await page.locator('input[name=login]').fill(name)
    await page.locator('input[name=password]').fill('x')
    await page.locator('button[type=submit]').click()
    const go = page.getByRole('button', { name: 'Continue' })
    if (await go.waitFor({ timeout: 5_000 }).then(() => true, () => false)) await go.click()
    return page
  }

  it('is offered beside the token, and only its token endpoint may be asked', async () => {
    const { page } = await desk.visit('/', { role: 'NOBODY' })
    const answer = await page.goto(`${url}/desk`)
    expect(answer!.headers()['content-security-policy']).toContain(`connect-src 'self' ${provider.issuer}/token;`)
    await page.getByRole('button', { name: /^Sign in with 127/ }).waitFor()
    await page.getByLabel('Staff token').waitFor()
    await expectAccessible(page)
    await picture(page, 'sign-in-provider')
    await page.goto(`${desk.newsroom.url}/desk`)
    await page.getByLabel('Staff token').waitFor()
    expect(await page.getByRole('button', { name: /^Sign in with/ }).count()).toBe(0)
  })

  it('lets in whoever has a role, and leads where one wanted to go', async () => {
    const page = await signInAs('linh')
    await page.waitForURL(`${url}/desk/archive`)
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    expect(page.url()).not.toMatch(/code=|state=/)
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain('eyJ')
  })

  it('says so to whom the provider knows and the desk does not', async () => {
    const page = await signInAs('stranger')
    await page.getByRole('alert').getByText('you have no role at this desk').waitFor()
    expect(await page.evaluate(`sessionStorage.getItem('onrecord.token')`)).toBeNull()
  })

  it('takes no answer that was not asked for in this tab, and shows what the provider refuses', async () => {
    const { page } = await desk.visit('/', { role: 'NOBODY' })
    await page.goto(`${url}/desk/sign-in?code=stolen&state=guessed`)
    await page.getByRole('alert').getByText('not to a sign-in that began in this tab').waitFor()
    expect(page.url()).toBe(`${url}/desk/sign-in`)
    await page.goto(`${url}/desk`)
    await page.route(`${provider.issuer}/auth?*`, (route) => {
      const state = new URL(route.request().url()).searchParams.get('state')!
      return route.fulfill({ status: 302, headers: { location: `${url}/desk/sign-in?error=access_denied&error_description=Not%20today&state=${state}` } })
    })
    await page.getByRole('button', { name: /^Sign in with/ }).click()
    await page.getByRole('alert').getByText('Not today').waitFor()
  })
})

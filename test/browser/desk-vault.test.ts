import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { VaultServer, VaultSession, type LocalMemory, type Trusted } from '../../src/vault/client/index.js'
import { keyFromFile, parseContent, type MemberCard, type Pin } from '../../src/vault/seal/index.js'
import { draft, TestDesk } from '../stories/desk.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture, type Opened } from './desk-browser.js'

const PASSPHRASE = 'five quiet otters sleep late'
const NAME = 'Zebulon CANARY-VAULT'
const PHONE = '+1 555 CANARY-PHONE'

/** What a person on the command line remembers. */
class Memory implements LocalMemory {
  #trusted: Trusted = {}
  readonly #pins: Record<string, Pin> = {}
  async trusted() { return this.#trusted }
  async trust(fingerprint: string, { name, purpose }: Pick<MemberCard, 'name' | 'purpose'>) { this.#trusted = { ...this.#trusted, [fingerprint]: { name, purpose } } }
  async pins() { return this.#pins }
  async pin(record: string, pin: Pin) { this.#pins[record] = pin }
}

/** Everything that left the page: addresses, heads and bodies. */
function sentBy(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`))
  return sent
}

const stored = (page: Page) => page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')

describe.runIf(hasBrowser)('the desk: the vault', () => {
  let desk: DeskBrowser
  /** One page for all: what it keeps is its browser's. */
  let opened: Opened
  let page: Page
  let sent: string[]

  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await new TestDesk(desk.newsroom).create(draft('one'))
    opened = await desk.visit('/vault')
    page = opened.page
    sent = sentBy(page)
  })
  afterAll(() => desk.close())

  /** The same key at work outside the browser, as the command line does it. */
  async function outside(): Promise<VaultSession> {
    const file: string = await page.evaluate(`localStorage.getItem('onrecord.vault.key')`)
    const server = new VaultServer(async (query, variables) => (await desk.newsroom.readAsStaff(query, variables)).data as never)
    return new VaultSession(server, new Memory(), await keyFromFile(file, PASSPHRASE))
  }

  async function unlock(passphrase = PASSPHRASE): Promise<void> {
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Unlock' }).click()
  }

  it('makes a key that is kept under its passphrase alone, and registers its public part', async () => {
    const make = page.getByRole('region', { name: 'Make your key' })
    await make.waitFor()
    await expectAccessible(page)
    await make.getByLabel('Your name').fill('editor')
    await make.getByLabel('New passphrase').fill('short')
    await make.getByRole('button', { name: 'Make the key' }).click()
    await make.getByRole('alert').getByText('at least 12 characters').waitFor()
    await make.getByLabel('New passphrase').fill(PASSPHRASE)
    await make.getByLabel('The same once more').fill(`${PASSPHRASE}!`)
    await make.getByRole('button', { name: 'Make the key' }).click()
    await make.getByRole('alert').getByText('are not the same').waitFor()
    await make.getByLabel('The same once more').fill(PASSPHRASE)
    await picture(page, 'vault-make-key')
    await make.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('Unlocked as editor').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Register its public part' }).click()
    await page.getByText('Registered, and in use.').waitFor()
    await expectAccessible(page)
    const kept = await stored(page)
    expect(kept).toContain('BEGIN AGE ENCRYPTED FILE')
    const key = (await outside()).key
    for (const secret of [key.identity, key.signingSecret, PASSPHRASE]) {
      const text = typeof secret === 'string' ? secret : Buffer.from(secret).toString('base64')
      expect(kept).not.toContain(text)
      expect(sent.join('\n')).not.toContain(text)
    }
  }, 120_000)

  it('seals an identity in the page, which the command line opens', async () => {
    await page.getByRole('button', { name: 'Seal a new identity' }).click()
    await page.getByRole('button', { name: 'Seal', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Name', { exact: true }).fill(NAME)
    await page.getByLabel('Kind of contact 1').fill('phone')
    await page.getByLabel('Contact 1', { exact: true }).fill(PHONE)
    await page.getByLabel('Story 1', { exact: true }).fill('harbor-plan-one')
    await page.getByLabel('Source in story 1').selectOption('officials')
    await expectAccessible(page)
    await picture(page, 'vault-seal', true)
    await page.getByRole('button', { name: 'Seal', exact: true }).click()
    await page.getByText(/Sealed to 1 key/).waitFor()
    const session = await outside()
    const [record] = await session.server.records(session.key)
    expect((await session.open(record!.id)).content).toMatchObject({ identity: { name: NAME }, contacts: [{ kind: 'phone', value: PHONE }], entries: [{ story: 'harbor-plan-one', source: 'officials' }] })
    const rows = JSON.stringify(await desk.newsroom.database.query({ name: 'sealed', text: 'SELECT * FROM "VaultVersion"' }, []))
    expect(rows.length).toBeGreaterThan(100)
    expect(rows).not.toContain('CANARY')
  })

  it('opens what the command line sealed, for a minute, and keeps and sends nothing of it', async () => {
    const session = await outside()
    const parsed = parseContent({ identity: { name: `${NAME} the second` }, contacts: [], entries: [] })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    const { manifest } = await session.create(parsed.content, [])
    await page.clock.install()
    await page.reload()
    await unlock('not the passphrase')
    await page.getByRole('alert').waitFor({ timeout: 60_000 })
    await unlock()
    await page.getByText('Unlocked as editor').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: `Open the record ${manifest.record.slice(0, 8)}` }).click()
    await page.getByText(`${NAME} the second`).waitFor()
    await page.getByRole('timer').getByText(/0:5\d|1:00/).waitFor()
    await expectAccessible(page)
    await picture(page, 'vault-opened')
    await page.clock.fastForward(50_000)
    expect(await page.content()).toContain('CANARY-VAULT')
    await page.clock.fastForward(11_000)
    await page.getByText(`${NAME} the second`).waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain('CANARY')
    expect(await stored(page)).not.toContain('CANARY')
    expect(sent.join('\n')).not.toContain('CANARY')
    expect(page.url()).not.toContain('CANARY')
  }, 120_000)

  it('runs the checks with what the records say, in the page', async () => {
    await page.getByRole('button', { name: 'Check all stories' }).click()
    const result = page.getByRole('region', { name: 'What your records show' })
    await result.getByText(/stor(y|ies) checked with 2 records/).waitFor()
    await expectAccessible(page)
    await picture(page, 'vault-check')
    await page.clock.fastForward(61_000)
    await result.waitFor({ state: 'detached' })
    expect(sent.join('\n')).not.toContain('CANARY')
  })

  it('says so where somebody altered the ciphertext', async () => {
    await page.route('**/newsroom/graphql', async (route) => {
      const answer = await route.fetch()
      const body = await answer.text()
      await route.fulfill({ response: answer, body: body.replace(/("ciphertext":"[^"]{300})(.)/, (_, head: string, letter: string) => head + (letter === 'A' ? 'B' : 'A')) })
    })
    await page.getByRole('button', { name: /^Open the record/ }).first().click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toMatch(/altered|not what|does not match|swapped|another/i)
    expect(await page.content()).not.toContain('CANARY')
    await page.unroute('**/newsroom/graphql')
  })

  it('locks itself where nobody touches it, and where one goes elsewhere or signs out', async () => {
    await page.clock.fastForward(5 * 60_000 + 6_000)
    await page.getByText('nobody touched this page for five minutes').waitFor()
    await picture(page, 'vault-locked')
    await unlock()
    await page.getByText('Unlocked as editor').waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: 'Stories', exact: true }).click()
    await page.getByRole('link', { name: 'Vault', exact: true }).click()
    await page.getByRole('heading', { name: 'Unlock your key' }).waitFor()
    expectQuiet(opened)
  }, 120_000)

  it('is as good to use at 320 pixels in the dark', async () => {
    const { page: small } = await desk.visit('/vault', { width: 320, colors: 'dark' })
    await small.getByRole('heading', { name: 'Make your key' }).waitFor()
    expect(await small.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    await expectAccessible(small)
    await picture(small, 'vault-small', true)
  })
})

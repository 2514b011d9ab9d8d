import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const CHROMIUM = process.env['ONRECORD_CHROMIUM'] ?? '/usr/bin/chromium'
const SWITCHES = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
/** Keeps the pictures of the pages, for people to look at. */
const PICTURES = process.env['ONRECORD_PICTURES']

/** What stands in the headers editor. */
const HEADERS = `[...document.querySelectorAll('.graphiql-editor-tool .CodeMirror')].at(-1).CodeMirror.getValue()`

const hasBrowser = existsSync(CHROMIUM)
if (!hasBrowser) console.warn(`\nSKIPPED: GraphiQL in a browser, because there is no Chromium at ${CHROMIUM}. Install one, or name it in ONRECORD_CHROMIUM.\n`)

describe.skipIf(!hasBrowser)('GraphiQL in a browser', () => {
  let newsroom: TestNewsroom
  let browser: Browser
  let profile: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    const { publication: _unpublished, ...draft } = story('draft')
    await newsroom.add(story(1), story(2), draft)
    profile = await mkdtemp(path.join(tmpdir(), 'onrecord-browser-'))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES, env: { ...process.env, HOME: profile } as Record<string, string> })
  })
  afterAll(async () => {
    await browser.close()
    await newsroom.close()
    await rm(profile, { recursive: true, force: true })
  })

  it.each(['light', 'dark'] as const)('answers the example of the public contract as it stands, in %s', async (colorScheme) => {
    const opened = await open('/graphiql', colorScheme)
    await opened.page.getByLabel(/execute query/i).click()
    const answer = await answerIn(opened.page, 'We will build berth 1')
    expect(answer).toContain('"descriptor": "Two officials briefed on the plan"')
    await picture(opened.page, `public-${colorScheme}`)
    expectQuiet(opened)
  })

  it('answers the example of the newsroom contract, and shows its documentation, once the headers hold a token', async () => {
    const opened = await open('/newsroom/graphiql')
    await opened.page.getByLabel(/execute query/i).click()
    await answerIn(opened.page, 'UNAUTHENTICATED')
    await picture(opened.page, 'newsroom-without-a-token')
    await giveToken(opened.page, await newsroom.token('EDITOR'))
    await opened.page.getByLabel(/execute query/i).click()
    expect(await answerIn(opened.page, 'harbor-plan-draft')).toContain('"state": "DRAFT"')
    await picture(opened.page, 'newsroom')
    await opened.page.getByLabel(/show documentation explorer/i).click()
    await opened.page.locator('.graphiql-doc-explorer').getByText('Mutation', { exact: true }).first().waitFor()
    await picture(opened.page, 'newsroom-documentation')
    // A refused request is an error to the console, too; there is to be no other.
    expect(opened.complaints.filter((complaint) => !complaint.includes('401'))).toEqual([])
    expect(opened.foreign).toEqual([])
  })

  it('keeps no token in the browser, the history of queries included', async () => {
    const opened = await open('/newsroom/graphiql')
    const token = await newsroom.token('EDITOR')
    await giveToken(opened.page, token)
    await opened.page.getByLabel(/execute query/i).click()
    await answerIn(opened.page, 'harbor-plan-draft')
    for (const leave of [() => undefined, () => opened.page.reload()]) {
      await leave()
      await opened.page.locator('.graphiql-query-editor .CodeMirror').waitFor()
      const kept = await opened.page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie')
      expect(kept).toContain('query Desk')
      expect(kept).not.toContain(token)
    }
    expect(await opened.page.evaluate(HEADERS)).toBe('{\n  "authorization": "Bearer "\n}\n')
  })

  it('shows the documentation of the public contract', async () => {
    const opened = await open('/graphiql')
    await opened.page.getByLabel(/show documentation explorer/i).click()
    await opened.page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).first().click()
    await opened.page.locator('.graphiql-doc-explorer').getByText('Quotes of all stories').waitFor()
    await picture(opened.page, 'public-documentation')
    expectQuiet(opened)
  })

  it('leads from the address alone to the public page', async () => {
    const opened = await open('/')
    expect(new URL(opened.page.url()).pathname).toBe('/graphiql')
    expectQuiet(opened)
  })

  interface Opened { readonly page: Page; readonly complaints: string[]; readonly foreign: string[] }

  /** Opens a page, and notes whatever it complains of and every request that leaves the origin. */
  async function open(address: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme })
    const page = await context.newPage()
    const opened: Opened = { page, complaints: [], foreign: [] }
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') opened.complaints.push(`${message.type()}: ${message.text()}`) })
    page.on('pageerror', (error) => opened.complaints.push(`exception: ${error.message}`))
    page.on('requestfailed', (request) => opened.complaints.push(`failed: ${request.url()}`))
    page.on('request', (request) => { if (!request.url().startsWith(`${newsroom.url}/`) && !/^(data|blob):/.test(request.url())) opened.foreign.push(request.url()) })
    await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`)
    await page.goto(newsroom.url + address)
    await page.locator('.graphiql-query-editor .CodeMirror').waitFor()
    return opened
  }

  function expectQuiet({ complaints, foreign }: Opened): void {
    expect(foreign).toEqual([])
    expect(complaints).toEqual([])
  }

  /** Waits until the words stand in the answer, and gives the answer. */
  async function answerIn(page: Page, words: string): Promise<string> {
    const pane = page.locator('.graphiql-response')
    await pane.getByText(words).first().waitFor()
    return page.evaluate(`document.querySelector('.graphiql-response .CodeMirror').CodeMirror.getValue()`)
  }

  /** Writes the headers as a person would who replaces what stands there. */
  async function giveToken(page: Page, token: string): Promise<void> {
    await page.locator('.graphiql-editor-tool .CodeMirror').last().click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(JSON.stringify({ authorization: `Bearer ${token}` }))
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES === undefined) return
    await mkdir(PICTURES, { recursive: true })
    await page.screenshot({ path: path.join(PICTURES, `${name}.png`) })
  }
})

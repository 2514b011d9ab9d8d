import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import { TestNewsroom } from '../support/newsroom.js'

const CHROMIUM = process.env['ONRECORD_CHROMIUM'] ?? '/usr/bin/chromium'
const SWITCHES = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
/** Keeps the pictures of the pages, for people to look at. */
const PICTURES = process.env['ONRECORD_PICTURES']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const hasBrowser = existsSync(CHROMIUM)
if (!hasBrowser) console.warn(`\nSKIPPED: the desk in a browser, because there is no Chromium at ${CHROMIUM}. Install one, or name it in ONRECORD_CHROMIUM.\n`)

export interface Look { readonly role?: StaffRole | 'NOBODY'; readonly colors?: 'light' | 'dark'; readonly width?: number; readonly height?: number }

/** A page of the desk, and whatever it complained of and asked of other hosts. */
export interface Opened { readonly page: Page; readonly complaints: string[]; readonly foreign: string[] }

/** A newsroom, and a browser to look at its desk with. */
export class DeskBrowser {
  newsroom!: TestNewsroom
  #browser!: Browser
  #profile!: string

  static async open(): Promise<DeskBrowser> {
    const desk = new DeskBrowser()
    desk.newsroom = await TestNewsroom.open()
    // The browser's clock is the real one; embargoes and deadlines are to mean the same to both.
    desk.newsroom.now = new Date()
    desk.#profile = await mkdtemp(path.join(tmpdir(), 'onrecord-browser-'))
    desk.#browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES, env: { ...process.env, HOME: desk.#profile } as Record<string, string> })
    return desk
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.newsroom.close()
    await rm(this.#profile, { recursive: true, force: true })
  }

  /** Opens an address under `/desk`, signed in as an editor unless told otherwise. */
  async visit(address: string, { role = 'EDITOR', colors = 'light', width = 1440, height = 900 }: Look = {}): Promise<Opened> {
    // axe is put into the page from outside; the policy is tested by what the page itself does.
    const context = await this.#browser.newContext({ viewport: { width, height }, colorScheme: colors, reducedMotion: 'reduce' })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    const opened: Opened = { page, complaints: [], foreign: [] }
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') opened.complaints.push(`${message.type()}: ${message.text()}`) })
    page.on('pageerror', (error) => opened.complaints.push(`exception: ${error.message}`))
    page.on('request', (request) => { if (!request.url().startsWith(`${this.newsroom.url}/`) && !/^(data|blob):/.test(request.url())) opened.foreign.push(request.url()) })
    await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`)
    if (role !== 'NOBODY') await page.addInitScript(`sessionStorage.setItem('onrecord.token', ${JSON.stringify(await this.newsroom.token(role))})`)
    await page.goto(`${this.newsroom.url}/desk${address}`)
    await page.locator('#main').waitFor()
    return opened
  }
}

export function expectQuiet({ complaints, foreign }: Opened): void {
  expect(foreign).toEqual([])
  expect(complaints).toEqual([])
}

/** No violation of WCAG 2.2 A and AA, nor of axe's best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE)
  const violations = await page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 160) + ' | ' + failureSummary).join(' ;; ')))`)
  expect(violations).toEqual([])
}

export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: path.join(PICTURES, `desk-${name}.png`), fullPage })
}

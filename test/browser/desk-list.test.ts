import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillWithDemo } from '../../src/demo/fill.js'
import { story } from '../support/documents.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

describe.skipIf(!hasBrowser)('the desk: signing in, and the list of stories', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await fillWithDemo(desk.newsroom.database, desk.newsroom.sources)
    const { publication: _unpublished, ...draft } = story('<script>alert(1)</script>'.replaceAll(/\W/g, ''), { desk: '<b>Metro</b>' })
    const headline = { role: 'HEADLINE' as const, text: '<img src=x onerror="document.title=\'taken\'"> & <script>alert(1)</script>' }
    await desk.newsroom.add({ ...draft, paragraphs: [headline, ...draft.paragraphs.slice(1)], journalists: [{ key: 'sam-reyes', name: '<i>Sam</i>' }, { key: 'editor-vo', name: 'Linh Vo' }] })
  })
  afterAll(() => desk.close())

  it('asks for a token, and says what is wrong with one that is not taken', async () => {
    const opened = await desk.visit('/', { role: 'NOBODY' })
    await expectAccessible(opened.page)
    await picture(opened.page, 'sign-in')
    await opened.page.getByLabel('Staff token').fill('two words')
    await opened.page.keyboard.press('Enter')
    expect(await opened.page.getByRole('alert').textContent()).toContain('without spaces')
    await opened.page.getByLabel('Staff token').fill('onr_staff_nobody')
    await opened.page.keyboard.press('Enter')
    await opened.page.getByText('This token is not valid here').waitFor()
    await opened.page.getByLabel('Staff token').fill(`Bearer ${await desk.newsroom.token('EDITOR')}`)
    await opened.page.keyboard.press('Enter')
    await opened.page.getByRole('link', { name: 'Pentagon sets deadline' }).waitFor()
    // A refused token is an error to the console, too; there is to be no other.
    expect(opened.complaints.filter((complaint) => !complaint.includes('401'))).toEqual([])
    expect(opened.foreign).toEqual([])
  })

  it('keeps the token in this tab alone, and forgets it when one signs out', async () => {
    const { page } = await desk.visit('/', { role: 'NOBODY' })
    await page.getByLabel('Staff token').fill(await desk.newsroom.token('EDITOR'))
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Pentagon sets deadline' }).waitFor()
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage }) + document.cookie')).not.toContain('onr_staff')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Staff token').waitFor()
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage })')).toBe('{}')
  })

  it('shows every story with its state, its embargo, its findings by severity and what it rests on', async () => {
    const opened = await desk.visit('/')
    const row = (headline: string) => opened.page.getByRole('listitem').filter({ hasText: headline })
    await row('Pentagon sets deadline').getByText('National Security').waitFor()
    expect(await row('Pentagon sets deadline').textContent()).toMatch(/\d+ warnings.*Published/s)
    expect(await row('Tide gauges show').textContent()).toMatch(/Embargo 8\d d \d+ h/)
    expect(await row('Shipbuilder paid').textContent()).toMatch(/1 error.*Draft/s)
    await row('Pentagon sets deadline').getByRole('img', { name: /% on anonymous ones/ }).waitFor()
    await expectAccessible(opened.page)
    await picture(opened.page, 'stories')
    expectQuiet(opened)
  })

  it('filters by state, desk, severity and words, and keeps that in the address', async () => {
    const opened = await desk.visit('/')
    const { page } = opened
    const headlines = () => page.locator('.story-row h2').allTextContents()
    await page.getByLabel('State', { exact: true }).selectOption('Draft')
    await expect.poll(headlines).toHaveLength(2)
    await page.getByLabel('Findings', { exact: true }).selectOption('With errors')
    await page.getByLabel('Desk', { exact: true }).selectOption('Politics')
    await expect.poll(headlines).toEqual(['Shipbuilder paid for senator’s flights, records suggest'])
    expect(new URL(page.url()).search).toBe('?state=draft&desk=Politics&severity=error')
    await page.goBack()
    await page.goBack()
    await expect.poll(headlines).toHaveLength(2)
    await page.goto(`${desk.newsroom.url}/desk?q=spokesperson&state=published`)
    await page.locator('.found mark').first().waitFor()
    expect(await page.getByLabel('Search the copy').inputValue()).toBe('spokesperson')
    await page.getByLabel('Search the copy').fill('no such words anywhere')
    await page.getByText('No story fits.').waitFor()
    await page.getByRole('link', { name: 'Show all' }).click()
    await expect.poll(headlines).toContain('Shipbuilder paid for senator’s flights, records suggest')
    expectQuiet(opened)
  })

  it('is used by keyboard, with a list of what the keys do', async () => {
    const { page } = await desk.visit('/')
    await page.getByRole('link', { name: 'Pentagon sets deadline' }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe(await page.locator('.story-row h2').nth(1).textContent())
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('next story').waitFor()
    await expectAccessible(page)
    await picture(page, 'keyboard')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('search')
  })

  it('shows markup and scripts in a story as text', async () => {
    const opened = await desk.visit('/?state=draft')
    await opened.page.getByText('<img src=x onerror="document.title=\'taken\'"> & <script>alert(1)</script>').waitFor()
    expect(await opened.page.locator('.story-row').filter({ hasText: 'onerror' }).textContent()).toContain('<b>Metro</b>')
    expect(await opened.page.title()).toBe('Stories – Onrecord desk')
    expectQuiet(opened)
  })

  it.each([400, 320])('shows every page that it leads to at %i pixels', async (width) => {
    const { page } = await desk.visit('/', { width, height: 800 })
    const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link')
    await links.last().waitFor()
    const boxes = await Promise.all((await links.all()).map((link) => link.boundingBox()))
    expect(boxes.map((box) => box!.x >= 0 && box!.x + box!.width <= width)).toEqual(boxes.map(() => true))
    expect(boxes).toHaveLength(6)
    await expectAccessible(page)
    await picture(page, `sections-${width}`)
  })

  it.each([['dark', 1440], ['light', 320], ['dark', 320]] as const)('is as good to read in %s at %i pixels', async (colors, width) => {
    const { page } = await desk.visit('/', { colors, width, height: 800 })
    await page.locator('.ribbon').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, `stories-${colors}-${width}`)
  })
})

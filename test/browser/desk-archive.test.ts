import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillWithDemo } from '../../src/demo/fill.js'
import { story } from '../support/documents.js'
import { tellingStory } from '../support/weak-story.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

describe.skipIf(!hasBrowser)('the desk: the archive', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await fillWithDemo(desk.newsroom.database, desk.newsroom.sources)
    const people = [{ key: 'ada-quill', name: 'Ada <b>Quill</b>', affiliations: [{ organization: 'port', title: 'director', from: '2024-01-01' }, { organization: 'port', title: '<i>deputy</i> director', from: '2020-01-01', to: '2023-12-31' }] }, { key: 'mayor-lund', name: 'Ib Lund' }]
    await desk.newsroom.add(story('archive', { people }), story('second', { people }), tellingStory('alone'))
  })
  afterAll(() => desk.close())

  it('finds a person, and shows their titles over time and every quote', async () => {
    const opened = await desk.visit('/')
    const { page } = opened
    await page.getByRole('link', { name: 'Archive', exact: true }).click()
    await page.getByLabel('Search people by name').fill('quill')
    const found = page.getByRole('region', { name: 'People' }).getByRole('listitem')
    await expect.poll(() => found.allTextContents()).toEqual(['Ada <b>Quill</b> director, Port Authority; <i>deputy</i> director, Port Authority'])
    expect(new URL(page.url()).search).toBe('?q=quill')
    await expectAccessible(page)
    await found.getByRole('link').click()
    await page.getByRole('region', { name: 'Quotes' }).getByRole('listitem').nth(1).waitFor()
    expect(await page.getByRole('table', { name: 'Titles over time' }).getByRole('row').allTextContents()).toEqual(['TitleOrganizationFromUntil', 'directorPort Authority2024-01-01–', '<i>deputy</i> directorPort Authority2020-01-012023-12-31'])
    expect((await page.getByRole('region', { name: 'Quotes' }).getByRole('listitem').allTextContents()).map((text) => text.slice(0, 42)).toSorted()).toEqual(['“We will build berth archive”as port direc', '“We will build berth second”as port direct'])
    await expectAccessible(page)
    await picture(page, 'archive-person')
    expectQuiet(opened)
  })

  it('shows what an organization put out', async () => {
    const opened = await desk.visit('/archive?view=organizations&q=port%20auth')
    const { page } = opened
    await page.getByRole('link', { name: 'Port Authority' }).click()
    const statements = page.getByRole('region', { name: 'Statements that stories report' })
    await expect.poll(() => statements.getByRole('listitem').count()).toBe(2)
    expect(await statements.textContent()).toContain('The plan is sound. It is number second.written statement by a spokesperson')
    await page.getByRole('region', { name: 'Quotes' }).getByText('Ada <b>Quill</b>, port director').first().waitFor()
    await expectAccessible(page)
    await picture(page, 'archive-organization', true)
    expectQuiet(opened)
  })

  it('lists stories that rest on one anonymous source, by desk', async () => {
    const opened = await desk.visit('/archive?view=one-source')
    const { page } = opened
    const rows = page.getByRole('region', { name: 'Stories on one anonymous source' }).getByRole('listitem')
    await rows.first().waitFor()
    const count = await rows.count()
    await expectAccessible(page)
    await picture(page, 'archive-one-source')
    const one = await page.getByLabel('Desk', { exact: true }).getByRole('option').nth(1).textContent()
    await page.getByLabel('Desk', { exact: true }).selectOption(one!)
    await expect.poll(() => rows.count()).toBeLessThanOrEqual(count)
    expect(new URL(page.url()).searchParams.get('desk')).toBe(one)
    expectQuiet(opened)
  })

  it('counts findings by rule, desk and month, in charts with a table each', async () => {
    const opened = await desk.visit('/archive?view=findings')
    const { page } = opened
    const rules = page.getByRole('region', { name: 'By rule' })
    await rules.getByRole('row').nth(3).waitFor()
    const { nodes } = (await desk.newsroom.readAsStaff('{ findings(first: 100, filter: { rules: ["vague-outlet-credit"] }) { nodes { title } } }')).data!['findings']
    expect(await rules.getByRole('row').filter({ hasText: nodes[0].title }).textContent()).toContain(`note${nodes.length}`)
    await expectAccessible(page)
    await picture(page, 'archive-findings', true)
    await page.getByLabel('Desk', { exact: true }).selectOption('Metro')
    const charts = page.getByRole('region', { name: 'By desk and month' })
    await expect.poll(() => charts.getByRole('figure').count()).toBe(1)
    expect(await charts.getByRole('img').getAttribute('aria-label')).toMatch(/^Findings, Metro, \w{3} 20\d\d to \w{3} 20\d\d: most in \w{3} 20\d\d, \d+$/)
    await charts.getByText('As a table').click()
    const inTable = (await charts.getByRole('row').allTextContents()).slice(1).map((text) => Number(/(\d+)$/.exec(text.slice(8))?.[1] ?? 0))
    expect(inTable).toHaveLength(12)
    const counted = Number(/^(\d+) finding/.exec((await page.getByRole('status').textContent())!)![1])
    expect(inTable.reduce((sum, value) => sum + value, 0)).toBe(counted)
    await page.getByLabel('Time', { exact: true }).selectOption('Three months')
    await expect.poll(() => charts.getByRole('row').count()).toBe(4)
    expect(new URL(page.url()).search).toBe('?view=findings&desk=Metro&months=3')
    await expectAccessible(page)
    expectQuiet(opened)
  })

  it.each([['dark', 1440, '?view=findings'], ['light', 320, '?view=findings'], ['dark', 320, '?person=ada-quill'], ['light', 320, '?view=one-source']] as const)('is as good to read in %s at %i pixels: %s', async (colors, width, search) => {
    const { page } = await desk.visit(`/archive${search}`, { colors, width, height: 800 })
    await page.locator('.row-line, .bars tbody tr').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, `archive-${colors}-${width}-${search.slice(-5)}`, true)
  })
})

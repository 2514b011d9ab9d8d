import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE, Newsdesk } from '../syndication/newsdesk.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

const MARKUP = '<b>Bay</b> & <script>Radio</script>'

describe.skipIf(!hasBrowser)('the desk: partners', () => {
  let desk: DeskBrowser
  let work: Newsdesk
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    const { newsroom } = desk
    work = new Newsdesk(newsroom)
    // Hours ago: what happens then is overdue now.
    const now = newsroom.now
    newsroom.now = new Date(now.getTime() - 300 * MINUTE)
    const key = await newsroom.partnerKey({ desks: ['Metro'], archiveDays: 30 }, MARKUP)
    await newsroom.partnerKey({ embargoAccess: 'ADVANCE' }, 'Early Bird')
    const endpoint = await work.endpoint(MARKUP, 'https://bay.example/<i>hook</i>', ['KILLED', 'PUBLISHED'])
    await work.publish('killed')
    await work.publish('corrected')
    await newsroom.readAsPartner(key, '{ stories { nodes { headline } } }')
    await work.act('killed', 'KILL', { removal: { advisory: 'It is <em>wrong</em>.' } })
    newsroom.now = now
    await work.revise('corrected', 'CORRECT')
    await (await newsroom.database.prisma()).webhookDelivery.updateMany({ where: { endpointId: endpoint.id }, data: { state: 'UNDELIVERABLE', attempts: 9, lastFailure: 'TIMED_OUT', lastAttemptAt: now } })
  })
  afterAll(() => desk.close())

  const region = (page: Awaited<ReturnType<DeskBrowser['visit']>>['page'], name: string) => page.getByRole('region', { name })

  it('shows every contract, who holds which version, and who has not acknowledged a kill, with whom to call', async () => {
    const opened = await desk.visit('/')
    const { page } = opened
    await page.getByRole('link', { name: 'Partners', exact: true }).click()
    const contracts = region(page, 'Contracts')
    await contracts.getByText('Early Bird').waitFor()
    expect(await contracts.getByRole('listitem').allTextContents()).toEqual([
      `${MARKUP}Desks Metro; all topics; 30 days back; no embargoed copynight@partner.example`, 'Early BirdAll desks; all topics; the whole archive; embargoed copy in advancenight@partner.example',
    ].sort())
    const open = region(page, 'Not acknowledged')
    await open.getByText('Overdue').first().waitFor()
    const killed = open.getByRole('listitem').filter({ hasText: 'Killed' }).filter({ hasText: MARKUP })
    expect(await killed.textContent()).toMatch(/Overdue.*harbor-plan-killed, version 1.*It is <em>wrong<\/em>\..*Call night@partner\.example/)
    expect(await open.getByRole('listitem').filter({ hasText: 'Corrected' }).first().textContent()).toMatch(/due in 23 h/)
    const held = region(page, 'Who holds what').getByRole('row').filter({ hasText: 'Harbor plan corrected' })
    expect(await held.textContent()).toMatch(/<b>Bay<\/b> & <script>Radio<\/script>1 of 2.*fetched it/)
    await expectAccessible(page)
    await picture(page, 'partners', true)
    expectQuiet(opened)
  })

  it('narrows to one partner and to what is overdue, in the address', async () => {
    const { page } = await desk.visit('/partners')
    await page.getByLabel('Partner', { exact: true }).selectOption('Early Bird')
    await page.getByLabel('Notices', { exact: true }).selectOption('Overdue alone')
    const open = region(page, 'Not acknowledged')
    await expect.poll(() => open.getByRole('listitem').count()).toBe(1)
    expect(new URL(page.url()).search).toMatch(/^\?partner=.+&notices=overdue$/)
    await region(page, 'Who holds what').getByText('No partner has taken').waitFor()
    await page.reload()
    await expect.poll(() => open.getByRole('listitem').allTextContents()).toEqual([expect.stringContaining('Early Bird KilledOverdue')])
  })

  it('writes down that a partner acknowledged by phone', async () => {
    const { page } = await desk.visit('/partners')
    const open = region(page, 'Not acknowledged')
    await open.getByRole('button', { name: 'Acknowledged by phone: Early Bird, killed, harbor-plan-killed' }).click()
    await expect.poll(() => open.getByRole('listitem').filter({ hasText: 'Early Bird' }).filter({ hasText: 'Killed' }).count()).toBe(0)
    const { acknowledgedBy } = await (await desk.newsroom.database.prisma()).notice.findFirstOrThrow({ where: { kind: 'KILLED', partner: { name: 'Early Bird' } } })
    expect(acknowledgedBy).toBe('editor')
  })

  it('lets administrators send again what could not be delivered, and tells editors who can', async () => {
    const asEditor = (await desk.visit('/partners')).page
    await region(asEditor, 'Undeliverable events').getByText('Administrators can send them again.').waitFor()
    expect(await asEditor.getByRole('button', { name: /Send again/ }).count()).toBe(0)
    const opened = await desk.visit('/partners', { role: 'ADMIN' })
    const events = region(opened.page, 'Undeliverable events')
    await events.getByText('https://bay.example/<i>hook</i>').waitFor()
    await expectAccessible(opened.page)
    await events.getByRole('button', { name: 'Send again: killed, harbor-plan-killed, version 1' }).click()
    await events.getByText('1 event will be sent again.').waitFor()
    expect((await (await desk.newsroom.database.prisma()).webhookDelivery.findMany({ where: { kind: 'KILLED' } })).map(({ state }) => state)).toEqual(['WAITING'])
    expectQuiet(opened)
  })

  it('shows on a story who holds it, and who has not acknowledged', async () => {
    const opened = await desk.visit('/stories/harbor-plan-killed')
    const { page } = opened
    await page.getByText('Who holds it: 1 partner, 1 not acknowledged, 1 overdue').click()
    await page.getByRole('link', { name: MARKUP }).waitFor()
    await expectAccessible(page)
    await picture(page, 'holders')
    await page.getByRole('link', { name: MARKUP }).click()
    await page.getByRole('heading', { name: 'Partners', level: 1 }).waitFor()
    expectQuiet(opened)
  })

  it('tells a reporter who can see it', async () => {
    const { page } = await desk.visit('/partners', { role: 'REPORTER' })
    await page.getByText('is for editors, standards editors and administrators to see; you are signed in as reporter').waitFor()
    await expectAccessible(page)
    await page.goto(`${desk.newsroom.url}/desk/stories/harbor-plan-corrected`)
    await page.getByText('Which partners hold it, editors, standards editors and administrators can see.').waitFor()
  })

  it.each([['dark', 1440], ['light', 320], ['dark', 320]] as const)('is as good to read in %s at %i pixels', async (colors, width) => {
    const { page } = await desk.visit('/partners', { colors, width, height: 800 })
    await region(page, 'Who holds what').getByRole('row').nth(1).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, `partners-${colors}-${width}`, true)
  })
})

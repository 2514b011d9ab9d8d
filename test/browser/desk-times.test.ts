import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture, type Opened } from './desk-browser.js'

describe.skipIf(!hasBrowser)('the desk: embargoes and schedules', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await desk.newsroom.partnerKey({ desks: ['Metro'] }, 'Bay Radio')
    await desk.newsroom.partnerKey({ desks: ['Metro'], embargoAccess: 'ADVANCE' }, 'Early Wire')
    await desk.newsroom.add(...['held', 'timed', 'narrow', 'due'].map((name) => draftOf(story(name, { attributions: story(name).attributions!.filter(({ key }) => key !== 'a8') }))))
  })
  afterAll(() => desk.close())

  const act = async (page: Opened['page'], name: string) => {
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('button', { name: `${name} …`, exact: true }).click()
    return page.getByRole('dialog', { name: `${name}?` })
  }
  const embargoOf = async (slug: string) => (await desk.newsroom.readAsStaff(`{ story(slug: "${slug}") { embargo { until } } }`)).data!['story'].embargo
  /** Local, to the minute, as a field for date and time wants it. */
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  const schedule = async (slug: string, at: Date) => {
    const { id } = await storyIds(desk.newsroom, slug)
    const { data } = await desk.newsroom.readAsStaff(`mutation { scheduleStory(input: {storyId: "${id}", at: "${at.toISOString()}"}) { errors { message } } }`)
    expect(data!['scheduleStory'].errors).toEqual([])
  }

  it('shows an embargo without an end on the list and the story, whom it keeps out, and lifts it', async () => {
    const opened = await desk.visit('/stories/harbor-plan-held')
    const { page } = opened
    const setting = await act(page, 'Embargo')
    await setting.getByRole('button', { name: 'Embargo', exact: true }).click()
    const chip = page.locator('.story-head .chip').filter({ hasText: 'Embargo until lifted' })
    await chip.waitFor()
    await page.getByRole('button', { name: 'Publish …' }).click()
    const told = page.getByRole('dialog').locator('.told')
    await told.getByText('Early Wire').waitFor()
    expect(await told.textContent()).not.toContain('Bay Radio')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Stories', exact: true }).first().click()
    await page.getByRole('listitem').filter({ hasText: 'Harbor plan held' }).getByText('Embargo until lifted').waitFor()
    await expectAccessible(page)
    await picture(page, 'embargo-list')
    await page.goto(`${desk.newsroom.url}/desk/stories/harbor-plan-held`)
    await chip.waitFor()
    await page.getByText('More', { exact: true }).click()
    await picture(page, 'embargo-menu')
    await page.getByText('More', { exact: true }).click()
    expect(await embargoOf('harbor-plan-held')).toEqual({ until: null })
    const lifting = await act(page, 'Lift the embargo')
    await lifting.getByRole('button', { name: 'Lift the embargo', exact: true }).click()
    await lifting.waitFor({ state: 'detached' })
    await expect.poll(() => chip.count()).toBe(0)
    expect(await embargoOf('harbor-plan-held')).toBeNull()
    expectQuiet(opened)
  })

  it('says which revision goes out where another was saved since, and schedules that one instead', async () => {
    const opened = await desk.visit('/stories/harbor-plan-timed')
    const { page } = opened
    const first = await act(page, 'Schedule')
    await first.getByText('Revision 1 publishes itself then, if').waitFor()
    await first.getByLabel('Goes out at').fill(inHours(5))
    await first.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.getByText(/^Goes out in [45] h/).waitFor()
    await page.keyboard.press('e')
    await page.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in spring, at last.')
    await page.getByText('More', { exact: true }).click()
    expect(await page.getByRole('button', { name: 'Take back the schedule …' }).isEnabled()).toBe(true)
    await page.getByText('More', { exact: true }).click()
    await page.keyboard.press('Control+s')
    await page.getByText(/^Revision 1 goes out in [45] h/).waitFor()
    await page.getByText('revision 2, saved since, does not').waitFor()
    await expectAccessible(page)
    await picture(page, 'schedule-behind')
    await page.getByRole('link', { name: 'Stories', exact: true }).first().click()
    const row = page.getByRole('listitem').filter({ hasText: 'Harbor plan timed' })
    await row.getByText(/^Revision 1 goes out in [45] h/).waitFor()
    await row.getByText('revision 2, saved since, does not').waitFor()
    await picture(page, 'schedule-list')
    await row.getByRole('link').click()
    const second = await act(page, 'Schedule')
    await second.getByText('Revision 2 publishes itself then, in place of revision 1, if').waitFor()
    await picture(page, 'schedule-dialog')
    await second.getByLabel('Goes out at').fill(inHours(7))
    await second.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.getByText(/^Goes out in [67] h/).waitFor()
    expect((await desk.newsroom.readAsStaff('{ story(slug: "harbor-plan-timed") { scheduledRevision } }')).data!['story']).toEqual({ scheduledRevision: 2 })
    expectQuiet(opened)
  })

  it('schedules no text that is not saved', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-narrow')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('e')
    await page.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in spring, at last.')
    await page.getByText('More', { exact: true }).click()
    const button = page.getByRole('button', { name: 'Schedule …', exact: true })
    expect([await button.isDisabled(), await button.getAttribute('title')]).toEqual([true, 'Save first'])
    await page.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in spring.')
    await page.getByText('More', { exact: true }).click()
    expect(await button.isEnabled()).toBe(true)
  })

  it('says that a story goes out now when no time is left', async () => {
    await schedule('harbor-plan-due', new Date(Date.now() + 2_000))
    const { page } = await desk.visit('/stories/harbor-plan-due')
    await page.locator('.story-head').getByText('Goes out now').waitFor()
  })

  it('is as good to read at 320 pixels, in the dark', async () => {
    await schedule('harbor-plan-narrow', new Date(Date.now() + 22 * 3_600_000))
    const { id } = await storyIds(desk.newsroom, 'harbor-plan-narrow')
    await desk.newsroom.readAsStaff('mutation ($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { message } } }', { input: { storyId: id, expectedRevision: 1, edits: [{ at: 3, remove: 1, insert: [{ text: 'They told the Tidewater Post that work begins in May.' }] }] } })
    for (const address of ['/stories/harbor-plan-narrow', '/']) {
      const { page } = await desk.visit(address, { colors: 'dark', width: 320, height: 700 })
      await page.getByText(/^Revision 1 goes out in 2\d h/).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
      await expectAccessible(page)
      await picture(page, `schedule-320${address === '/' ? '-list' : ''}`)
    }
  })
})

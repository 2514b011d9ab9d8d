import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

describe.skipIf(!hasBrowser)('the desk: what others do meanwhile', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await desk.newsroom.add(...['read', 'write', 'kill', 'narrow', 'own', 'stranded', 'leave'].map((name) => draftOf(story(name))))
  })
  afterAll(() => desk.close())

  const edit = async (slug: string, at: number, text: string) => {
    const { id, revision } = await storyIds(desk.newsroom, slug)
    const { data } = await desk.newsroom.readAsStaff('mutation ($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { message } } }', { input: { storyId: id, expectedRevision: revision, edits: [{ at, remove: 1, insert: [{ text }] }] } }, 'STANDARDS_EDITOR')
    expect(data!['editParagraphs'].errors).toEqual([])
  }
  /** Open, and listening. */
  const follow = async (slug: string, look?: Parameters<DeskBrowser['visit']>[1]) => {
    const opened = await desk.visit('/', look)
    const listening = opened.page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framesent', { predicate: ({ payload }) => payload.toString().includes('storyChanged') }))
    await opened.page.goto(`${desk.newsroom.url}/desk/stories/${slug}`)
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
    await listening
    // Nothing tells a client that its subscription is made.
    await opened.page.waitForTimeout(300)
    return opened
  }

  it('tells whoever reads a story that somebody saved a newer revision, and loads it', async () => {
    const opened = await follow('harbor-plan-read')
    const { page } = opened
    await edit('harbor-plan-read', 3, 'They told the <b>Tidewater Post</b> that work begins in May.')
    const note = page.getByRole('status').filter({ hasText: 'saved revision 2' })
    await note.waitFor()
    expect(await note.textContent()).toContain('standards_editor saved revision 2. You see revision 1.')
    expect(await page.getByText('work begins in May').count()).toBe(0)
    await expectAccessible(page)
    await picture(page, 'live-note')
    await note.getByRole('button', { name: 'Load it' }).click()
    await page.getByText('work begins in May').first().waitFor()
    expect(await page.locator('.text').textContent()).toContain('<b>Tidewater Post</b>')
    await expect.poll(() => note.count()).toBe(0)
    expectQuiet(opened)
  })

  it('lets whoever writes put both texts together, and loses nothing', async () => {
    const opened = await follow('harbor-plan-write')
    const { page } = opened
    await page.keyboard.press('e')
    await page.getByLabel('Paragraph 2').fill('“We will build berth write,” port director Ada Quill said at a long hearing.')
    await edit('harbor-plan-write', 3, 'They told the Tidewater Post that work begins in May.')
    await page.getByRole('button', { name: 'Merge with what I wrote' }).click()
    const merge = page.getByRole('region', { name: 'Two edits of the same text' })
    await merge.getByRole('button', { name: 'Go on with this text' }).click()
    expect([await page.getByLabel('Paragraph 2').inputValue(), await page.getByLabel('Paragraph 4').inputValue()]).toEqual([expect.stringContaining('long hearing'), expect.stringContaining('in May')])
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('revision 3', { exact: false }).first().waitFor()
    // One's own saving is no news.
    await page.waitForTimeout(1200)
    expect(await page.locator('.live-note.is-shown').count()).toBe(0)
    expectQuiet(opened)
  })

  it('tells that a story was published and killed', async () => {
    const { page } = await follow('harbor-plan-kill')
    const { id } = await storyIds(desk.newsroom, 'harbor-plan-kill')
    const done = await desk.newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${id}"}) { errors { message } } killStory(input: {storyId: "${id}"}) { errors { message } } }`)
    expect(done.data).toEqual({ publishStory: { errors: [] }, killStory: { errors: [] } })
    await page.getByText('It is killed now.').waitFor()
    await page.getByRole('button', { name: 'Load it' }).click()
    await page.locator('.state-killed').waitFor()
  })

  it('offers no merge to whoever writes on a story that is killed, lets nobody go on, and has what was written copied', async () => {
    const opened = await follow('harbor-plan-stranded')
    const { page } = opened
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.keyboard.press('e')
    await page.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in autumn.')
    await edit('harbor-plan-stranded', 1, '“We will build berth stranded,” port director Ada Quill said in the end.')
    const { id } = await storyIds(desk.newsroom, 'harbor-plan-stranded')
    const done = await desk.newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${id}"}) { errors { message } } killStory(input: {storyId: "${id}"}) { errors { message } } }`)
    expect(done.data).toEqual({ publishStory: { errors: [] }, killStory: { errors: [] } })
    await page.getByText('What you wrote cannot be saved any more, but copied.').waitFor()
    expect(await page.getByRole('button', { name: 'Merge with what I wrote' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Load it' }).click()
    const stranded = page.getByRole('region', { name: 'What you wrote cannot be saved' })
    for (const look of ['loaded', 'opened again']) {
      await stranded.getByText('work begins in autumn').waitFor()
      expect(await page.getByRole('button', { name: /^(Save|Edit|Go on with this text)$/ }).count(), look).toBe(0)
      expect(await page.locator('textarea').count(), look).toBe(0)
      expect(await page.locator('.text').textContent(), look).toContain('said in the end')
      await page.evaluate('navigator.clipboard.writeText("")')
      await stranded.getByRole('button', { name: 'Copy what I wrote' }).click()
      await stranded.getByText('Copied.').waitFor()
      expect(await page.evaluate<string>('navigator.clipboard.readText()'), look).toContain('work begins in autumn.\n\nThe port authority said')
      if (look === 'loaded') await expectAccessible(page)
      if (look === 'loaded') await picture(page, 'stranded')
      if (look === 'loaded') await page.reload()
    }
    page.once('dialog', (dialog) => void dialog.accept())
    await stranded.getByRole('button', { name: 'Throw away' }).click()
    await stranded.waitFor({ state: 'detached' })
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain('autumn')
    expectQuiet(opened)
  })

  it('shows on the list and on the story who is writing, until they stop', async () => {
    const writer = (await desk.visit('/stories/harbor-plan-own', { role: 'STANDARDS_EDITOR' })).page
    await writer.getByRole('heading', { level: 1 }).waitFor()
    await writer.keyboard.press('e')
    await writer.getByLabel('Paragraph 2').waitFor()
    await expect.poll(async () => (await desk.newsroom.database.prisma()).storyEditor.count()).toBe(1)
    const opened = await desk.visit('/')
    const row = opened.page.getByRole('listitem').filter({ hasText: 'Harbor plan own' })
    await row.getByText('standards_editor is writing').waitFor()
    expect(await opened.page.getByText('is writing').count()).toBe(1)
    await expectAccessible(opened.page)
    await picture(opened.page, 'live-list')
    await row.getByRole('link').click()
    await opened.page.getByText('standards_editor is writing').waitFor()
    await expectAccessible(opened.page)
    expect(await writer.getByText('is writing').count()).toBe(0)
    await writer.getByRole('button', { name: 'Done' }).click()
    await expect.poll(async () => (await desk.newsroom.database.prisma()).storyEditor.count()).toBe(0)
    await opened.page.goto(`${desk.newsroom.url}/desk`)
    await row.waitFor()
    await opened.page.waitForTimeout(500)
    expect(await opened.page.getByText('is writing').count()).toBe(0)
    expectQuiet(opened)
  })

  it('tells the others that one writes no more also when one signs out', async () => {
    const opened = await desk.visit('/stories/harbor-plan-leave')
    const { page } = opened
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('e')
    await expect.poll(async () => (await desk.newsroom.database.prisma()).storyEditor.count()).toBe(1)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Staff token').waitFor()
    await expect.poll(async () => (await desk.newsroom.database.prisma()).storyEditor.count()).toBe(0)
    expectQuiet(opened)
  })

  it('goes on after the connection was lost, and asks what it missed', async () => {
    const { page } = await desk.visit('/')
    const close: (() => Promise<void>)[] = []
    await page.routeWebSocket(/newsroom\/graphql/, (socket) => {
      socket.connectToServer()
      close.push(() => socket.close({ code: 1012 }))
    })
    await page.goto(`${desk.newsroom.url}/desk/stories/harbor-plan-own`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => close.length).toBe(1)
    await page.waitForTimeout(500)
    await close[0]!()
    await edit('harbor-plan-own', 3, 'They told the Tidewater Post that work begins in May.')
    await page.getByText('standards_editor saved revision 2').waitFor()
    expect(close).toHaveLength(2)
  })

  it('is as good to read at 320 pixels, in the dark', async () => {
    const { page } = await follow('harbor-plan-narrow', { colors: 'dark', width: 320, height: 700 })
    await edit('harbor-plan-narrow', 3, 'They told the Tidewater Post that work begins in May.')
    await page.getByText('standards_editor saved revision 2').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, 'live-note-320')
  })
})

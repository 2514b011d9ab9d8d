import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { weakStory } from '../support/weak-story.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

const AUTUMN = 'They told the Tidewater Post that work begins in autumn.'
const LONG = '“We will build berth here,” port director Ada Quill said at a long hearing.'

describe.skipIf(!hasBrowser)('the desk: nothing that somebody wrote is lost', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await desk.newsroom.add(...['while', 'both', 'lost', 'more', 'tabs', 'twin', 'closed', 'full', 'hung', 'paste', 'join', 'undo', 'dialog'].map((name) => draftOf(story(name))), weakStory('taken-back'))
  })
  afterAll(() => desk.close())

  const textOf = async (slug: string): Promise<string[]> => (await desk.newsroom.readAsStaff(`{ story(slug: "${slug}") { document } }`)).data!['story'].document.paragraphs.map(({ text }: { text: string }) => text)
  const edit = async (slug: string, at: number, text: string) => {
    const { id, revision } = await storyIds(desk.newsroom, slug)
    const { data } = await desk.newsroom.readAsStaff('mutation ($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { message } } }', { input: { storyId: id, expectedRevision: revision, edits: [{ at, remove: 1, insert: [{ text, ...(at === 0 && { role: 'HEADLINE' }) }] }] } }, 'STANDARDS_EDITOR')
    expect(data!['editParagraphs'].errors).toEqual([])
  }
  const write = async (slug: string): Promise<Page> => {
    const { page } = await desk.visit(`/stories/${slug}`)
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    return page
  }
  /** Another tab of the same browser. */
  const beside = async (page: Page, address: string) => {
    const other = await page.context().newPage()
    await other.addInitScript(`sessionStorage.setItem('onrecord.token', ${JSON.stringify(await desk.newsroom.token('EDITOR'))})`)
    await other.goto(`${desk.newsroom.url}/desk${address}`)
    return other
  }
  /** Has the server do it, and its answer wait. */
  const holdBack = async (page: Page, operation: string) => {
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => { release = resolve })
    await page.route('**/newsroom/graphql', async (route) => {
      if (!route.request().postData()?.includes(`mutation ${operation}(`)) return route.fallback()
      const response = await route.fetch()
      await until
      return route.fulfill({ response })
    })
    return release
  }
  /** Has the server do it, and its answer never arrive; once. */
  const loseAnswer = async (page: Page, operation: string) => {
    let isLost = false
    await page.route('**/newsroom/graphql', async (route) => {
      if (isLost || !route.request().postData()?.includes(`mutation ${operation}(`)) return route.fallback()
      isLost = true
      await route.fetch()
      return route.abort()
    })
  }
  const toList = (page: Page) => page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Stories' }).click()
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })

  it('takes in a colleague’s text where taking back a waiver brings it, and writes over nobody', async () => {
    const { page } = await desk.visit('/stories/taken-back')
    const note = page.locator('.note-error').first()
    await note.getByRole('button').first().click()
    await note.getByRole('button', { name: 'Waive …' }).click()
    await note.getByRole('button', { name: 'Waive', exact: true }).click()
    await page.getByRole('button', { name: '1 waived' }).click()
    await edit('taken-back', 0, 'Bridge to close for good')
    const waived = page.locator('.note.is-waived')
    const takeBack = waived.getByRole('button', { name: 'Take the waiver back' })
    if (await takeBack.count() === 0) await waived.getByRole('button').first().click()
    await takeBack.click()
    await page.getByRole('heading', { name: 'Bridge to close for good' }).waitFor()
    await page.keyboard.press('e')
    await page.getByText('Nothing changed yet').waitFor()
    expect(await page.getByLabel('Headline 1').inputValue()).toBe('Bridge to close for good')
  })

  it('keeps what is typed while a save is under way', async () => {
    const page = await write('harbor-plan-while')
    await page.getByLabel('Paragraph 4').fill(AUTUMN)
    const release = await holdBack(page, 'SaveText')
    await page.keyboard.press('Control+s')
    await page.getByText('Saving …').waitFor()
    await page.getByLabel('Paragraph 2').fill(LONG)
    release()
    await page.getByText('revision 2', { exact: false }).first().waitFor()
    await page.getByText('Not saved.', { exact: false }).waitFor()
    expect(await page.getByLabel('Paragraph 2').inputValue()).toBe(LONG)
    await page.reload()
    expect(await page.getByLabel('Paragraph 2').inputValue()).toBe(LONG)
    await save(page).click()
    await page.getByText('revision 3', { exact: false }).first().waitFor()
    expect(await textOf('harbor-plan-while')).toEqual(expect.arrayContaining([AUTUMN, LONG]))
  })

  it('puts what was typed while a save met another one beside it', async () => {
    const page = await write('harbor-plan-both')
    await edit('harbor-plan-both', 3, 'They told the Tidewater Post that work begins in May.')
    await page.getByLabel('Paragraph 4').fill(AUTUMN)
    const release = await holdBack(page, 'SaveText')
    await page.keyboard.press('Control+s')
    await page.getByText('Saving …').waitFor()
    await page.getByLabel('Paragraph 2').fill(LONG)
    release()
    const merge = page.getByRole('region', { name: 'Two edits of the same text' })
    await merge.getByText('at a long hearing').waitFor()
    await merge.getByRole('button', { name: 'Go on with this text' }).click()
    await save(page).click()
    await page.getByText('revision 3', { exact: false }).first().waitFor()
    expect(await textOf('harbor-plan-both')).toEqual(expect.arrayContaining([AUTUMN, LONG]))
  })

  it('saves once what is saved again because its answer was lost', async () => {
    const page = await write('harbor-plan-lost')
    await page.getByLabel('Paragraph 4').fill(AUTUMN)
    await loseAnswer(page, 'SaveText')
    await save(page).click()
    await page.getByRole('alert').filter({ hasText: 'Whether it did this is not known; what you wrote is still here.' }).waitFor()
    await save(page).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    expect((await storyIds(desk.newsroom, 'harbor-plan-lost')).revision).toBe(2)
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain('autumn')
  })

  it('saves what was written since an answer was lost over what was saved then', async () => {
    const page = await write('harbor-plan-more')
    await page.getByLabel('Paragraph 4').fill(AUTUMN)
    await loseAnswer(page, 'SaveText')
    await save(page).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Paragraph 2').fill(LONG)
    await save(page).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    expect((await storyIds(desk.newsroom, 'harbor-plan-more')).revision).toBe(3)
    expect(await textOf('harbor-plan-more')).toEqual(expect.arrayContaining([AUTUMN, LONG]))
  })

  it('makes one story where the answer was lost, and says so where the text was changed since', async () => {
    const { page } = await desk.visit('/new')
    const make = page.getByRole('button', { name: 'Make the story' })
    await page.getByLabel('Text', { exact: true }).fill('Pier to open\n\nThe pier opens on Monday, an official said.')
    await loseAnswer(page, 'CreateFromText')
    await make.click()
    await page.getByRole('alert').filter({ hasText: 'Whether it did this is not known' }).waitFor()
    await page.reload()
    await make.click()
    await page.getByRole('heading', { name: 'Pier to open' }).waitFor()
    await page.goto(`${desk.newsroom.url}/desk/new`)
    await page.getByLabel('Text', { exact: true }).fill('Pier to close\n\nThe pier closes on Monday, an official said.')
    await loseAnswer(page, 'CreateFromText')
    await make.click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Text', { exact: true }).fill('Pier to close\n\nThe pier closes on Tuesday, an official said.')
    await make.click()
    await page.getByRole('link', { name: 'pier-to-close' }).waitFor()
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toContain('on Tuesday')
    await expectAccessible(page)
    const { nodes } = (await desk.newsroom.readAsStaff('{ stories(first: 50) { nodes { slug } } }')).data!['stories']
    expect(nodes.filter(({ slug }: { slug: string }) => slug.startsWith('pier-')).map(({ slug }: { slug: string }) => slug).toSorted()).toEqual(['pier-to-close', 'pier-to-open'])
  })

  it('takes no words for a new story that it would lose while it makes it', async () => {
    const { page } = await desk.visit('/new')
    await page.getByLabel('Text', { exact: true }).fill('Ferry to sail\n\nThe ferry sails on Monday, an official said.')
    const release = await holdBack(page, 'CreateFromText')
    await page.getByRole('button', { name: 'Make the story' }).click()
    await page.getByText('Making it …').waitFor()
    await page.getByLabel('Text', { exact: true }).press('End')
    await page.keyboard.type('More words.')
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).not.toContain('More words.')
    release()
    await page.getByRole('heading', { name: 'Ferry to sail' }).waitFor()
  })

  it('keeps what is written in two tabs apart', async () => {
    const one = await write('harbor-plan-tabs')
    const two = await beside(one, '/stories/harbor-plan-tabs')
    await two.getByRole('button', { name: 'Edit', exact: true }).click()
    await one.getByLabel('Paragraph 2').fill(LONG)
    await two.getByLabel('Paragraph 4').fill(AUTUMN)
    await save(two).click()
    await two.getByText('revision 2', { exact: false }).first().waitFor()
    await one.reload()
    const merge = one.getByRole('region', { name: 'Two edits of the same text' })
    await merge.getByText('at a long hearing').waitFor()
    await merge.getByRole('button', { name: 'Go on with this text' }).click()
    expect([await one.getByLabel('Paragraph 2').inputValue(), await one.getByLabel('Paragraph 4').inputValue()]).toEqual([LONG, AUTUMN])
    await one.goto(`${desk.newsroom.url}/desk/new`)
    await two.goto(`${desk.newsroom.url}/desk/new`)
    await one.getByLabel('Text', { exact: true }).fill('Of the one tab')
    await two.getByLabel('Text', { exact: true }).fill('Of the other tab')
    await one.reload()
    await two.reload()
    expect([await one.getByLabel('Text', { exact: true }).inputValue(), await two.getByLabel('Text', { exact: true }).inputValue()]).toEqual(['Of the one tab', 'Of the other tab'])
  })

  it('gives a tab that was made of another one a place of its own', async () => {
    const one = await write('harbor-plan-twin')
    await one.getByLabel('Paragraph 2').fill(LONG)
    const [two] = await Promise.all([one.context().waitForEvent('page'), one.evaluate('void open(location.href)')])
    await two.getByRole('button', { name: 'Edit', exact: true }).click()
    expect(await two.getByLabel('Paragraph 2').inputValue()).not.toBe(LONG)
    await two.getByLabel('Paragraph 4').fill(AUTUMN)
    await two.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in spring.')
    await two.getByText('Nothing changed yet').waitFor()
    await one.reload()
    expect(await one.getByLabel('Paragraph 2').inputValue()).toBe(LONG)
  })

  it('takes up what a tab left that was closed', async () => {
    const one = await write('harbor-plan-closed')
    await one.getByLabel('Paragraph 4').fill(AUTUMN)
    const two = await beside(one, '/new')
    await two.getByLabel('Text', { exact: true }).fill('Of the other tab')
    await one.close()
    await two.goto(`${desk.newsroom.url}/desk/stories/harbor-plan-closed`)
    await expect.poll(() => two.getByLabel('Paragraph 4').inputValue()).toBe(AUTUMN)
    const three = await beside(two, '/new')
    await two.close()
    await three.reload()
    await expect.poll(() => three.getByLabel('Text', { exact: true }).inputValue()).toBe('Of the other tab')
  })

  it('goes on where the browser has no room to keep what is written, and says so', async () => {
    const opened = await desk.visit('/new')
    const { page } = opened
    await page.evaluate(`(() => { let words = 'x'.repeat(1 << 22), at = 0; while (words !== '') { try { localStorage.setItem('other.' + at++, words) } catch { words = words.slice(words.length / 2 + 1) } } })()`)
    await page.getByLabel('Text', { exact: true }).fill('Pier to open')
    await page.getByRole('alert').filter({ hasText: 'no room left to keep what you write' }).waitFor()
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Pier to open')
    await expectAccessible(page)
    await page.getByLabel('Text', { exact: true }).fill('')
    await toList(page)
    await page.getByRole('link', { name: 'Harbor plan full' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Paragraph 4').fill(AUTUMN)
    await page.getByRole('alert').filter({ hasText: 'no room left to keep what you write' }).waitFor()
    const asked = page.waitForEvent('dialog').then(async (dialog) => { await dialog.accept(); return dialog.message() })
    await toList(page)
    expect(await asked).toContain('no room to keep what you wrote')
    await page.getByRole('link', { name: 'Harbor plan full' }).click()
    expect(await page.getByLabel('Paragraph 4').inputValue()).toBe(AUTUMN)
    expectQuiet(opened)
  })

  it('offers what was written where a page breaks', async () => {
    const { page } = await desk.visit('/new')
    await page.route('**/newsroom/graphql', (route) => (route.request().postData()?.includes('extractStory')
      ? route.fulfill({ json: { data: { extractStory: { document: {}, errors: [], diagnostics: [], proposals: [] } } } }) : route.fallback()))
    await page.getByLabel('Text', { exact: true }).fill('Pier to open')
    await page.getByRole('heading', { name: 'Something went wrong in this page' }).waitFor()
    expect(await page.getByLabel('What you have not saved').inputValue()).toBe('Pier to open')
    await expectAccessible(page)
    await picture(page, 'went-wrong')
    await toList(page)
    await page.getByRole('link', { name: 'Harbor plan full' }).waitFor()
  })

  it('does not wait for ever, and keeps the text of which it does not know whether it was saved', async () => {
    const page = await write('harbor-plan-hung')
    await page.getByLabel('Paragraph 4').fill(AUTUMN)
    await page.route('**/newsroom/graphql', (route) => (route.request().postData()?.includes('mutation SaveText(') ? undefined : route.fallback()))
    await page.clock.install()
    await save(page).click()
    await page.getByText('Saving …').waitFor()
    await page.clock.fastForward(66_000)
    await page.getByRole('alert').filter({ hasText: 'The server has not answered for 65 seconds. Whether it did this is not known; what you wrote is still here.' }).waitFor()
    expect(await page.getByLabel('Paragraph 4').inputValue()).toBe(AUTUMN)
    expect(await save(page).isEnabled()).toBe(true)
  })

  it('closes a dialog by a click beside it alone, and not once something was put in', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-dialog', { width: 400, height: 400 })
    const dialog = page.getByRole('dialog')
    const open = async () => {
      await page.locator('summary').filter({ hasText: 'More' }).click()
      await page.getByRole('button', { name: 'Embargo …' }).click()
      await dialog.waitFor()
    }
    await open()
    const { x, y, width, height } = (await dialog.boundingBox())!
    // Where its scrollbar is.
    await page.mouse.click(x + width - 3, y + height / 2)
    await page.mouse.move(x + 100, y + 100)
    await page.mouse.down()
    await page.mouse.move(x - 4, y + 100)
    await page.mouse.up()
    expect(await dialog.count()).toBe(1)
    await page.mouse.click(x - 4, y + 100)
    await dialog.waitFor({ state: 'detached' })
    await open()
    await dialog.getByLabel('Terms of the embargo').fill('Not before noon.')
    await page.mouse.click(x - 4, y + 100)
    expect(await dialog.getByLabel('Terms of the embargo').inputValue()).toBe('Not before noon.')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('keeps what was decided on proposals until it is sent', async () => {
    const { page } = await desk.visit('/new')
    await page.getByLabel('Text', { exact: true }).fill('Mayor to quit\n\nThe mayor will resign on Monday, two officials briefed on the decision said.')
    await page.getByRole('button', { name: 'Make the story' }).click()
    await page.getByRole('button', { name: /\d+ proposals/ }).waitFor()
    for (const key of ['r', 'a', 'x', 'Escape', 'r']) await page.keyboard.press(key)
    const list = page.getByRole('region', { name: 'Proposals' })
    await list.getByRole('button', { name: 'Send 2' }).waitFor()
    expect(await list.getByText('✗ rejected').count()).toBe(1)
    await list.getByRole('button', { name: 'Close' }).click()
    await toList(page)
    await page.getByRole('link', { name: 'Bridge to close' }).first().click()
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    await page.goBack()
    await page.goBack()
    await page.getByRole('button', { name: /\d+ proposals/ }).waitFor()
    await page.keyboard.press('r')
    await list.getByRole('button', { name: 'Send 2' }).click()
    await expect.poll(() => list.getByRole('button', { name: /^Send/ }).count()).toBe(0)
  })

  it('makes paragraphs of pasted ones, with the caret behind them', async () => {
    const page = await write('harbor-plan-paste')
    const paste = async (words: string) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(words)})`)
      await page.keyboard.press('Control+v')
    }
    const field = page.getByLabel('Paragraph 4')
    await field.fill('Before after.')
    await field.press('Home')
    for (let count = 0; count < 'Before '.length; count += 1) await page.keyboard.press('ArrowRight')
    await paste('one.\n\nTwo goes\non here.\n\nThree ')
    await page.keyboard.type('and more, ')
    const texts = () => page.locator('.editor textarea').evaluateAll((fields) => fields.map((each) => (each as unknown as { value: string }).value))
    await expect.poll(async () => (await texts()).slice(3, 6)).toEqual(['Before one.', 'Two goes on here.', 'Three and more, after.'])
    await page.getByLabel('Headline 1').press('End')
    await paste(' today\nA first line.\nA second line.')
    await expect.poll(async () => (await texts()).slice(0, 3)).toEqual(['Harbor plan paste moves ahead today', 'A first line.', 'A second line.'])
    await page.getByLabel('Paragraph 2').waitFor()
  })

  it('undoes parting, joining and pasting paragraphs', async () => {
    const page = await write('harbor-plan-undo')
    const texts = () => page.locator('.editor textarea').evaluateAll((fields) => fields.map((each) => (each as unknown as { value: string }).value))
    const before = await texts()
    await page.getByLabel('Paragraph 3').press('Home')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await texts()).toHaveLength(before.length + 1)
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Control+z')
    expect(await texts()).toEqual(before)
    await page.keyboard.type('Now: ')
    expect((await texts())[2]).toBe(`Now: ${before[2]}`)
    await page.getByLabel('Paragraph 4').press('Home')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(`navigator.clipboard.writeText('One.\\nTwo.\\n')`)
    await page.keyboard.press('Control+v')
    await expect.poll(async () => (await texts()).slice(3, 6)).toEqual(['One.', 'Two.', before[3]])
    await page.keyboard.press('Control+z')
    expect(await texts()).toEqual(before.with(2, `Now: ${before[2]}`))
  })

  it('makes no paragraph a part of the headline', async () => {
    const page = await write('harbor-plan-join')
    await page.getByLabel('Paragraph 2').press('Home')
    await page.keyboard.press('Backspace')
    await page.keyboard.type(' now')
    expect(await page.getByLabel('Headline 1').inputValue()).toBe('Harbor plan join moves ahead now')
    expect(await page.getByLabel('Paragraph 2').inputValue()).toContain('Ada Quill')
    await page.getByLabel('Paragraph 3').press('Home')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('So: ')
    expect(await page.getByLabel('Paragraph 2').inputValue()).toContain('at a hearing. So: Two officials')
  })
})

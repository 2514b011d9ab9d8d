import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf, idOf, run, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

const PORT = idOf('Organization', 'port')
const MARKUP = 'We <b>regret</b> nothing. <script>alert(1)</script>'

describe.skipIf(!hasBrowser)('the desk: statements and requests for comment', () => {
  let desk: DeskBrowser
  let filed: { readonly id: string; readonly lineage: string }
  const hours = (n: number) => new Date(desk.newsroom.now.getTime() + n * 3_600_000).toISOString()
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    const { newsroom } = desk
    await newsroom.add(draftOf(story('asked', { desk: '<i>Metro</i>', requestsForComment: [] })))
    filed = (await run(newsroom, 'fileStatement', { issuerId: PORT, channel: 'EMAIL', text: 'The plan is mostly sound. It is number 7.', spokespersonDescriptor: 'a <u>spokesperson</u>' })).statement
    await run(newsroom, 'fileStatement', { issuerId: PORT, channel: 'PRESS_RELEASE', text: MARKUP, embargoedUntil: hours(48) })
    const { takenAt } = (await newsroom.readAsStaff(`{ filedStatement(id: "${filed.id}") { snapshots { takenAt } } }`)).data!['filedStatement'].snapshots[0]
    const reporting = (text: string) => [{ ...story(1).statements![0]!, lineage: filed.lineage, channel: 'EMAIL' as const, issuedAt: undefined, release: 'EXCERPT' as const, spokesperson: { descriptor: 'a <u>spokesperson</u>' }, texts: [{ takenAt, text }] }]
    const [first, second] = story('differs').quotes!
    await newsroom.add(draftOf(story('differs', { statements: reporting('The plan is mostly sound. It is number 7.'), quotes: [first!, { ...second!, excerptOf: undefined }] } as object)))
    await newsroom.add(draftOf(story('linked', { requestsForComment: [], statements: [], quotes: story('linked').quotes!.map((quote) => ({ ...quote, excerptOf: undefined })) } as object)))
    const cited = story('cited')
    await newsroom.add(draftOf({ ...cited, requestsForComment: [], statements: [], attributions: cited.attributions!.filter(({ key }) => key !== 'a4'), quotes: cited.quotes!.filter(({ attribution }) => attribution !== 'a4') } as typeof cited))
    const ask = async (n: string, input: object) => {
      const { id, revision } = await storyIds(newsroom, `harbor-plan-${n}`)
      expect((await run(newsroom, 'recordRequestForComment', { storyId: id, expectedRevision: revision, askedById: idOf('Journalist', 'sam-reyes'), attempts: [{ at: hours(-30), channel: 'PHONE' }], ...input })).errors).toEqual([])
    }
    await ask('asked', { organizationId: PORT, deadline: hours(-2) })
    await ask('asked', { personId: idOf('Person', 'mayor-lund'), deadline: hours(5) })
  })
  afterAll(() => desk.close())

  it('lists what is on file, and finds it by words of the text and by embargo, in the address', async () => {
    const opened = await desk.visit('/')
    const { page } = opened
    await page.getByRole('link', { name: 'Statements', exact: true }).click()
    const rows = page.getByRole('region', { name: 'Statements on file' }).getByRole('listitem')
    await expect.poll(() => rows.count()).toBe(2)
    expect(await rows.filter({ hasText: 'regret' }).textContent()).toMatch(/Port Authority.*press release.*excerpts alone may be public.*Embargo 1 d 23 h.*We <b>regret<\/b> nothing\. <script>/)
    await expectAccessible(page)
    await picture(page, 'statements')
    await page.getByLabel('Search issuers and full texts').fill('mostly number')
    await expect.poll(() => rows.count()).toBe(1)
    expect(new URL(page.url()).search).toBe('?q=mostly+number')
    await page.getByLabel('Embargo', { exact: true }).selectOption('Under embargo')
    await page.getByText('No statement fits.').waitFor()
    await page.goBack()
    await expect.poll(() => rows.allTextContents()).toEqual([expect.stringContaining('by a <u>spokesperson</u>')])
    expectQuiet(opened)
  })

  it('files a statement, names its organization, and leads to the one on file where the words are there already', async () => {
    const opened = await desk.visit('/statements?view=file', { role: 'REPORTER' })
    const { page } = opened
    const form = page.getByRole('form', { name: 'File a statement' })
    const fill = async (text: string) => {
      await form.getByLabel('Organization that put it out').fill('Bay Council')
      await form.getByLabel('Who spoke for it').fill('a clerk')
      await form.getByLabel('Channel').selectOption('letter')
      await form.getByRole('textbox', { name: 'Full text' }).fill(text)
      await form.getByRole('button', { name: 'File it' }).click()
    }
    await form.getByRole('textbox', { name: 'Full text' }).waitFor()
    await expectAccessible(page)
    await picture(page, 'file-statement')
    await fill('The council met.\n\nIt will meet again.')
    const article = page.getByRole('article', { name: 'Statement of Bay Council' })
    await article.getByText('It will meet again.').waitFor()
    expect(await article.textContent()).toMatch(/letter by a clerk.*filed by reporter.*No story reports it yet/s)
    await page.getByRole('link', { name: 'File a statement' }).click()
    await fill('The council met. It will meet again.')
    await page.getByRole('alert').getByRole('link', { name: 'See it' }).click()
    await article.waitFor()
    expectQuiet(opened)
  })

  it('holds the quotes of a statement against it word by word', async () => {
    const opened = await desk.visit(`/statements?open=${encodeURIComponent(filed.id)}`)
    const { page } = opened
    const quoted = page.getByRole('region', { name: 'Quoted in' })
    await quoted.getByText('Differs:').waitFor()
    expect(await quoted.locator('del').allTextContents()).toEqual(['the story leaves out: mostly'])
    expect(await quoted.locator('.differs').textContent()).toMatch(/plan is .*mostly.* sound/i)
    await expectAccessible(page)
    await picture(page, 'statement')
    // A later text has the words as the story has them.
    desk.newsroom.now = new Date(Date.now() + 1000)
    await run(desk.newsroom, 'addStatementText', { statementId: filed.id, text: 'The plan is sound, we now say.' })
    await page.reload()
    await quoted.getByText('✓ Word for word').waitFor()
    await page.getByLabel('Text as of').selectOption({ index: 0 })
    await page.locator('.full-text').getByText('mostly').waitFor()
    expectQuiet(opened)
  })

  it('holds any story against a statement, and links the quotes that stand in it', async () => {
    const opened = await desk.visit(`/statements?open=${encodeURIComponent(filed.id)}`)
    const { page } = opened
    const beside = page.getByRole('region', { name: 'Beside another story' })
    await beside.getByLabel('Slug or address of the story').fill('nowhere')
    await beside.getByRole('button', { name: 'Compare' }).click()
    await beside.getByText('There is no story “nowhere”.').waitFor()
    await beside.getByLabel('Slug or address of the story').fill(`${desk.newsroom.url}/desk/stories/harbor-plan-linked`)
    await beside.getByRole('button', { name: 'Compare' }).click()
    await beside.getByText('Does not report it.').waitFor()
    await expectAccessible(page)
    await picture(page, 'statement-beside')
    await beside.getByRole('button', { name: 'Link 1 quote' }).click()
    await beside.getByText('It stands under “Quoted in”.').waitFor()
    await page.getByRole('region', { name: 'Quoted in' }).getByRole('link', { name: 'Harbor plan linked' }).waitFor()
    const { story: stored } = (await desk.newsroom.readAsStaff('{ story(slug: "harbor-plan-linked") { quotes { excerpt { exact } } officialStatements { id } } }')).data!
    expect(stored.quotes.filter(({ excerpt }: { excerpt: object | null }) => excerpt)).toHaveLength(1)
    expect(stored.officialStatements.map(({ id }: { id: string }) => id)).toContain(filed.id)
    expectQuiet(opened)
  })

  it('offers the statement that holds the words which are credited, and links them', async () => {
    const opened = await desk.visit('/stories/harbor-plan-cited')
    const { page } = opened
    await page.getByRole('heading', { name: 'Harbor plan cited' }).waitFor()
    await page.evaluate(`(() => { const walk = document.createTreeWalker(document.querySelector('[data-paragraph="4"]'), NodeFilter.SHOW_TEXT); let node; while ((node = walk.nextNode()) && !node.textContent.includes('The plan is sound')); const at = node.textContent.indexOf('“The plan'); const range = document.createRange(); range.setStart(node, at); range.setEnd(node, node.textContent.indexOf('”', at) + 1); getSelection().removeAllRanges(); getSelection().addRange(range) })()`)
    await page.getByRole('button', { name: /Credit these words/ }).waitFor()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Credit these words' })
    await dialog.getByLabel('Who said so').selectOption('Port Authority')
    await dialog.getByLabel('Stands in a statement on file').selectOption({ label: 'Port Authority, email: The plan is sound, we now say. …' })
    await expectAccessible(page)
    await picture(page, 'credit-statement')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { story: stored } = (await desk.newsroom.readAsStaff('{ story(slug: "harbor-plan-cited") { quotes { text excerpt { statement { id } } } officialStatements { id attributions { cue { exact } } } } }')).data!
    expect(stored.quotes.find(({ text }: { text: string }) => text === 'The plan is sound.').excerpt.statement.id).toBe(filed.id)
    expect(stored.officialStatements).toEqual([{ id: filed.id, attributions: [{ cue: { exact: 'said' } }] }])
    expectQuiet(opened)
  })

  it('lists who was asked for comment, overdue first, and records an attempt and an answer', async () => {
    // An attempt is recorded as of the minute in the browser, which may not lie ahead of the newsroom's: also where it begins meanwhile.
    desk.newsroom.now = new Date(Date.now() + 60_000)
    const opened = await desk.visit('/statements?view=requests')
    const { page } = opened
    const rows = page.getByRole('region', { name: 'Requests for comment' }).getByRole('listitem')
    await rows.nth(2).waitFor()
    expect(await rows.allTextContents()).toEqual([expect.stringMatching(/^Port Authority Overdue.*<i>Metro<\/i>.*asked by Sam Reyes, 1 attempt, last by phone/), expect.stringMatching(/^Ib Lund waiting.*deadline in 4 h 5\d min/), expect.stringMatching(/^Ib Lund declined.*“The mayor declined to comment”/)])
    await expectAccessible(page)
    await picture(page, 'requests')
    await rows.nth(1).getByRole('button', { name: 'Record an attempt to reach Ib Lund' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('How').selectOption('text message')
    await dialog.getByLabel('Note').fill('<b>no</b> answer')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Record it' }).click()
    await rows.nth(1).getByText('2 attempts, last by text message').waitFor()
    expect(await rows.nth(1).textContent()).toContain('(<b>no</b> answer)')
    await rows.nth(0).getByRole('button', { name: 'Record an answer of Port Authority' }).click()
    await dialog.getByLabel('Their answer in full').fill('We answer in full.')
    await picture(page, 'record-answer')
    await dialog.getByRole('button', { name: 'Record it' }).click()
    const answered = rows.filter({ hasText: 'answered' })
    await answered.getByRole('link', { name: '“We answer in full.”' }).waitFor()
    await page.getByLabel('Requests', { exact: true }).selectOption('Settled')
    await expect.poll(() => rows.count()).toBe(2)
    expect(new URL(page.url()).search).toBe('?view=requests&show=settled')
    expectQuiet(opened)
  })

  it('tells who may not record that they may not', async () => {
    const { page } = await desk.visit('/statements?view=requests&show=outstanding', { role: 'LAWYER' })
    await page.getByRole('button', { name: 'Record an answer of Ib Lund' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Record it' }).click()
    await page.getByRole('alert').getByText('you are lawyer').waitFor()
  })

  it.each([['dark', 1440, '/statements?view=requests'], ['light', 320, '/statements?view=requests'], ['dark', 320, '/statements'], ['light', 320, 'one']] as const)('is as good to read in %s at %i pixels: %s', async (colors, width, address) => {
    const { page } = await desk.visit(address === 'one' ? `/statements?open=${encodeURIComponent(filed.id)}` : address, { colors, width, height: 800 })
    await page.locator('.row-line').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, `statements-${colors}-${width}${address === 'one' ? '-one' : ''}`, true)
  })

  describe('where somebody else saves, or an answer is lost', () => {
    const slug = 'harbor-plan-meanwhile'
    beforeAll(async () => {
      desk.newsroom.now = new Date(Date.now() + 60_000)
      await desk.newsroom.add(draftOf(story('meanwhile', { desk: 'Sports', requestsForComment: [] })))
      const { id, revision } = await storyIds(desk.newsroom, slug)
      expect((await run(desk.newsroom, 'recordRequestForComment', { storyId: id, expectedRevision: revision, organizationId: PORT, attempts: [{ at: hours(-30), channel: 'PHONE' }] })).errors).toEqual([])
    })
    const requestNow = async () => (await desk.newsroom.readAsStaff(`{ story(slug: "${slug}") { requestsForComment { key outcome attempts { channel note } answeredByStatement { fullText } } } }`)).data!['story'].requestsForComment[0]
    const filedNow = async () => (await desk.newsroom.readAsStaff('{ filedStatements(first: 50) { nodes { fullText } } }')).data!['filedStatements'].nodes.map(({ fullText }: { fullText: string }) => fullText)
    const open = async (what: 'answer of' | 'attempt to reach') => {
      const opened = await desk.visit('/statements?view=requests&desk=Sports')
      await opened.page.getByRole('button', { name: `Record an ${what} Port Authority` }).click()
      return { opened, page: opened.page, dialog: opened.page.getByRole('dialog') }
    }
    const colleagueTries = async (note: string) => {
      const { id, revision } = await storyIds(desk.newsroom, slug)
      expect((await run(desk.newsroom, 'recordAttempt', { storyId: id, expectedRevision: revision, request: (await requestNow()).key, attempt: { at: hours(-1), channel: 'IN_PERSON', note } })).errors).toEqual([])
    }

    it('reads the request again, keeps what was typed, and records it when asked again', async () => {
      const { opened, page, dialog } = await open('attempt to reach')
      await dialog.getByLabel('How').selectOption('letter')
      await dialog.getByLabel('Note').fill('by courier')
      await colleagueTries('knocked')
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await dialog.getByRole('alert').getByText('Somebody saved the story meanwhile').waitFor()
      await dialog.getByText('2 attempts, last by in person').waitFor()
      expect([await dialog.getByLabel('How').inputValue(), await dialog.getByLabel('Note').inputValue()]).toEqual(['LETTER', 'by courier'])
      expect((await requestNow()).attempts).toHaveLength(2)
      // The dialog's heading is that of every dialog, also on this page.
      expect(await page.evaluate(`(({ borderBottomWidth, fontSize }) => borderBottomWidth + ' ' + fontSize)(getComputedStyle(document.querySelector('.dialog h2')))`)).toBe('0px 24px')
      await expectAccessible(page)
      await picture(page, 'request-moved')
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await page.getByText('3 attempts, last by letter').waitFor()
      expectQuiet(opened)
    })

    it('does once what it is asked for again because the answer was lost', async () => {
      const { page, dialog } = await open('attempt to reach')
      let lost = 0
      await page.route('**/newsroom/graphql', async (route) => {
        if (lost > 0 || !route.request().postData()?.includes('recordAttempt')) return route.continue()
        lost += 1
        await route.fetch()
        return route.abort()
      })
      await dialog.getByLabel('Note').fill('once')
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await dialog.getByRole('alert').waitFor()
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect((await requestNow()).attempts.filter(({ note }: { note: string }) => note === 'once')).toHaveLength(1)
    })

    it('files no answer that it cannot record, and files it once', async () => {
      const { page, dialog } = await open('answer of')
      const before = await filedNow()
      await dialog.getByLabel('Their answer in full').fill('We answer after all.')
      await colleagueTries('knocked again')
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await dialog.getByRole('alert').getByText('nothing was recorded').waitFor()
      expect(await filedNow()).toEqual(before)
      expect(await dialog.getByLabel('Their answer in full').inputValue()).toBe('We answer after all.')
      // Now the answer is filed, and whether its outcome was recorded is not told.
      let lost = 0
      await page.route('**/newsroom/graphql', async (route) => {
        if (lost > 0 || !route.request().postData()?.includes('recordOutcome')) return route.continue()
        lost += 1
        await route.fetch()
        return route.abort()
      })
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await dialog.getByText('it is not filed again').waitFor()
      await picture(page, 'request-filed')
      await dialog.getByRole('button', { name: 'Record it' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('link', { name: '“We answer after all.”' }).waitFor()
      expect((await filedNow()).filter((text: string) => text === 'We answer after all.')).toHaveLength(1)
      expect(await requestNow()).toMatchObject({ outcome: 'ANSWERED', answeredByStatement: { fullText: 'We answer after all.' } })
    })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocument } from '../../src/document/index.js'
import { story } from '../support/documents.js'
import { weakStory } from '../support/weak-story.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture } from './desk-browser.js'

const PASTED = `Mayor to quit over harbor deal

The mayor will resign on Monday, two officials briefed on the decision said. “I have nothing to hide,” Mayor Ib Lund told reporters on Tuesday.

The officials said that the deal had been signed in secret.`

describe.skipIf(!hasBrowser)('the desk: working on a story', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    const drafts = ['edit', 'kept', 'merge', 'credit', 'named', 'lose'].map((name) => { const { publication: _unpublished, ...draft } = story(name); return draft })
    await desk.newsroom.add(...drafts, weakStory('weak'))
  })
  afterAll(() => desk.close())

  const stored = async (slug: string): Promise<{ id: string; revision: { number: number }; state: string; document: StoryDocument }> => (await desk.newsroom.readAsStaff(`{ story(slug: "${slug}") { id state revision { number } document } }`)).data!['story']

  it('saves an edited text; what is marked follows its words, and what lost them is told', async () => {
    const opened = await desk.visit('/stories/harbor-plan-edit')
    const { page } = opened
    await page.getByRole('heading', { name: 'Harbor plan edit moves ahead' }).waitFor()
    await page.keyboard.press('e')
    const field = page.getByLabel('Paragraph 3')
    await field.fill('In the end, two officials briefed on the plan said that the money is there.')
    await page.getByText('marks lost their words').click()
    await page.getByText('“Two officials briefed on the plan”').first().waitFor()
    await field.fill('In the end: Two officials briefed on the plan said that the money is there, because they may not speak for the port.')
    await expect.poll(() => page.getByText('lost their words').count()).toBe(0)
    expect(await page.locator('.twin [data-a~="a2"].content').textContent()).toBe('the money is there')
    await expectAccessible(page)
    await picture(page, 'editing')
    await field.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('A new paragraph.')
    await page.keyboard.press('Control+s')
    await page.getByText('revision 2', { exact: false }).first().waitFor()
    const { document, revision } = await stored('harbor-plan-edit')
    expect(revision.number).toBe(2)
    expect(document.paragraphs[3]!.text).toBe('A new paragraph.')
    expect(document.attributions.find(({ key }) => key === 'a2')!.content[0]!.exact).toBe('the money is there')
    expect(document.attributions).toHaveLength(8)
    expectQuiet(opened)
  })

  it('says plainly, and once, which quotes and attributions go with the words that one changes', async () => {
    const opened = await desk.visit('/stories/harbor-plan-lose')
    const { page } = opened
    await page.getByRole('heading', { name: 'Harbor plan lose' }).waitFor()
    await page.keyboard.press('e')
    await page.getByLabel('Paragraph 2').fill('“We shall build berth lose,” port director Ada Quill said at a hearing.')
    const notice = page.locator('.removed')
    await notice.getByText('On saving, Ada Quill’s quote and attribution are removed, since their words changed').waitFor()
    expect(await notice.locator('p').allTextContents()).toEqual(['On saving, Ada Quill’s quote and attribution are removed, since their words changed: “We will build berth lose”'])
    expect(await page.getByText('lost their words').count()).toBe(0)
    await page.getByLabel('Paragraph 3').fill('Two officials briefed on the plan said that money is there, because they may not speak for the port.')
    await notice.getByText('On saving, the attribution of “two officials briefed on the plan” is removed, since its words changed: “the money is there”').waitFor()
    await notice.getByText('On saving, a claim is removed, since its words changed').waitFor()
    await expectAccessible(page)
    await picture(page, 'removed')
    await page.keyboard.press('Control+s')
    await page.getByText('revision 2', { exact: false }).first().waitFor()
    const { document } = await stored('harbor-plan-lose')
    expect(document.quotes.map(({ key }) => key)).toEqual(['q2'])
    expect(document.attributions.map(({ key }) => key)).not.toContain('a1')
    expectQuiet(opened)
  })

  it('checks while one types, and says how many errors there are', async () => {
    const { page } = await desk.visit('/stories/weak')
    await page.getByText('1 error', { exact: false }).first().waitFor()
    await page.keyboard.press('e')
    const field = page.getByLabel('Paragraph 2')
    await field.fill('The bridge will close in May.')
    await page.getByText('Not saved. 0 errors').waitFor()
    await field.fill('The bridge will close in May, sources said.')
    await page.getByText('Nothing changed yet').waitFor()
  })

  it('keeps what saves in sight on a small screen, too', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-edit', { width: 320, height: 600 })
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Paragraph 6').fill('The Bay Ledger first reported the cost, an audit put it at a billion, and critics called it folly again.')
    await page.evaluate('window.scrollTo(0, 700)')
    await expect.poll(() => page.evaluate('(() => { const button = document.querySelector(".writing-bar .primary"), box = button.getBoundingClientRect(); return scrollY > 400 && document.elementFromPoint(box.x + box.width / 2, box.y + 4) === button })()')).toBe(true)
    await picture(page, 'writing-320')
  })

  it('keeps what is not saved over a reload, and keeps nothing but the text', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-kept')
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in autumn.')
    const kept = await page.evaluate<string>('JSON.stringify({ ...localStorage })')
    expect(kept).toContain('work begins in autumn')
    expect(kept).not.toContain('CANARY')
    await page.reload()
    expect(await page.getByLabel('Paragraph 4').inputValue()).toBe('They told the Tidewater Post that work begins in autumn.')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Throw away' }).click()
    await page.getByRole('heading', { name: 'Harbor plan kept' }).waitFor()
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain('autumn')
  })

  it('shows both texts where somebody else saved first, and merges them by paragraph', async () => {
    const opened = await desk.visit('/stories/harbor-plan-merge')
    const { page } = opened
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const { id, document } = await stored('harbor-plan-merge')
    const theirs = (at: number, text: string) => ({ at, remove: 1, insert: [{ text }] })
    await desk.newsroom.readAsStaff('mutation Edit($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { message } } }', {
      input: { storyId: id, expectedRevision: 1, edits: [theirs(3, 'They told the Tidewater Post that work begins in May.'), theirs(5, `${document.paragraphs[5]!.text} Nobody else did.`)] },
    }, 'STANDARDS_EDITOR')
    await page.getByLabel('Paragraph 4').fill('They told the Tidewater Post that work begins in autumn.')
    await page.keyboard.press('Control+s')
    const merge = page.getByRole('region', { name: 'Two edits of the same text' })
    await merge.getByRole('heading', { name: /standards_editor saved revision 2/ }).waitFor()
    expect(await merge.textContent()).toContain('work begins in May')
    expect(await merge.textContent()).toContain('work begins in autumn')
    expect(await merge.getByRole('group', { name: 'Place 6' }).getByRole('radio', { name: /^Theirs/ }).isChecked()).toBe(true)
    await expectAccessible(page)
    await picture(page, 'merge')
    await page.reload()
    await merge.getByRole('button', { name: 'Go on with this text' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('revision 3', { exact: false }).first().waitFor()
    const merged = (await stored('harbor-plan-merge')).document.paragraphs.map(({ text }) => text)
    expect(merged[3]).toBe('They told the Tidewater Post that work begins in autumn.')
    expect(merged[5]).toContain('Nobody else did.')
    expectQuiet(opened)
  })

  it('waives a finding with a reason, and takes that back', async () => {
    const opened = await desk.visit('/stories/weak')
    const { page } = opened
    const note = page.locator('.note-error').first()
    await note.getByRole('button').first().click()
    await note.getByRole('button', { name: 'Waive …' }).click()
    await note.getByLabel('Reason').selectOption('legal advice')
    await note.getByLabel('Note').fill('Counsel agreed.')
    await expectAccessible(page)
    await picture(page, 'waive')
    await note.getByRole('button', { name: 'Waive', exact: true }).click()
    await page.getByRole('button', { name: '1 waived' }).click()
    const waived = page.locator('.note.is-waived')
    if (await waived.getByText('Counsel agreed').count() === 0) await waived.getByRole('button').first().click()
    await waived.getByText(/Waived by editor: legal advice – Counsel agreed/).waitFor()
    await waived.getByRole('button', { name: 'Take the waiver back' }).click()
    await expect.poll(async () => (await desk.newsroom.readAsStaff('{ story(slug: "weak") { waivers { isInForce } } }')).data!['story'].waivers.map(({ isInForce }: { isInForce: boolean }) => isInForce)).toEqual([false])
    expectQuiet(opened)
  })

  it('tells a reporter plainly that waiving is not for them', async () => {
    const { page } = await desk.visit('/stories/weak', { role: 'REPORTER' })
    const note = page.locator('.note-error').first()
    await note.getByRole('button').first().click()
    await note.getByRole('button', { name: 'Waive …' }).click()
    await note.getByRole('button', { name: 'Waive', exact: true }).click()
    await note.getByRole('alert').waitFor()
  })

  it('reads pasted text, and has each proposal accepted, rejected or edited by keyboard', async () => {
    const opened = await desk.visit('/new')
    const { page } = opened
    await page.getByLabel('Text').fill(PASTED)
    await page.locator('.preview').getByText('two officials briefed on the decision').waitFor()
    await expectAccessible(page)
    await picture(page, 'new')
    await page.getByLabel('Desk', { exact: true }).fill('Metro')
    await page.getByLabel('Slug').fill('mayor-to-quit')
    await page.getByRole('button', { name: 'Make the story' }).click()
    await page.getByRole('button', { name: /\d+ proposals/ }).waitFor()
    await page.keyboard.press('r')
    const list = page.getByRole('region', { name: 'Proposals' })
    await list.waitFor()
    const before = await list.getByRole('listitem').count()
    expect(before).toBeGreaterThanOrEqual(6)
    await page.keyboard.press('a')
    await page.keyboard.press('x')
    await page.keyboard.press('a')
    await expectAccessible(page)
    await picture(page, 'proposals')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => list.getByRole('listitem').count()).toBeLessThan(before)
    const { document } = await stored('mayor-to-quit')
    expect(document.sources.filter(({ confirmed }) => confirmed).length).toBeGreaterThan(0)
    const anonymous = document.sources.find((source) => source.kind === 'ANONYMOUS' && !source.confirmed)
    if (anonymous) {
      await list.getByRole('button', { name: /^Source/ }).first().click()
      await list.getByRole('button', { name: 'Edit' }).click()
      await list.getByLabel('Called').fill('two officials who were told')
      await list.getByRole('button', { name: 'Accept as edited' }).click()
      await expect.poll(async () => (await stored('mayor-to-quit')).document.sources.some((source) => source.kind === 'ANONYMOUS' && source.confirmed && source.descriptor === 'two officials who were told')).toBe(true)
    }
    await list.getByRole('button', { name: 'Accept all' }).click()
    await list.waitFor({ state: 'detached' })
    const done = (await stored('mayor-to-quit')).document
    expect([...done.sources, ...done.attributions, ...done.quotes].every(({ confirmed }) => confirmed)).toBe(true)
    expectQuiet(opened)
  })

  it('credits selected words to a new anonymous source, with the quote in them', async () => {
    const opened = await desk.visit('/stories/harbor-plan-credit')
    const { page } = opened
    await page.getByRole('heading', { name: 'Harbor plan credit' }).waitFor()
    await page.evaluate(`(() => { const p = document.querySelector('[data-paragraph="4"]'); const range = document.createRange(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let node, last; while ((node = walk.nextNode())) last = node; const at = last.textContent.indexOf('The mayor'); range.setStart(last, Math.max(0, at)); range.setEnd(last, last.textContent.length - 1); getSelection().removeAllRanges(); getSelection().addRange(range) })()`)
    await page.getByRole('button', { name: /Credit these words/ }).waitFor()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Credit these words' })
    await dialog.getByLabel('Who said so').selectOption('a new anonymous source …')
    await dialog.getByLabel('What the story calls the source').fill('an aide')
    await dialog.getByLabel(/Words that credit/).fill('nowhere')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'does not stand in this paragraph' }).waitFor()
    await dialog.getByLabel(/Words that credit/).fill('said in a statement')
    await dialog.getByLabel('Terms of the conversation').selectOption('background')
    await expectAccessible(page)
    await picture(page, 'credit')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { document } = await stored('harbor-plan-credit')
    const added = document.attributions.at(-1)!
    expect(document.sources.find(({ key }) => key === added.source)).toMatchObject({ kind: 'ANONYMOUS', descriptor: 'an aide' })
    expect(added).toMatchObject({ cue: { exact: 'said in a statement' }, groundRules: { terms: 'BACKGROUND' }, speech: 'INDIRECT' })
    expectQuiet(opened)
  })

  it('credits selected words to a person who is not in the cast yet', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-named')
    await page.getByRole('heading', { name: 'Harbor plan named' }).waitFor()
    await page.evaluate(`(() => { const p = document.querySelector('[data-paragraph="4"]'); const range = document.createRange(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let node, last; while ((node = walk.nextNode())) last = node; range.setStart(last, last.textContent.indexOf('declined')); range.setEnd(last, last.textContent.length - 1); getSelection().removeAllRanges(); getSelection().addRange(range) })()`)
    await page.getByRole('button', { name: /Credit these words/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Credit these words' })
    await dialog.getByLabel('Who said so').selectOption('a person not in the cast yet …')
    await dialog.getByLabel('Name of the person').fill('Zoë O’Neil')
    await dialog.getByLabel(/Words that credit/).fill('')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { document } = await stored('harbor-plan-named')
    expect(document.people.at(-1)).toMatchObject({ key: 'zoe-oneil', name: 'Zoë O’Neil' })
    expect(document.sources.find(({ key }) => key === document.attributions.at(-1)!.source)).toMatchObject({ kind: 'PERSON', person: 'zoe-oneil' })
    // Ib Lund is of the cast, and has said nothing yet.
    await page.evaluate(`(() => { const p = document.querySelector('[data-paragraph="3"]'); const range = document.createRange(); range.selectNodeContents(p); getSelection().removeAllRanges(); getSelection().addRange(range) })()`)
    await page.getByRole('button', { name: /Credit these words/ }).click()
    await dialog.getByLabel('Who said so').selectOption('a person not in the cast yet …')
    await dialog.getByLabel('Name of the person').fill('ib lund')
    await dialog.getByLabel(/Words that credit/).fill('')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const after = (await stored('harbor-plan-named')).document
    expect(after.people).toEqual(document.people)
    expect(after.sources.find(({ key }) => key === after.attributions.at(-1)!.source)).toMatchObject({ kind: 'PERSON', person: 'mayor-lund' })
  })

  it.each([['dark', 320], ['light', 900]] as const)('can be written in, in %s at %i pixels', async (colors, width) => {
    const { page } = await desk.visit('/stories/weak', { colors, width, height: 800 })
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Paragraph 2').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, `editing-${colors}-${width}`)
  })
})

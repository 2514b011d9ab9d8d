import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillWithDemo } from '../../src/demo/fill.js'
import { draftOf, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import { weakStory } from '../support/weak-story.js'
import { DeskBrowser, expectAccessible, expectQuiet, hasBrowser, picture, type Opened } from './desk-browser.js'

const PENTAGON = '/stories/pentagon-anthropic-deadline'
const HOSTILE = '<img src=x onerror="document.title=1"><script>alert(1)</script>{{7*7}}'

describe.skipIf(!hasBrowser)('the desk: a story with its sourcing', () => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await DeskBrowser.open()
    await fillWithDemo(desk.newsroom.database, desk.newsroom.sources)
    await desk.newsroom.partnerKey({ desks: ['Metro'] }, 'Bay Radio')
    await desk.newsroom.partnerKey({ desks: ['Science'] }, 'Lab Weekly')
    const { publication: _unpublished, ...draft } = story('draft')
    await desk.newsroom.add(story('one'), draft, draftOf(story('forms')), weakStory('weak'), {
      ...draft, slug: 'hostile', desk: HOSTILE, slugline: HOSTILE, paragraphs: [{ role: 'HEADLINE', text: HOSTILE }, ...draft.paragraphs.slice(1), { text: HOSTILE }],
      people: [{ key: 'ada-quill', name: HOSTILE, affiliations: [] }, { key: 'mayor-lund', name: HOSTILE }], organizations: [{ key: 'port', name: HOSTILE }],
      journalists: draft.journalists!.map(({ key }) => ({ key, name: HOSTILE })), outlets: draft.outlets!.map(({ key }) => ({ key, name: HOSTILE })),
    })
  })
  afterAll(() => desk.close())

  it('shows every attribution in its place, anonymous ones set apart by more than colour', async () => {
    const opened = await desk.visit(PENTAGON)
    const { page } = opened
    await page.getByRole('button', { name: 'the sources', exact: true }).waitFor()
    const styleOf = (selector: string) => page.evaluate<string>(`(({ borderBottomStyle, borderBottomWidth }) => borderBottomStyle + ' ' + borderBottomWidth)(getComputedStyle(document.querySelector(${JSON.stringify(selector)})))`)
    expect(await styleOf('.content.on-anonymous:not(.quote)')).toBe('dashed 2px')
    expect(await styleOf('.content.on-named:not(.quote)')).toBe('solid 1px')
    expect(await styleOf('.content.on-loose:not(.quote)')).toBe('dotted 2px')
    const document = await desk.newsroom.readAsStaff('{ story(slug: "pentagon-anthropic-deadline") { document } }')
    const { attributions } = document.data!['story'].document
    for (const { key } of attributions) expect(await page.locator(`[data-a~="${key}"]`).count(), key).toBeGreaterThan(0)
    expect(await page.locator('[data-paragraph]').allTextContents()).toEqual(document.data!['story'].document.paragraphs.map(({ text }: { text: string }) => text))
    await page.getByRole('img', { name: /50% on anonymous ones/ }).waitFor()
    await expectAccessible(page)
    await picture(page, 'story')
    expectQuiet(opened)
  })

  it('tells by keyboard who is credited, on which terms, how many they are and where they came in', async () => {
    const { page } = await desk.visit(PENTAGON)
    await page.getByRole('button', { name: 'the sources', exact: true }).waitFor()
    for (let step = 0; step < 40 && (await focused(page)) !== 'the person'; step += 1) await page.keyboard.press('j')
    const card = page.getByRole('tooltip')
    expect(await card.textContent()).toContain('one source familiar with the meeting')
    expect(await card.textContent()).toMatch(/one person, not named.*familiar with the meeting.*no terms on file.*Earlier“one source familiar with the meeting”, paragraph 8/s)
    expect(await page.locator('.threads path').count()).toBe(1)
    expect(await page.locator('.is-antecedent').first().textContent()).toBe('one source familiar with the meeting')
    await expectAccessible(page)
    await picture(page, 'attribution')
    await page.keyboard.press('Escape')
    expect(await card.count()).toBe(0)
    await page.getByRole('button', { name: 'they', exact: true }).hover()
    await card.waitFor()
    expect(await card.textContent()).toContain('at least 2 people')
  })

  it('puts findings beside their sentences, opens them by keyboard, and leads to related places', async () => {
    const { page } = await desk.visit(PENTAGON)
    const note = page.locator('.note').filter({ hasText: 'Claim grows or shrinks' }).first()
    await note.waitFor()
    const [words, beside] = [await page.getByText('complete control', { exact: true }).boundingBox(), await note.boundingBox()]
    expect(Math.abs(words!.y - beside!.y)).toBeLessThan(80)
    expect(beside!.x).toBeGreaterThan(words!.x + words!.width)
    await note.getByRole('button').click()
    await note.getByRole('button', { name: '“without limits”' }).click()
    expect(await page.locator('.is-looked-at').textContent()).toBe('without limits')
    await picture(page, 'finding')
    await page.getByRole('button', { name: '40 warnings' }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    expect(await page.locator('.note.is-open').count()).toBe(1)
    await expectAccessible(page)
    await page.getByRole('button', { name: '2 waived' }).click()
    await page.locator('.note.is-waived').first().getByRole('button').click()
    await page.getByText('Waived by Ruth Kessler').waitFor()
  })

  it('lists the cast with mentions, terms, approvals and who was asked', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-one')
    const cast = page.getByRole('complementary', { name: 'Cast' })
    await cast.getByRole('button', { name: /two officials briefed on the plan/ }).waitFor()
    expect(await cast.textContent()).toMatch(/2 people; briefed on the plan; not allowed to speak for the port.*Granted by Sam Reyes.*CANARY-AGREED-REASON.*Approved by Linh Vo: .*An editor knows the identity/s)
    expect(await cast.textContent()).toMatch(/Ib Lund\s*declined.*1 attempt, last by phone/s)
    await cast.getByRole('button', { name: /two officials briefed on the plan/ }).click()
    expect(await page.locator('.of-source.mention').allTextContents()).toEqual(['Two officials briefed on the plan', 'They'])
    await expectAccessible(page)
  })

  it('shows what a publication will bring about before it does it', async () => {
    const opened = await desk.visit('/stories/harbor-plan-draft')
    const { page } = opened
    await page.getByRole('button', { name: 'Publish …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish?' })
    await dialog.getByText('Bay Radio').waitFor()
    const said = (await dialog.textContent())!
    expect(said).toMatch(/7 paragraphs, 7 attributions, 2 quotes/)
    expect(said).toMatch(/Stays in the newsroom: 1 attribution/)
    expect(said).toContain('night@partner.example')
    expect(said).not.toContain('Lab Weekly')
    await expectAccessible(page)
    await picture(page, 'publish')
    const stops = said.includes('will stop it')
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    if (stops) return void await dialog.getByRole('alert').waitFor()
    await page.getByText('version 1', { exact: true }).waitFor()
    expect((await desk.newsroom.read('{ story(slug: "harbor-plan-draft") { version } }')).data!['story']).toEqual({ version: 1 })
    expectQuiet(opened)
  })

  it('tells once what stopped a publication, in words', async () => {
    const { page } = await desk.visit('/stories/weak')
    await page.getByRole('button', { name: 'Publish …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish?' })
    await dialog.getByText('1 error will stop it').waitFor()
    const told = (await dialog.locator('.stopping li').textContent())!.replace('!error:', '').trim()
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByText('1 error stopped it').waitFor()
    await dialog.getByRole('alert').getByText('Nothing was done.').waitFor()
    const said = (await dialog.textContent())!
    expect(said.split(told)).toHaveLength(2)
    expect(said).not.toContain('bare-source-descriptor')
    await expectAccessible(page)
    await picture(page, 'publish-refused')
  })

  it('tells of a correction in one line', async () => {
    const { data } = await desk.newsroom.readAsStaff('{ stories(first: 100) { nodes { slug corrections { version } } } }')
    const { slug } = data!['stories'].nodes.find(({ corrections }: { corrections: object[] }) => corrections.length === 1)
    const { page } = await desk.visit(`/stories/${slug}`)
    const line = page.locator('.story-head .correction')
    await line.waitFor()
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.story-head .correction')).display`)).toBe('block')
    expect((await line.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/^Correction in version 2, .+: An earlier version gave the number/)
    await picture(page, 'correction')
  })

  it('kills a story after asking, and says what those who took it are told', async () => {
    const { page } = await desk.visit('/stories/harbor-plan-one')
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('button', { name: 'Kill …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Kill?' })
    await dialog.getByText('This cannot be taken back').waitFor()
    await dialog.getByLabel(/What those who took the story are told/).fill('Take it down at once.')
    await expectAccessible(page)
    await picture(page, 'kill')
    await dialog.getByRole('button', { name: 'Kill', exact: true }).click()
    await page.getByText('Killed', { exact: true }).waitFor()
    expect((await desk.newsroom.read('{ tombstone(slug: "harbor-plan-one") { reason advisory } }')).data!['tombstone']).toEqual({ reason: 'KILLED', advisory: 'Take it down at once.' })
  })

  it('compares revisions side by side, with what became of each attribution', async () => {
    const { data } = await desk.newsroom.readAsStaff('{ story(slug: "kelp-forest-returns") { id revision { number } document } }')
    const { id, revision, document } = data!['story']
    const at = document.attributions[0].content[0]
    const words = document.paragraphs[at.paragraph].text
    await desk.newsroom.readAsStaff(`mutation Edit($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { message } } }`, {
      input: { storyId: id, expectedRevision: revision.number, edits: [{ at: at.paragraph, remove: 1, insert: [{ text: words.slice(0, at.start) + 'Something else entirely' + words.slice(at.end) }] }] },
    })
    const opened = await desk.visit('/stories/kelp-forest-returns')
    await opened.page.getByRole('link', { name: 'Compare' }).click()
    const table = opened.page.getByRole('table')
    await table.waitFor()
    expect((await table.locator('ins').allTextContents()).join(' ')).toContain('Something')
    expect(await opened.page.getByRole('heading', { name: /Attributions/ }).textContent()).toMatch(/\d+ change/)
    await expectAccessible(opened.page)
    await picture(opened.page, 'compare')
    expectQuiet(opened)
  })

  it('names in words the fields that changed', async () => {
    const { id, revision } = await storyIds(desk.newsroom, 'harbor-plan-forms')
    const { document } = (await desk.newsroom.readAsStaff('{ story(slug: "harbor-plan-forms") { document } }')).data!['story']
    const entry = { ...document.attributions.find(({ key }: { key: string }) => key === 'a3'), mentionForm: 'DESCRIPTION' }
    const { data, errors } = await desk.newsroom.readAsStaff('mutation ($input: EditEntriesInput!) { editEntries(input: $input) { errors { message } } }', { input: { storyId: id, expectedRevision: revision, edits: [{ collection: 'ATTRIBUTIONS', key: 'a3', entry }] } })
    expect([errors, data?.['editEntries'].errors]).toEqual([undefined, []])
    const { page } = await desk.visit('/stories/harbor-plan-forms?compare=1-2')
    await page.locator('.compare-entries').getByText('mention form:').waitFor()
  })

  it('shows markup and scripts in every field as text', async () => {
    const opened = await desk.visit('/stories/hostile')
    const { page } = opened
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE)
    expect(await page.locator('.cast').textContent()).toContain(HOSTILE)
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('j')
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('n')
    expect(await page.title()).toBe(`${HOSTILE} – Onrecord desk`)
    expect(await page.locator('main img:not([role]), main script').count()).toBe(0)
    expectQuiet(opened)
  })

  it('says so where there is no such story', async () => {
    const { page } = await desk.visit('/stories/nothing-here')
    await page.getByRole('heading', { name: 'There is no such story' }).waitFor()
    await expectAccessible(page)
  })

  it.each([['dark', 1440], ['light', 320], ['light', 900]] as const)('is as good to read in %s at %i pixels', async (colors, width) => {
    const { page } = await desk.visit(PENTAGON, { colors, width, height: 900 })
    await page.getByRole('button', { name: 'the sources', exact: true }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await expectAccessible(page)
    await picture(page, `story-${colors}-${width}`)
  })
})

function focused(page: Opened['page']): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent')
}

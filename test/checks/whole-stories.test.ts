import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkDocument, PROFILE_NAMES } from '../../src/checks/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { extract } from '../../src/extraction/index.js'

const demo = demoDocuments(new Date('2026-03-02T12:00:00Z'))
const storyOf = (slug: string) => demo.find((document) => document.slug === slug)!
const STORIES = new URL('../extraction/stories/', import.meta.url)
const texts = readdirSync(STORIES).map((file) => JSON.parse(readFileSync(new URL(file, STORIES), 'utf8')) as { id: string; text: string })
const rulesOf = (text: string) => checkDocument(extract(text).document).map((finding) => finding.rule)

describe('a well-sourced story', () => {
  it.each(PROFILE_NAMES)('has no finding at all in the profile %s', (profile) => {
    expect(checkDocument(storyOf('ellis-street-bridge-audit'), { profile }).map((finding) => finding.what)).toEqual([])
  })
})

describe('a story as plain text', () => {
  it.each([...texts.map(({ id, text }) => [id, text] as const), ...demo.map(({ slug, paragraphs }) => [slug, paragraphs.map(({ text }) => text).join('\n\n')] as const)])('%s is asked about, and accused of nothing', (_, text) => {
    for (const finding of checkDocument(extract(text).document)) {
      expect(finding.severity, finding.what).not.toBe('error')
      expect(finding.what).toMatch(/^Is this right: .*\?$/s)
    }
  })
  it.each([
    ['residents and witnesses', 'Residents said the water was brown. Witnesses told police that a valve had burst.'],
    ['the officials of a public body', 'County health officials said the water was safe. School officials closed two buildings, they said.'],
    ['a crowd at a place', 'People on Front Street said the lights had gone out. Analysts on the call said the firm was sound.'],
    ['a named speaker with a title', '"The water is safe," Health Commissioner Ada Quill said at a news conference in the capital.'],
    ['an institution', 'The water authority said that the valve had been replaced. The ministry confirmed the repair.'],
  ])('is asked for no reason for anonymity because of %s', (_, text) => {
    expect(rulesOf(text).filter((rule) => /anonym|plural|source-claim|descriptor|basis/.test(rule))).toEqual([])
  })
})

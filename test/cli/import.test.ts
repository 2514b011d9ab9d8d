import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyDocumentOf, type StoryDocument } from '../../src/document/index.js'
import { exportStories } from '../../src/stories/index.js'
import { story } from '../support/documents.js'
import { CliPlace, jsonl, lines } from './onrecord.js'

const draft = (n: number | string, change = {}) => {
  const { publication: _, ...document } = story(n, change)
  return document
}

describe('onrecord import, publish and export', () => {
  let place: CliPlace
  beforeAll(async () => { place = await CliPlace.open() })
  afterAll(() => place.remove())
  const inTime = expect.stringMatching(/ in \d+\.\d s\n$/)

  it('carry stories from a file into the newsroom, out to readers and into a file again', async () => {
    const [first, second, third] = [draft(1, { evolvedFrom: 'harbor-plan-2' }), story(2), draft(3)].map((document) => storyDocumentOf(document))
    const file = await place.file('stories.jsonl', jsonl([first, second]))
    const imported = await place.run(['import', file, '-'], { input: JSON.stringify([third], null, 2) })
    expect(imported).toEqual({ code: 0, out: inTime, err: '' })
    expect(imported.out).toMatch(/^3 documents stored, 0 refused in /)

    const published = await place.run(['publish', 'harbor-plan-3', 'no-such-story', 'harbor-plan-2'])
    expect(published).toMatchObject({ code: 1, out: 'published  harbor-plan-3  version 1\n' })
    expect(lines(published.err)).toEqual(['There is no story "no-such-story".', expect.stringMatching(/^The current revision of "harbor-plan-2" is public already, as version 1\./)])

    const exported = await place.run(['export', '--all'])
    expect(exported).toMatchObject({ code: 0, err: '3 stories exported.\n' })
    const documents = lines(exported.out).map((line) => JSON.parse(line) as StoryDocument)
    const bySlug = new Map(documents.map((document) => [document.slug, document]))
    expect(storyDocumentOf(bySlug.get(first!.slug))).toEqual(first)
    expect(storyDocumentOf(bySlug.get(second!.slug))).toEqual(second)
    expect(bySlug.get(third!.slug)).toMatchObject({ ...third, publication: { version: 1 } })
    expect(documents.findIndex(({ slug }) => slug === 'harbor-plan-2')).toBeLessThan(documents.findIndex(({ slug }) => slug === 'harbor-plan-1'))

    const array = await place.run(['export', '--format', 'json', 'harbor-plan-2', 'nowhere'])
    expect(array).toMatchObject({ code: 1, err: 'There is no story "nowhere".\n1 story exported.\n' })
    expect(JSON.parse(array.out)).toEqual([bySlug.get('harbor-plan-2')])
  })

  it('names file, line or index, path and reason of everything it refuses, and stores the rest', async () => {
    const broken = await place.file('broken.jsonl', [
      JSON.stringify(draft(11)),
      JSON.stringify(draft(12, { desk: 'Me\u0000tro', urgency: 12 })),
      JSON.stringify(draft(13)).slice(0, 700),
      JSON.stringify(draft(11)),
      JSON.stringify({ ...draft(14), onrecord: 7 }),
      JSON.stringify(draft(15)),
    ].join('\n'))
    const array = await place.file('array.json', JSON.stringify([draft(16), draft(17, { kind: 'RUMOUR' as never })]))
    const cut = await place.file('cut.json', JSON.stringify(draft(18), null, 2).slice(0, 900))
    const empty = await place.file('empty.jsonl', '')
    const latin1 = await place.file('latin1.json', Buffer.from('{"desk":"Caf\u00e9"}', 'latin1'))
    const { code, out, err } = await place.run(['import', broken, array, cut, empty, latin1])
    expect(code).toBe(1)
    expect(out).toMatch(/^3 documents stored, 8 refused in /)
    expect(lines(err)).toEqual([
      expect.stringMatching(/^\S+broken\.jsonl:2: desk holds the control character U\+0000 at offset 2; remove it$/),
      expect.stringMatching(/^\S+broken\.jsonl:2: urgency /),
      expect.stringMatching(/^\S+broken\.jsonl:3: breaks off in the middle; the file may be cut off$/),
      expect.stringMatching(/^\S+broken\.jsonl:4: slug "harbor-plan-11" belongs to another story; choose another slug$/),
      expect.stringMatching(/^\S+broken\.jsonl:5: onrecord is version 7; this release reads version 1\. /),
      expect.stringMatching(/^\S+array\.json\[1\]: kind /),
      expect.stringMatching(/^\S+cut\.json: breaks off in the middle; the file may be cut off$/),
      expect.stringMatching(/^\S+empty\.jsonl: is empty; there is no document in it$/),
      expect.stringMatching(/^\S+latin1\.json:1: is not valid UTF-8; save it as UTF-8$/),
    ])
  })

  it('checks only, where that is asked for', async () => {
    const file = await place.file('dry.jsonl', jsonl([draft(21), draft(22, { evolvedFrom: 'harbor-plan-21' }), draft(21)]))
    const { code, out, err } = await place.run(['import', '--dry-run', file])
    expect({ code, err: lines(err) }).toEqual({ code: 1, err: [expect.stringMatching(/:3: slug "harbor-plan-21" belongs to an earlier document/)] })
    expect(out).toMatch(/^2 documents can be stored, 1 refused in /)
    expect(await place.run(['export', 'harbor-plan-21'])).toMatchObject({ code: 1, out: '' })
  })

  it('refuses what is no file before it stores anything', async () => {
    const good = await place.file('good.jsonl', jsonl([draft(31)]))
    expect(await place.run(['import', good, `${place.folder}/missing.json`])).toEqual({ code: 2, out: '', err: `There is no file ${place.folder}/missing.json.\n` })
    expect(await place.run(['import', good, place.folder])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/ is a folder\. Name the files in it: /) })
    expect(await place.run(['import', '-', '-'])).toMatchObject({ code: 2, err: 'Standard input ("-") can be read once.\n' })
  })

  it('ends quietly where the reader of an export has seen enough', async () => {
    const child = place.start(['export', '--all'])
    let err = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => { err += text })
    child.stdout!.destroy()
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
    expect(err).not.toMatch(/EPIPE|\n\s+at /)
  })
})

it('an import killed in the middle leaves whole stories only', async () => {
  const place = await CliPlace.open({ isEmbedded: true })
  try {
    const documents = new Map(Array.from({ length: 400 }, (_, index) => storyDocumentOf(index % 2 === 0 ? story(`k${index}`) : draft(`k${index}`))).map((document) => [document.slug, document]))
    const input = [...documents.values()].map((document, index) => jsonl(index === 20 ? [document, { onrecord: 7 }] : [document])).join('')
    const child = place.start(['import', '-'])
    child.stdin!.on('error', () => undefined).end(input)
    // Line 22 is refused once the 21 before it are stored: now the import is in its middle.
    await once(child.stderr!, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    await place.inside(async (database) => {
      const stored: StoryDocument[] = []
      await exportStories(database, 'ALL', async (written) => { stored.push(written.document) })
      expect(stored.length).toBeGreaterThanOrEqual(21)
      expect(stored.length).toBeLessThan(400)
      for (const document of stored) expect(storyDocumentOf(document)).toEqual(documents.get(document.slug))
      expect(await (await database.prisma()).revision.count()).toBe(stored.length)
      expect(await (await database.prisma()).paragraph.count()).toBe(stored.length * story(1).paragraphs.length)
      expect(await (await database.prisma()).quote.count()).toBe(stored.length * story(1).quotes!.length)
      expect(await (await database.prisma()).story.count({ where: { state: 'PUBLISHED' } })).toBe(stored.filter(({ publication }) => publication).length)
    })
  } finally {
    await place.remove()
  }
})

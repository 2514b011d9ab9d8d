import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printExtraction } from '../../src/cli/extract-text.js'
import { Screen } from '../../src/cli/screen.js'
import { proposalsOf, storyDocumentOf, type StoryDocument } from '../../src/document/index.js'
import { SEED_FILE, SEED_GOLD, seedStoryText } from '../support/seed-story.js'
import { CliPlace, lines } from './onrecord.js'
import { COMMAND } from '../support/programs.js'

const TEXT = 'The pier reopens\n\n“The pier is safe,” said Ada Quill, the director of the port.\n\nTwo officials briefed on the plan said that the money is there.\n'
const ESCAPE = /\u001b\[/

let place: CliPlace
beforeAll(async () => { place = await CliPlace.open() })
afterAll(() => place.remove())

describe('onrecord extract', () => {
  it('prints the story with who said what, numbered, and the cast below; without colours where it is read by no terminal', async () => {
    const { code, out, err } = await place.run(['extract', await place.file('pier.txt', TEXT)])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/“The pier is safe,” said\[1\] Ada Quill/)
    expect(out).toMatch(/\nCast\n(.*\n)*? {2}person +Ada Quill +1\n(.*\n)*? {2}unnamed +Two officials briefed on the plan +2\n/)
    expect(out).not.toMatch(ESCAPE)
    expect((await place.run(['extract', '-'], { input: `\ufeff${TEXT}` })).out).toBe(out)
  })

  it('is as wide as it is told to be', async () => {
    const file = await place.file('wide.txt', TEXT.repeat(5))
    const widest = async (columns: number) => Math.max(...lines((await place.run(['extract', file, '--columns', String(columns)])).out.split('Cast')[0]!).slice(1).map((line) => line.length))
    expect(await widest(40)).toBeLessThanOrEqual(40)
    expect(await widest(70)).toBeGreaterThan(40)
  })

  it('has colours on a terminal that shows them, and fits into it; a text commands no terminal', async () => {
    const file = await place.file('colours.txt', `${TEXT}\u001b[31mred \u009b31m\u0007\n`)
    const printed = async (colors: boolean) => {
      const out = Object.assign(new PassThrough(), { isTTY: true, columns: 60, hasColors: () => colors })
      await printExtraction(new Screen({ out, err: out }), file, {})
      return String(out.read())
    }
    const [colored, plain] = [await printed(true), await printed(false)]
    expect(colored).toContain('\u001b[33msaid\u001b[0m')
    expect(colored).not.toMatch(/\u001b\[31m|\u009b|\u0007/)
    expect(plain).not.toMatch(ESCAPE)
    expect(Math.max(...plain.split('\nCast')[0]!.split('\n').slice(1).map((line) => line.length))).toBeLessThanOrEqual(60)
  })

  it('prints the document, which import takes, with nothing in it confirmed', async () => {
    const { code, out, err } = await place.run(['extract', '-', '--format', 'json', '--slug', 'pier-json', '--desk', 'Metro', '--language', 'en-GB', '--provider', 'Tidewater Post'], { input: TEXT })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const document = storyDocumentOf(JSON.parse(out))
    expect(document).toMatchObject({ slug: 'pier-json', desk: 'Metro', language: 'en-GB', outlets: [{ name: 'Tidewater Post' }] })
    expect(proposalsOf(document)).toHaveLength(document.sources.length + document.attributions.length + document.quotes.length)
    expect(await place.run(['import', '-'], { input: out })).toMatchObject({ code: 0, err: '' })
  })

  it('says what it could not do beside the answer', async () => {
    const { code, out, err } = await place.run(['extract', '-', '--format', 'json'], { input: 'La jetée rouvre aujourd’hui pour les habitants de la ville et les visiteurs du port.' })
    expect(code).toBe(0)
    expect(err).toMatch(/^The text is not in English/)
    expect(JSON.parse(out)).toMatchObject({ language: 'und' })
  })

  it.each([
    ['a file that is not there', ['extract', 'nowhere.txt'], '', 2, /^There is no file nowhere\.txt\.\n$/],
    ['a folder', ['extract', '.'], '', 2, /^\. is a folder\. Name the text in it: \.\/story\.txt\n$/],
    ['no file', ['extract'], '', 2, /^Name the text to read, or "-" for standard input\.\n$/],
    ['nothing', ['extract', '-'], '', 1, /^Standard input is empty; there is no text in it\.\n$/],
    ['white space', ['extract', '-'], ' \n\n\t', 1, /^Standard input is empty/],
    ['another encoding', ['extract', '-'], Buffer.from('Caf\u00e9 said it.', 'latin1'), 1, /^Standard input is not valid UTF-8; save it as UTF-8\.\n$/],
    ['UTF-16', ['extract', '-'], Buffer.from('\ufeffHe said it.', 'utf16le'), 1, /^Standard input is UTF-16; save it as UTF-8\.\n$/],
    ['binary data', ['extract', '-'], 'a\u0000b', 1, /^Standard input holds NUL characters: it is no plain text\.\n$/],
    ['a text over 4 MB', ['extract', '-'], 'He said it. '.repeat(400_000), 1, /^Standard input is larger than 4 MB; no story is that large\.\n$/],
    ['a format that is none', ['extract', '-', '--format', 'xml'], '', 2, /Allowed choices are text, json/],
    ['too few columns', ['extract', '-', '--columns', '39'], '', 2, /whole number from 40 to 1000/],
    ['a slug that is none', ['extract', '-', '--slug', 'No Slug'], 'x', 2, /^--slug is not a slug/],
    ['a language that is none', ['extract', '-', '--language', 'English'], 'x', 2, /^--language is not a BCP 47/],
    ['two forms of output', ['extract', '--jsonl', '--format', 'json'], '', 2, /'--jsonl' cannot be used with option '--format/],
    ['a file of lines', ['extract', '--jsonl', 'lines.jsonl'], '', 2, /^--jsonl reads standard input/],
  ])('refuses %s clearly', async (_what, args, input, code, message) => {
    const result = await place.run(args, { input })
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toMatch(message)
    expect(result.err).not.toMatch(/\n\s+at /)
  }, 60_000)
})

describe('onrecord extract --jsonl', () => {
  it('answers each line by one, in the same order; one that is wrong by what is wrong', async () => {
    const stories = Array.from({ length: 40 }, (_, index) => JSON.stringify({ id: index % 2 ? index : `s${index}`, text: index % 5 ? TEXT : `“Number ${index} is safe,” said Ada Quill.` }))
    const input = [...stories.slice(0, 20), '', 'no json', '[1]', '{"text":"x"}', '{"id":"untold"}', ...stories.slice(20)].join('\n')
    const { code, out, err } = await place.run(['extract', '--jsonl'], { input: Buffer.concat([Buffer.from(input), Buffer.from([0x0a, 0xc3, 0x28])]) })
    expect({ code, err }).toEqual({ code: 1, err: '5 lines could not be read; the answer to each says why.\n' })
    const answers = lines(out).map((line) => JSON.parse(line) as { id: unknown; attributions?: { cue: [number, number] }[]; error?: string })
    expect(answers.filter(({ error }) => !error).map(({ id }) => id)).toEqual(stories.map((line) => (JSON.parse(line) as { id: unknown }).id))
    for (const { attributions } of answers.filter(({ error }) => !error)) expect(attributions!.length).toBeGreaterThanOrEqual(1)
    expect(answers.flatMap(({ id, error }) => (error ? [[id, error]] : []))).toEqual([
      [null, 'The line is not JSON.'], [null, expect.stringMatching(/not a JSON object/)], [null, expect.stringMatching(/no "id"/)], ['untold', expect.stringMatching(/no "text"/)], [null, 'The line is not valid UTF-8.'],
    ])
  })

  it('answers a line when it has come, not when all have', async () => {
    const child = place.start(['extract', '--jsonl'])
    let out = ''
    child.stdout!.setEncoding('utf8')
    for (const id of ['first', 'second']) {
      child.stdin!.write(`${JSON.stringify({ id, text: TEXT })}\n`)
      const [answer] = (await once(child.stdout!, 'data')) as [string]
      out += answer
      expect(JSON.parse(answer)).toMatchObject({ id })
    }
    child.stdin!.end()
    expect(await once(child, 'close')).toEqual([0, null])
    expect(lines(out)).toHaveLength(2)
  })

  const scorer = new URL('score.mjs', `file://${SEED_GOLD}`)
  it.skipIf(seedStoryText() === undefined)('is read by the scorer: every required attribution of the seed story is found', async () => {
    const command = `"${process.execPath}" "${COMMAND}" extract --jsonl`
    const child = spawn(process.execPath, [scorer.pathname, '--gold', SEED_GOLD, '--cmd', command], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text })
    await once(child, 'close')
    expect(out).toMatch(/: 1 documents, /)
    expect(Number(/^ar\.speech\.partial .* F1 +([\d.]+)/m.exec(out)?.[1])).toBeGreaterThan(90)
  })
})

describe('onrecord import of a text', () => {
  const exported = async (slug: string) => JSON.parse((await place.run(['export', slug])).out) as StoryDocument

  it('stores a draft, and prints where it is and how much waits for a person', async () => {
    const { code, out, err } = await place.run(['import', '--desk', 'Metro', await place.file('story.txt', TEXT)], { env: { PORT: '4321', HOST: '0.0.0.0' } })
    const [, proposals] = /^draft {2}the-pier-reopens {2}(\d+) proposals\n$/.exec(out)!
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^Look through them at http:\/\/127\.0\.0\.1:4321\/newsroom\/graphiql:\n {2}\{ story\(slug: "the-pier-reopens"\) \{ .*proposals \{ .*\} \}\n$/) })
    const document = await exported('the-pier-reopens')
    expect(document).toMatchObject({ desk: 'Metro', paragraphs: [{ role: 'HEADLINE', text: 'The pier reopens' }, {}, {}] })
    expect(document).not.toHaveProperty('publication')
    expect(proposalsOf(document)).toHaveLength(Number(proposals))
    expect(Number(proposals)).toBeGreaterThanOrEqual(5)
  })

  it('says that the slug is taken when it comes again, and stores it under another', async () => {
    const file = await place.file('again.txt', TEXT.replace('The pier', 'A pier'))
    expect(await place.run(['import', file])).toMatchObject({ code: 0 })
    expect(await place.run(['import', file])).toEqual({ code: 1, out: '', err: `${file}: slug "a-pier-reopens" belongs to another story; choose another slug with --slug\n` })
    expect(await place.run(['import', '--slug', 'pier-again', '--text', '-'], { input: TEXT })).toMatchObject({ code: 0, out: expect.stringMatching(/^draft {2}pier-again {2}\d+ proposals\n$/) })
  })

  it('checks only where that is asked for, and stores the others of several where one is refused', async () => {
    const [taken, fresh] = [await place.file('taken.txt', TEXT), await place.file('fresh.txt', TEXT.replace('pier reopens', 'ferry sails'))]
    expect(await place.run(['import', '--dry-run', fresh])).toMatchObject({ code: 0, out: expect.stringMatching(/^can be stored {2}the-ferry-sails {2}\d+ proposals\n$/), err: '' })
    expect((await place.run(['export', 'the-ferry-sails'])).code).toBe(1)
    expect(await place.run(['import', '--slug', 'the-pier-reopens', taken])).toMatchObject({ code: expect.any(Number) })
    expect(await place.run(['import', taken, fresh])).toMatchObject({ code: 1, out: expect.stringMatching(/^draft {2}the-ferry-sails {2}\d+ proposals\n$/), err: expect.stringMatching(/^\S+taken\.txt: slug "the-pier-reopens" belongs to another story/) })
  })

  it.each([
    [['import', 'nowhere.txt'], 2, /^There is no file nowhere\.txt\.\n$/],
    [['import', 'a.txt', 'b.json'], 2, /^Import texts and documents one after the other/],
    [['import', '--slug', 'x', 'b.json'], 2, /^--slug is for texts/],
    [['import', '--text', '--publish', '-'], 2, /^A text becomes a draft/],
    [['import', '--slug', 'x', 'a.txt', 'b.txt'], 2, /^--slug names one story/],
    [['import', '--desk', ' ', 'a.txt'], 2, /^--desk is empty/],
    [['import', '--text', '.'], 2, /^\. is a folder/],
    [['import', '--text', '-'], 1, /^Standard input is empty/],
  ])('refuses %j clearly', async (args, code, message) => {
    const result = await place.run(args)
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toMatch(message)
    expect(result.err).not.toMatch(/\n\s+at /)
  })

  it('stores nothing of several where one cannot be read, nor one that is longer than a story', async () => {
    const good = await place.file('good.txt', TEXT.replace('The pier', 'No pier'))
    const latin1 = await place.file('latin1.txt', Buffer.from('Caf\u00e9', 'latin1'))
    expect(await place.run(['import', good, latin1])).toEqual({ code: 1, out: '', err: `${latin1} is not valid UTF-8; save it as UTF-8.\n` })
    const long = await place.file('long.txt', 'The sea is calm.\n'.repeat(70_000))
    expect(await place.run(['import', good, long])).toEqual({ code: 1, out: '', err: `${long} has 1190000 UTF-16 units; a story may hold 1048576.\n` })
    expect((await place.run(['export', 'no-pier-reopens'])).code).toBe(1)
  })

  const seed = seedStoryText()
  it.skipIf(seed === undefined)('takes the seed story, all of it', async () => {
    const { code, out } = await place.run(['import', '--slug', 'seed', SEED_FILE])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^draft {2}seed {2}\d+ proposals\n$/) })
    const document = await exported('seed')
    expect(document.paragraphs.map(({ text }) => text).join('\n\n')).toBe(readFileSync(SEED_FILE, 'utf8').trim())
    expect(document.attributions.length).toBeGreaterThanOrEqual(17)
    expect(document.attributions.every(({ confirmed }) => !confirmed)).toBe(true)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entriesOf, MOST_DOCUMENT_BYTES, type ImportEntry } from '../../src/stories/index.js'

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(content: string | Uint8Array, options: { size?: number; isLines?: boolean } = {}): Promise<ImportEntry[]> {
  const entries: ImportEntry[] = []
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for await (const entry of entriesOf('file', chunksOf(bytes, options.size ?? 7), { isLines: options.isLines ?? false })) entries.push(entry)
  return entries
}

/** `line 2: {…}` or `[0]: CODE: message`. */
async function told(content: string | Uint8Array, options: { size?: number; isLines?: boolean } = {}): Promise<string[]> {
  return (await read(content, options)).map(({ line, index, content }) => {
    const place = line !== undefined ? `line ${line}: ` : index !== undefined ? `[${index}]: ` : ''
    return place + (content.ok ? JSON.stringify(content.value) : `${content.problem.code}: ${content.problem.message}`)
  })
}

describe('the form of a file shows in the file:', () => {
  const cases: [string, string | Uint8Array, string[]][] = [
    ['one document on one line', '{"a":1}', ['{"a":1}']],
    ['one document over many lines', '{\n  "a": [\n{"b": "}{"}\n]\n}\n', ['{"a":[{"b":"}{"}]}']],
    ['an array', ' [ {"a":"],["} ,\n{"a":{"b":[]}}]\n', ['[0]: {"a":"],["}', '[1]: {"a":{"b":[]}}']],
    ['an array with an escaped quotation mark', '[{"a":"\\"]\\\\"},{}]', ['[0]: {"a":"\\"]\\\\"}', '[1]: {}']],
    ['an empty array', '[ ]', []],
    ['one document a line', '{"a":1}\n{"a":2}\n', ['line 1: {"a":1}', 'line 2: {"a":2}']],
    ['one document a line, with blank lines and carriage returns', '\n{"a":1}\r\n\r\n{"a":2}', ['line 2: {"a":1}', 'line 4: {"a":2}']],
    ['a byte order mark in front', Buffer.from('\ufeff{"a":"é"}'), ['{"a":"é"}']],
    ['lines of which the first is cut off', '{"a":\n{"a":2}\n', ['line 1: CUT_OFF: breaks off in the middle; the file may be cut off', 'line 2: {"a":2}']],
  ]
  it.each(cases)('%s', async (_name, content, expected) => {
    expect(await told(content)).toEqual(expected)
    expect(await told(content, { size: 1 })).toEqual(expected)
    expect(await told(content, { size: 1000 })).toEqual(expected)
  })

  it('the name of the file may say that it has one document a line', async () => {
    expect(await told('{\n{"a":2}', { isLines: true })).toEqual(['line 1: CUT_OFF: breaks off in the middle; the file may be cut off', 'line 2: {"a":2}'])
  })
})

describe('a file that is damaged says how:', () => {
  const cases: [string, string | Uint8Array, (string | RegExp)[]][] = [
    ['empty', '', ['EMPTY: is empty; there is no document in it']],
    ['white space', ' \n \n\t', ['EMPTY: is empty; there is no document in it']],
    ['cut off in a string', '{\n"a": "some wo', ['CUT_OFF: breaks off in the middle; the file may be cut off']],
    ['cut off in a literal', '{"a": tr', ['CUT_OFF: breaks off in the middle; the file may be cut off']],
    ['an array cut off in a document', '[{"a":1},{"a":', ['[0]: {"a":1}', '[1]: CUT_OFF: breaks off in the middle; the file may be cut off']],
    ['an array cut off between documents', '[{"a":1},\n', ['[0]: {"a":1}', 'CUT_OFF: breaks off before the end of its array; it may be cut off']],
    ['an array cut off after its last document', '[{"a":1}', ['[0]: {"a":1}', 'CUT_OFF: breaks off before the end of its array; it may be cut off']],
    ['nothing between two commas', '[{"a":1},,{"a":2}]', ['[0]: {"a":1}', '[1]: NOT_JSON: is missing: two commas with nothing between them', '[2]: {"a":2}']],
    ['more after the array', '[{"a":1}]\n{"a":2}', ['[0]: {"a":1}', 'NOT_JSON: has more text after the end of its array; what follows was not read']],
    ['not JSON at all', 'Once upon a time\nthere was', [/^NOT_JSON: is not JSON: column 1 holds something else/]],
    ['a missing comma in line 3', '{\n"a": 1\n"b": 2\n}', [/^NOT_JSON: is not JSON: line 3, column 1 /]],
    ['a trailing comma', '{"a":1}\n{"a":1,}\n{"a":3}', ['line 1: {"a":1}', /^line 2: NOT_JSON: is not JSON: column 8 /, 'line 3: {"a":3}']],
    ['two documents over many lines', '{\n"a":1\n}\n{\n"a":2\n}', [/^NOT_JSON: is not JSON: line 4, column 1 /]],
    ['bytes that are not UTF-8 in a line', Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.from([0xe9]), Buffer.from('"}\n{"a":3}')]), ['line 1: {"a":1}', 'line 2: NOT_UTF8: is not valid UTF-8; save it as UTF-8', 'line 3: {"a":3}']],
    ['bytes that are not UTF-8 in one document', Buffer.concat([Buffer.from('{\n"a":"'), Buffer.from([0xc3]), Buffer.from('"\n}')]), [/^line 2: NOT_UTF8/]],
    ['UTF-16', Buffer.from('\ufeff{"a":1}', 'utf16le'), ['NOT_UTF8: is UTF-16; save it as UTF-8']],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), [/^NOT_JSON: is compressed \(gzip\)/]],
  ]
  it.each(cases)('%s', async (_name, content, expected) => {
    for (const size of [1, 1000]) {
      const answers = await told(content, { size })
      expect(answers).toHaveLength(expected.length)
      expected.forEach((answer, index) => (typeof answer === 'string' ? expect(answers[index]).toBe(answer) : expect(answers[index]).toMatch(answer)))
    }
  })

  it('never repeats the words of the file', async () => {
    for (const content of ['{"a": confidential}', '{"a": "confidential" "b"}', '{"confidential" 1}']) expect((await told(content)).join()).not.toContain('confidential')
  })
})

describe('a document of more than 64 MB is refused without being held in memory:', () => {
  async function* huge(before: string, after: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(before)
    const block = Buffer.alloc(1024 * 1024, 'x')
    for (let size = 0; size <= MOST_DOCUMENT_BYTES + block.length; size += block.length) yield block
    yield Buffer.from(after)
  }
  it.each([
    ['a line', '{"a":1}\n{"a":"', '"}\n{"a":3}\n', ['line 1 ok', 'line 2 TOO_LONG', 'line 3 ok']],
    ['an element', '[{"a":"', '"},{"a":3}]', ['index 0 TOO_LONG', 'index 1 ok']],
    ['a file', '{\n"a":"', '"\n}', ['file TOO_LONG']],
  ])('%s', async (_name, before, after, expected) => {
    const seen: string[] = []
    for await (const { line, index, content } of entriesOf('file', huge(before, after))) {
      seen.push(`${line !== undefined ? `line ${line}` : index !== undefined ? `index ${index}` : 'file'} ${content.ok ? 'ok' : content.problem.code}`)
    }
    expect(seen).toEqual(expected)
  })
})

describe('what JSON.stringify writes is read', () => {
  const objects = fc.array(fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.jsonValue()), { minLength: 1, maxLength: 5 })
  const forms: [string, (values: readonly object[]) => string][] = [
    ['as lines', (values) => values.map((value) => JSON.stringify(value)).join('\n')],
    ['as an array', (values) => JSON.stringify(values)],
    ['as an indented array', (values) => JSON.stringify(values, null, 2)],
    ['as one indented document', (values) => JSON.stringify({ a: 1, values }, null, 2)],
  ]
  it.each(forms)('%s, however it is cut into chunks', async (name, write) => {
    await fc.assert(fc.asyncProperty(objects, fc.integer({ min: 1, max: 40 }), async (values, size) => {
      const text = write(values)
      const entries = await read(text, { size })
      expect(entries.map(({ content }) => content.ok && content.value)).toEqual((name.includes('one') ? [{ a: 1, values }] : values).map((value) => JSON.parse(JSON.stringify(value)) as unknown))
    }), { numRuns: 60 })
  })
})

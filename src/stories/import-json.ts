import type { DocumentProblem } from '../document/index.js'

const TOKEN = /[ \t\r\n]*(?:([{}[\],:])|"((?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y
const SPACE = /[ \t\r\n]*/y
const UNFINISHED = /"(?:[^"\\\u0000-\u001f]+|\\.)*\\?$|[-\w.+]+$/y

/**
 * Why a text is not JSON and where, in words of our own: the engine's message repeats the text, which may be a source's words.
 * The line and column are the text's own, from 1.
 */
export function jsonProblem(text: string): DocumentProblem {
  const at = errorOffset(text)
  if (at >= text.length) return { path: '', code: 'CUT_OFF', message: 'breaks off in the middle; the file may be cut off' }
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  return { path: '', code: 'NOT_JSON', message: `is not JSON: ${line > 1 ? `line ${line}, ` : ''}column ${column} holds something else than JSON allows there` }
}

type Awaited = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'next' | 'end'

/** Offset of the first token that JSON does not allow; the text's length where it stops too early. */
function errorOffset(text: string): number {
  const open: string[] = []
  let awaited: Awaited = 'value'
  let at = 0
  const afterValue = (): Awaited => (open.length > 0 ? 'next' : 'end')
  for (;;) {
    SPACE.lastIndex = at
    SPACE.exec(text)
    const start = SPACE.lastIndex
    if (start >= text.length) return text.length
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    if (!token) {
      UNFINISHED.lastIndex = start
      return awaited !== 'end' && UNFINISHED.test(text) ? text.length : start
    }
    const after = follow(token[1] ?? (token[2] === undefined ? 'literal' : 'string'), awaited, open, afterValue)
    if (!after) return start
    awaited = after
    at = TOKEN.lastIndex
  }
}

function follow(token: string, awaited: Awaited, open: string[], afterValue: () => Awaited): Awaited | undefined {
  const takesValue = awaited === 'value' || awaited === 'value or ]'
  switch (token) {
    case '{':
    case '[':
      if (!takesValue) return undefined
      open.push(token)
      return token === '{' ? 'key or }' : 'value or ]'
    case '}':
    case ']':
      if (open.at(-1) !== (token === '}' ? '{' : '[') || !(awaited === 'next' || awaited.endsWith(`or ${token}`))) return undefined
      open.pop()
      return afterValue()
    case ',':
      return awaited !== 'next' ? undefined : open.at(-1) === '{' ? 'key' : 'value'
    case ':':
      return awaited === ':' ? 'value' : undefined
    case 'string':
      if (awaited === 'key' || awaited === 'key or }') return ':'
      return takesValue ? afterValue() : undefined
    default:
      return takesValue ? afterValue() : undefined
  }
}

import { LIMITS, textProblem, url } from '../document/index.js'
import type { ActDetails, ActRefusal } from './lifecycle.js'

/** UTF-16 code units of what one tells readers, partners or the newsroom about an action. */
const WORDS = 10_000

/** The first text of an action that cannot be stored, and why; blank ones are for the action to judge. */
export function refusalOfTexts({ embargo, lift, correction, removal }: ActDetails): ActRefusal | undefined {
  const texts = [
    ['terms', embargo?.terms, WORDS], ['outlet', lift?.outlet, LIMITS.line], ['url', lift?.url, LIMITS.line], ['explanation', correction?.explanation, WORDS],
    ['advisory', removal?.advisory, WORDS], ['reason', removal?.reason, WORDS], ['replacedBy', removal?.replacedBy, LIMITS.line],
  ] as const
  for (const [path, text, most] of texts) {
    const problem = text && problemOf(path, text, most)
    if (problem) return { ok: false, code: 'INVALID', message: `${path} ${problem}.`, path }
  }
  return undefined
}

function problemOf(path: string, text: string, most: number): string | undefined {
  if (text.length > most) return `is longer than ${most} UTF-16 units; shorten it`
  return textProblem(text) ?? (path === 'url' && !url.safeParse(text).success ? 'is not an http or https address' : undefined)
}

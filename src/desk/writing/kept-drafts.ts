import type { Paragraph } from '../../document/index.js'

/** A text as somebody left it: over which revision, and what that said. Text alone: no terms, no approvals, nothing of the vault. */
export interface KeptDraft { readonly revision: number; readonly base: readonly Paragraph[]; readonly paragraphs: readonly Paragraph[] }

const keyOf = (storyId: string, revision: number) => `onrecord.draft.${storyId}.${revision}`

/** What is kept of a story, over the newest revision that anything is kept over. */
export function keptDraft(storyId: string): KeptDraft | undefined {
  const prefix = keyOf(storyId, 0).slice(0, -1)
  const revisions = Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => Number(key.slice(prefix.length))).filter(Number.isInteger)
  if (revisions.length === 0) return undefined
  const revision = Math.max(...revisions)
  try {
    const { base, paragraphs } = JSON.parse(localStorage.getItem(keyOf(storyId, revision))!) as Omit<KeptDraft, 'revision'>
    return isText(base) && isText(paragraphs) ? { revision, base, paragraphs } : undefined
  } catch {
    return undefined
  }
}

export function keepDraft(storyId: string, { revision, base, paragraphs }: KeptDraft): void {
  try {
    localStorage.setItem(keyOf(storyId, revision), JSON.stringify({ base, paragraphs }))
  } catch {
    // A full store keeps nobody from writing on; what is written is lost with the page alone.
  }
}

export function forgetDraft(storyId: string): void {
  const prefix = keyOf(storyId, 0).slice(0, -1)
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

function isText(value: unknown): value is Paragraph[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'role' in one && 'text' in one && typeof one.text === 'string')
}

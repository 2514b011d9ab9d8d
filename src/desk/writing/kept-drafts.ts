import type { Paragraph } from '../../document/index.js'
import { forget, keep, kept, keptHere, leftBehind } from './kept'
import { isNewText } from './kept-new'

/** A text as somebody left it, and the text it was written over. Text alone: no terms, no approvals, nothing of the vault. */
export interface KeptDraft { readonly base: readonly Paragraph[]; readonly paragraphs: readonly Paragraph[] }

const of = (storyId: string) => `draft.${storyId}`

/** What this tab kept of a story. */
export function keptDraft(storyId: string): KeptDraft | undefined {
  const value = kept(of(storyId))
  return isDraft(value) ? value : undefined
}

/** What a closed tab left of a story. */
export async function draftLeftBehind(storyId: string): Promise<{ readonly draft: KeptDraft; readonly takeAway: () => void } | undefined> {
  const left = await leftBehind(of(storyId))
  return left && isDraft(left.value) ? { draft: left.value, takeAway: left.takeAway } : undefined
}

/** @returns whether the browser had room for it. */
export const keepDraft = (storyId: string, { base, paragraphs }: KeptDraft) => keep(of(storyId), { base, paragraphs })
export const forgetDraft = (storyId: string) => forget(of(storyId))

/** Every text that is being written in this tab, as one would paste it. */
export function unsavedTexts(): string[] {
  return [...keptHere().values()].flatMap((value) => (isDraft(value) ? [value.paragraphs.map(({ text }) => text).join('\n\n')] : isNewText(value) ? [value.text] : []))
}

const isDraft = (value: unknown): value is KeptDraft => typeof value === 'object' && value !== null && 'base' in value && 'paragraphs' in value && isText(value.base) && isText(value.paragraphs)

function isText(value: unknown): value is Paragraph[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'role' in one && 'text' in one && typeof one.text === 'string')
}

import type { CreateStoryFromTextInput } from '../generated/graphql'
import { forget, keep, kept, leftBehind } from './kept'

/** The text of a story that is not made yet; and what was sent to make it, while nobody knows whether it was made. */
export interface NewText { readonly text: string; readonly sent?: CreateStoryFromTextInput | undefined }

const WHAT = 'new'

export function keptNew(): NewText {
  return newTextOf(kept(WHAT))
}

/** What a closed tab left. */
export async function newLeftBehind(): Promise<{ readonly left: NewText; readonly takeAway: () => void } | undefined> {
  const found = await leftBehind(WHAT)
  return found && { left: newTextOf(found.value), takeAway: found.takeAway }
}

/** @returns whether the browser had room for it. */
export function keepNew(what: NewText): boolean {
  if (what.text !== '' || what.sent) return keep(WHAT, what)
  forget(WHAT)
  return true
}

export const isNewText = (value: unknown): value is NewText => typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'

function newTextOf(value: unknown): NewText {
  // What was kept before tabs had places of their own is the text itself.
  return isNewText(value) ? value : { text: typeof value === 'string' ? value : '' }
}

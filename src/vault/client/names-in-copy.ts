import type { StoryDocument } from '../../document/index.js'
import type { RecordContent } from '../seal/index.js'

const FEWEST_LETTERS = 4

/**
 * Where a story says what only the vault may say (S16): a confidential source's name or contact in its copy, descriptors, notes, captions,
 * file names. A story that names the person by the record's own word is left out.
 */
export function namesInCopy(document: StoryDocument, contents: readonly RecordContent[]): { readonly place: string; readonly who: string }[] {
  const texts = [...stringsOf(document, '')]
  return contents.flatMap((content) => {
    if (content.namedAs.some(({ story }) => story === document.slug)) return []
    const words = [content.identity.name, ...content.identity.aliases, ...content.contacts.map(({ value }) => value)].filter((each) => each.trim().length >= FEWEST_LETTERS)
    const patterns = words.map((each) => new RegExp(`(?<![\\p{L}\\p{N}])${each.trim().normalize('NFKC').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[\s_-]+/g, '[\\s_-]+')}(?![\\p{L}\\p{N}])`, 'iu'))
    return texts.flatMap(({ place, text }) => (patterns.some((pattern) => pattern.test(text)) ? [{ place, who: content.identity.name.replaceAll(/\p{C}/gu, ' ') }] : []))
  })
}

function* stringsOf(value: unknown, place: string): Generator<{ place: string; text: string }> {
  if (typeof value === 'string') yield { place, text: value.normalize('NFKC') }
  else if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* stringsOf(each, `${place}[${index}]`)
  else if (typeof value === 'object' && value !== null) for (const [name, each] of Object.entries(value)) yield* stringsOf(each, place === '' ? name : `${place}.${name}`)
}

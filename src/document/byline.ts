import type { StoryDocument } from './schema.js'

/** Whether a person wrote the story: by the journalist's key, or by name, since tokens may name nobody's key. */
export function isInByline({ bylines, journalists }: Pick<StoryDocument, 'bylines' | 'journalists'>, person: { readonly name: string; readonly journalist?: string | undefined }): boolean {
  return bylines.some(({ journalist: key }) => key === person.journalist || journalists.some((journalist) => journalist.key === key && plain(journalist.name) === plain(person.name)))
}

/** Letters alone: "Linh Võ" and "linh vo" are one person. */
function plain(name: string): string {
  return name.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}

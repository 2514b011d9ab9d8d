/** Whether words hold one of these names as whole words; large and small letters, and how much space there is, make no difference. */
export function holdName(words: string, names: readonly string[]): boolean {
  return names.some((name) => wholeWords(name, 'iu').test(words))
}

/** The same of a person, whose surname is enough. It is looked for as it is written: "May" is a name, and "may" is none. */
export function holdPerson(words: string, { name, aliases }: { readonly name: string; readonly aliases: readonly string[] }): boolean {
  return holdName(words, [name, ...aliases]) || wholeWords(name.trim().split(/\s+/u).at(-1)!, 'u').test(words)
}

function wholeWords(name: string, flags: string): RegExp {
  const words = name.trim().split(/\s+/u).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.join('\\s+')}(?![\\p{L}\\p{N}])`, flags)
}

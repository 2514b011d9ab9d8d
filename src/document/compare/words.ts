/** A closed vocabulary's value as an editor would say it; what is not listed reads well in lower case. */
const SAID: Readonly<Record<string, string>> = {
  ON_RECORD: 'on the record', BACKGROUND: 'on background', DEEP_BACKGROUND: 'on deep background', OFF_RECORD: 'off the record', UNSTATED: 'terms not stated',
  FULL: 'full text public', EXCERPT: 'only what is quoted',
}
export const enumWords = (value: string | undefined): string | undefined => (value === undefined ? undefined : SAID[value] ?? value.toLowerCase().replaceAll('_', ' '))
/** The vocabulary of claims has a `BACKGROUND` of its own. */
export const plainWords = (value: string | undefined): string | undefined => value?.toLowerCase().replaceAll('_', ' ')
export const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
export const joined = (values: readonly (string | undefined)[], by = ', '): string | undefined => values.filter((value) => value !== undefined && value !== '').join(by) || undefined
export const exactOf = (ranges: readonly { readonly exact: string }[]): string | undefined => ranges.map((range) => range.exact).join(' … ') || undefined

/** "at least 2", "exactly 3", "at least 2, exactly 3". */
export function headcountWords({ min, exact }: { readonly min: number; readonly exact?: number | undefined }): string {
  if (exact === undefined) return `at least ${min}`
  return exact === min ? `exactly ${exact}` : `exactly ${exact}, at least ${min}`
}

/** "at 2026-03-01T09:00:00Z", or a span. */
export function momentWords(moment: { readonly earliest: string; readonly latest?: string | undefined } | undefined): string | undefined {
  if (!moment) return undefined
  return moment.latest === undefined ? moment.earliest : `between ${moment.earliest} and ${moment.latest}`
}

const SMALL = new Set(['a', 'an', 'the', 'of', 'in', 'at', 'on', 'to', 'for', 'from', 'by', 'with', 'and', 'one', 'who', 'is', 'was'])

/**
 * Whether new words for a source say less than the old ones ("a senior Pentagon official" → "an official") or more. Undefined where
 * neither holds all the significant words of the other.
 */
export function direction(before: string, after: string): 'WIDENED' | 'NARROWED' | undefined {
  const significant = (text: string) => new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !SMALL.has(word)))
  const [old, now] = [significant(before), significant(after)]
  const holds = (all: ReadonlySet<string>, some: ReadonlySet<string>) => some.size < all.size && [...some].every((word) => all.has(word))
  if (now.size > 0 && holds(old, now)) return 'WIDENED'
  if (old.size > 0 && holds(now, old)) return 'NARROWED'
  return undefined
}

/** Words that say when. Origin: written by hand for Onrecord. */
const TIMES = new Set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
  mon. tues. wed. thurs. fri. sat. sun. jan. feb. aug. sept. oct. nov. dec. today yesterday tonight tomorrow morning afternoon evening night midnight noon
  week weekend month year years weeks months days hours minutes overnight midday lunchtime`.split(/\s+/))

const CAPITAL_ONLY = new Set(['may', 'march', 'sun.', 'august'])

export function isTemporal(token: { readonly lower: string; readonly text: string }): boolean {
  return TIMES.has(token.lower) && (!CAPITAL_ONLY.has(token.lower) || token.text !== token.lower)
}

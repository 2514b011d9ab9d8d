import type { ProfileInput } from './profile.js'

type Rules = NonNullable<ProfileInput['rules']>

/** Associated Press: reasons must be printed, a byline stands over every story with unnamed sources, an editor approves. */
const ap: Rules = {
  'missing-anonymity-reason': 'error',
  'anonymity-without-approval': { options: { unrecorded: 'error' } },
  'anonymous-opinion-or-speculation': 'error',
  'missing-basis-or-side': 'warning',
  'boilerplate-anonymity-reason': 'off',
  'count-conflict': 'warning',
  'formulaic-descriptor': 'info',
}

/** Reuters: numbers of sources are told as they are, quotes are not touched, named sources come first. */
const reuters: Rules = {
  'unquantified-plural': 'warning',
  'count-conflict': 'warning',
  'anonymous-pejorative': 'error',
  'missing-anonymity-reason': 'info',
  'boilerplate-anonymity-reason': 'off',
  'loaded-attribution-verb': 'warning',
  'missing-byline-on-anonymous': 'warning',
}

/** BBC: corroboration, right of reply, nothing that misleads about a source's standing. */
const bbc: Rules = {
  'single-anonymous-source-claim': { options: { allegation: 'error' } },
  'missing-request-for-comment': 'error',
  'over-identifying-descriptor': { options: { k: 8 } },
  'overlapping-official-groups': 'warning',
  'missing-byline-on-anonymous': 'info',
  'no-named-speaker': 'info',
  'loaded-attribution-verb': 'off',
}

/** The default: every rule as the catalogue has it. */
const house: Rules = {}

export const BUILT_IN = { ap, reuters, bbc, house } as const satisfies Record<string, Rules>

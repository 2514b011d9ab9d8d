/** Words for people who are not named. Singular forms; plurals are made from them. */
export const GENERIC_HEADS = ['source', 'person', 'individual', 'insider', 'figure'] as const

/** Words that tell a role or a side by themselves. */
export const ROLE_HEADS = [
  'official', 'aide', 'adviser', 'advisor', 'diplomat', 'officer', 'employee', 'executive', 'lawmaker', 'staffer', 'member', 'lawyer', 'attorney', 'analyst', 'engineer',
  'scientist', 'doctor', 'nurse', 'teacher', 'minister', 'senator', 'congressman', 'congresswoman', 'representative', 'director', 'manager', 'worker', 'investigator',
  'prosecutor', 'soldier', 'commander', 'general', 'colonel', 'spokesperson', 'spokesman', 'spokeswoman', 'envoy', 'negotiator', 'ally', 'friend', 'relative', 'colleague',
  'banker', 'trader', 'investor', 'agent', 'witness', 'resident', 'student', 'participant', 'leader', 'politician', 'bureaucrat', 'contractor', 'consultant', 'strategist', 'operative',
  'clerk', 'pilot', 'guard', 'driver', 'researcher', 'inspector', 'broker', 'sailor',
] as const

const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person', persons: 'person', spokesmen: 'spokesman', spokeswomen: 'spokeswoman', spokespeople: 'spokesperson', congressmen: 'congressman', congresswomen: 'congresswoman',
  allies: 'ally', witnesses: 'witness',
}

/** Word form → its singular and whether the form is a plural. */
export const HEADS: ReadonlyMap<string, { readonly lemma: string; readonly plural: boolean }> = headForms()

function headForms() {
  const forms = new Map<string, { lemma: string; plural: boolean }>()
  for (const lemma of [...GENERIC_HEADS, ...ROLE_HEADS]) forms.set(lemma, { lemma, plural: false }).set(`${lemma}s`, { lemma, plural: true })
  for (const [form, lemma] of Object.entries(IRREGULAR)) forms.set(form, { lemma, plural: true })
  return forms
}

/** Words for people to whom a newsroom promises nothing in the plural: they speak as a crowd, in public. */
export const CROWD_HEADS: ReadonlySet<string> = new Set([
  'witness', 'resident', 'scientist', 'analyst', 'engineer', 'doctor', 'nurse', 'teacher', 'student', 'worker', 'prosecutor', 'investigator', 'lawyer', 'attorney', 'soldier', 'investor', 'trader',
  'politician', 'leader', 'strategist', 'consultant', 'participant', 'agent', 'commander', 'lawmaker', 'senator', 'representative', 'minister', 'general', 'bureaucrat', 'contractor',
  'clerk', 'pilot', 'guard', 'driver', 'researcher', 'inspector', 'sailor',
])

/** Before "officials": bodies whose officials speak for them on the record, without names, every day. */
export const PUBLIC_BODIES: ReadonlySet<string> = new Set([
  'fire', 'health', 'police', 'city', 'county', 'state', 'local', 'school', 'election', 'elections', 'emergency', 'weather', 'hospital', 'airport', 'transit', 'port', 'university', 'college', 'court',
  'customs', 'tax', 'town', 'village', 'municipal', 'provincial', 'regional', 'district', 'league', 'union', 'prison', 'rescue', 'wildlife', 'park', 'transportation', 'highway', 'aviation', 'railway',
  'tournament', 'festival', 'immigration', 'border', 'harbor', 'coastguard', 'water', 'utility', 'zoo', 'museum', 'parks', 'education', 'housing', 'labor', 'medical', 'hospitals', 'evacuation', 'relief',
])

export const SPOKES_HEADS: ReadonlySet<string> = new Set(['spokesperson', 'spokesman', 'spokeswoman'])

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
].map((word, index) => [word, index + 1] as const))

/** Numbers that are not one: "several sources". */
export const VAGUE_NUMBERS: ReadonlySet<string> = new Set(['several', 'some', 'many', 'multiple', 'various', 'numerous', 'few', 'more', 'most', 'certain', 'dozens', 'scores', 'hundreds'])

/** Words that set a person apart from those already introduced. */
export const OTHER_WORDS: ReadonlySet<string> = new Set(['another', 'other', 'others', 'second', 'third', 'fourth', 'fifth', 'separate', 'different', 'additional', 'former', 'latter', 'further'])

/** Adjectives before "officials" that name no unit anyone could ask. */
export const UNIT_FREE_ADJECTIVES: ReadonlySet<string> = new Set([
  'defense', 'defence', 'intelligence', 'government', 'administration', 'federal', 'military', 'security', 'national', 'foreign', 'western', 'u.s.', 'us', 'american', 'british', 'european', 'russian',
  'chinese', 'israeli', 'ukrainian', 'iranian', 'french', 'german', 'indian', 'turkish', 'unnamed', 'unidentified', 'anonymous', 'top',
])

/** Names by which one institution is known in copy; an editor's aliases in the document come on top. */
export const INSTITUTION_ALIASES: readonly (readonly string[])[] = [
  ['pentagon', 'defense department', 'department of defense', 'defense', 'the military', 'military', 'dod', 'u.s. military'],
  ['white house', 'administration', 'president\'s office'],
  ['justice department', 'department of justice', 'doj', 'justice'],
  ['state department', 'department of state'],
  ['treasury', 'treasury department', 'department of the treasury'],
  ['kremlin', 'russian government'],
]

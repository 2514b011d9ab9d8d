/** What "familiar with", "close to" and the like lead to when they say nothing. */
export const FORMULA = /\b(?:familiar with|close to|briefed on|(?<!\b(?:direct|first-?hand) )(?:some )?knowledge of|aware of|privy to)\s+(?:the|this|that|his|her|their|its)\s+(?:matter|situation|meeting|meetings|talks|discussions|discussion|negotiations|deliberations|issue|case|investigation|plans?|planning|process|thinking|decision|conversations?|events?)\b/i

/** Objects after "familiar with" from which nobody learns how the source knows. */
export const EMPTY_OBJECT = /\b(?:familiar with|close to|aware of|briefed on|knowledge of)\s+(?:the|this|that)\s+(?:matter|situation|issue|case|process|thinking|events?)\b/i

/** How the source knows, in the descriptor's own words. */
export const BASIS = /\b(?:familiar with|briefed|attended|present (?:at|for|in)|in the room|who (?:saw|heard|witnessed|reviewed|read|was at|were at|took part|participated|worked|works|work)|involved in|involved with|direct(?:ly)? (?:knowledge|involved)|knowledge of|privy to|participants?|shown|seen)\b/i

/** Reasons for anonymity: the clause that gives one. */
export const REASON = /\b(?:condition of anonymity|asked not to be (?:named|identified|quoted by name)|requested anonymity|declined to be (?:named|identified)|granted anonymity|not be (?:named|identified)|without (?:being named|attribution)|spoke anonymously|speaking anonymously|anonymity)\b[^.]*?\b(?:because|as (?:he|she|they|the)|to (?:discuss|describe|speak|talk|avoid|protect|share|be|give|relay|recount)|due to|owing to|given|citing|for fear|fearing|out of|since|in order|lest)\b|\b(?:because|citing|for fear|fearing|owing to|due to|given)\b[^.]*?\b(?:anonymity|authori[sz]ed to (?:speak|discuss|comment|talk)|permitted to (?:speak|discuss|comment)|allowed to (?:speak|discuss|comment)|retaliation|reprisals?|retribution|losing (?:his|her|their) jobs?|not be (?:named|identified))\b|\b(?:(?:authori[sz]ed|permitted|allowed|cleared) to|fear(?:ed|s)?|forbid(?:s|den)?|forbade|bars? |barred)\b[^.]*?\b(?:anonymity|not be (?:named|identified))\b|\banonymity\b[^.]*?\bfear(?:ed|s)?\b|\bwho (?:was|were|is|are) not (?:authori[sz]ed|permitted|allowed) to (?:speak|discuss|comment|describe|brief|talk|share|disclose)\b/i

/** Reasons that are printed so often that they explain nothing. */
export const ROTE_REASON = /\b(?:not|n['’]t|un) ?authori[sz]ed to (?:speak|discuss|comment|talk)|\bunauthori[sz]ed to (?:speak|discuss|comment|talk)|\bnot (?:permitted|allowed) to (?:speak|discuss|comment|talk)|\b(?:because of |given |due to |citing )?the sensitiv(?:ity|e nature) of the (?:issue|matter|subject|talks|situation|discussions|negotiations|topic)|\bto (?:speak|talk) (?:freely|candidly|frankly|openly)\b|\bto discuss (?:a |the )?(?:sensitive|internal|private) (?:matters?|issues?|discussions|deliberations)\b/i

/** A made-up name, as copy owns up to it. */
export const PSEUDONYM = /\b(?:(?:whose|her|his|their) (?:real )?names? (?:has|have|had|was|were) been changed|(?:whose|her|his|their) (?:real )?names? (?:was|were) changed|not (?:his|her|their) real names?|(?:is|was|uses?|using|under) a pseudonym|a pseudonym\b(?! of)|we (?:will|are going to|have agreed to|shall) call (?:him|her|them))\b/i

/** Someone was asked for comment and this is what came of it. */
export const ASKED_FOR_COMMENT = /\b(?:(?:when|after being|if) asked (?:for comment|to comment|about)|asked for (?:a )?(?:comment|response|reaction)|asked to (?:comment|respond)|in (?:response|reply|answer) to (?:a |the )?(?:request|requests|questions?|inquir(?:y|ies)|query|queries)|responding to (?:a |the )?(?:request|requests|questions?|inquir(?:y|ies)|query|queries)|when (?:reached|contacted) for comment)\b/i
export const NO_COMMENT = /\b(?:declined|refused|decline|declines) (?:to|further) (?:comment|be interviewed|discuss|answer|speak)|\b(?:did|does|have|has|had) (?:not|n['’]t) (?:immediately )?(?:respond|responded|reply|replied|return|returned|answer|answered)|\b(?:didn|hasn|haven|hadn)['’]t (?:immediately )?(?:respond|responded|reply|replied|return|returned|answer|answered)|\bcould not (?:immediately )?be reached|\bcouldn['’]t (?:immediately )?be reached|\bno (?:immediate )?(?:comment|response)\b|\bunavailable for comment|\b(?:was|were) not (?:immediately )?available (?:for|to) comment/i

/** Credits that do not say which facts are another outlet's. */
export const VAGUE_CREDIT = /\b(?:some|parts?|portions?|aspects|elements|many|much|a few|several) of (?:what|the|these|those|this|that|its|their)\b|\b(?:some|certain|various|further|more) details\b|\bdetails of\b/i

/** Opinions, forecasts and characterisations. */
export const SPECULATION = /\b(?:(?<![A-Z])may|might)\s+(?:(?:well|also|not|soon|even|yet|still|now|eventually|ultimately)\s+)?(?:be(?:come)?|[a-z]+)\b|\b(?:is|are|was|were) (?:very |highly |increasingly )?(?:un)?likely to\b|\bwill (?:probably|likely)\b/
export const OPINION = /\b(?:trust|relations?|relationship|morale|confidence|discipline|talks?|support) (?:is|are|was|were|has been|have been) (?:\w+ )?(?:breaking down|collapsing|eroding|souring|fraying|crumbling|failing|shattered|broken)\b|\bnot (?:\w+ )?(?:reliable|trustworthy|serious|competent|credible|fit|ready|good) enough\b|\b(?:unreliable|reckless|incompetent|chaotic|disastrous|shambolic|arrogant|embarrassing|ridiculous|outrageous|foolish|naive|clueless|toxic|dishonest|cowardly|pathetic|terrible|awful|horrible|delusional|unhinged|hopeless|(?<=\b(?:is|was|are|were|be|been|as|it|him|her|them)\s(?:\w+\s)?)a (?:disaster|mess|mistake|joke|failure)|out of (?:his|her|their|its) depth)\b/i
/** What disparages whoever it is said of. */
export const PEJORATIVE = /\b(?:(?:are|is|was|were)(?: not|n['’]t) (?:sure|certain|convinced)[^.]*?\bcan (?:be )?trust|(?:can|could|do|does|did)(?: ?not|n['’]t) trust|(?:can|could) ?not be trusted|can['’]t be trusted|lost (?:all )?(?:trust|faith|confidence) in|incompeten(?:t|ce)|corrupt|dishonest|liars?|lied|a bully|bullies|reckless|unfit|unhinged|arrogant|cowardly|clueless|delusional|a disaster|a fraud|a crook|toxic|lazy|stupid|an idiot|out of (?:his|her|their|its) depth)\b/i

/** Places where people talk without the public. */
export const PRIVATE_SETTING = /\b(?:(?:in|during|at|after|over) (?:a|an|the|that|this|their|his|her|one|\w+(?:['’]s))(?: (?:[a-z]+-)?[a-z]+){0,3} (?:meeting|call|phone call|conversation|dinner|lunch|briefing|session|discussion)s?|in private|privately|behind closed doors|closed-door|on the sidelines)\b/i
/** Places where everyone could hear it. */
export const PUBLIC_SETTING = /\b(?:(?:news|press) (?:conference|briefing)|public(?:ly)?|hearing|interview|testif|testimony|rally|speech|statement|council|committee|commission|board|town hall|court|trial|televised|broadcast|shareholder|annual|earnings|reporters|debate|summit|parliament|congress|senate|assembly|livestream|podcast|social media|twitter|facebook|posted|wrote|radio|television|tv|judge|jury|cabinet minutes|audience|crowd|supporters|conference|ceremony|service|sermon|lecture|classroom)\b/i

/** Whether it is worth looking for a deliberation. */
export const DELIBERATION_HINT = /discussed|debated|weighed|deliberated|contemplated|mulled|argued over/i
/** Officials who make up their minds among themselves. */
export const DELIBERATION = /\b((?:[A-Z][\w.]*\s){0,4}(?:senior |top |company |bank |party )?(?:officials|aides|advisers|advisors|executives|commanders|ministers|staffers|directors))\s+(?:also |privately |later |then |quietly |internally )?(?:discussed|debated|weighed|deliberated|contemplated|mulled|argued over)\s+(?:over |about )?(?:whether|how|if|the possibility|the idea|plans? to|ways? to)\b/i

/** Superlatives that someone could dispute, as a predicate: "was the first company to". */
export const SUPERLATIVE = /\b(?:is|was|are|were|be|been|becomes?|became|becoming|remains?|remained)\s+(?:(?:also|still|now|currently|then|by far)\s+)?(?:(?:the|its|their)\s+(first|only|largest|biggest|smallest|highest|lowest|fastest|oldest|youngest|worst|best|deadliest|costliest|richest|poorest)|(?:the\s+)?(?:[\w.-]+\s){0,2}[\w.-]+[’']s\s+(largest|biggest|smallest|highest|lowest|fastest|oldest|youngest|worst|deadliest|costliest|richest|poorest))\s+[^.;,]*/
export const HARMLESS_SUPERLATIVE = /\b(?:first|only)\s+(?:day|week|month|year|step|round|phase|part|stage|half|quarter|game|match|leg|of|time|thing|name|lady|place|night|stop|instal?lment|chapter|one|ones|question|priority|order|term|set|item|two|three|four|five|several|few)\b|\b(?:one of|among)\s+the\b|\b(?:at|the) (?:most|least|best|worst) (?:part|of|recent|likely)\b|\bmost recent\b/i

/** What a public record should back up: money, shares and counts beside a verb of record. */
export const FIGURE = /(?:[$€£]\s?\d[\d,.]*(?:\s?(?:million|billion|trillion|m|bn))?)|\b\d[\d,.]*\s?(?:percent|per cent|%)|\b\d{1,3}(?:,\d{3})+\b/i
export const RECORD_VERB = /\b(?:awarded|fined|paid|signed|bought|sold|acquired|approved|allocated|convicted|sentenced|elected|founded|established|raised|invested|won|contracted|settled|granted|budgeted|donated)\b/i
export const DATE_WORDS = /\b(?:in|on|since|by|of|until)\s+(?:(?:early|mid|late)[ -])?(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)\b/
export const AWARD_WORDS = /\b(?:award(?:ed|s)?|prize|medal|contract|grant|title|record)\b/i

/** Names that stand before a quoted term and own it. */
export const TERM_INTRODUCED = /(?:\b(?:called|dubbed|known as|labell?ed|termed|nicknamed|titled|entitled|named|so-called|called the|album|song|film|movie|book|novel|show|series|play|episode|podcast|headlined|slogan|the word|the words|the term|the phrase|reads?|reading|saying|a sign|billed as|short for|meaning|translated as|or))\s*[:,]?\s*$/i

export const NEGATIONS: ReadonlySet<string> = new Set(['not', 'no', 'never', 'none', 'nobody', 'nothing', 'neither', 'nor', 'without', 'hardly', 'cannot', 'cant', 'dont', 'doesnt', 'didnt', 'isnt', 'arent', 'wasnt', 'werent', 'wont', 'wouldnt', 'shouldnt', 'couldnt', 'hasnt', 'havent', 'hadnt', 'aint', 'mustnt'])

const WEEKDAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day'
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.|Feb\\.|Aug\\.|Sept\\.|Oct\\.|Nov\\.|Dec\\.)'
const PART = '(?:morning|afternoon|evening|night)'
const ZONE = '(?:\\s+(?:E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|GMT|UTC|BST|CET|CEST|Eastern|Central|Pacific|Mountain|local)(?:\\s+time)?)'

/** What a reader can place only with a date or a zone at hand. The alternatives are tried in this order. */
export const TIME = new RegExp([
  `(?<clock>\\b(?:[01]?\\d|2[0-3])(?:[:.][0-5]\\d)?\\s?(?:[ap]\\.?m\\b\\.?)(?<zone>${ZONE})?(?:,?\\s+(?:on\\s+)?${WEEKDAY})?)`,
  `(?<clock24>\\b(?:[01]\\d|2[0-3]):[0-5]\\d\\b(?<zone24>${ZONE})?)`,
  `(?<period>\\b(?:the |by the |at the )?(?:end|beginning|start|middle) of (?:this|next|last) (?:week|month|year|quarter)\\b)`,
  `(?<relative>\\b(?:yesterday|tomorrow|tonight|today|earlier this (?:week|month|year)|later this (?:week|month|year)|(?:this|next|last) (?:week|weekend|month|year|quarter|spring|summer|fall|autumn|winter|${PART}|${WEEKDAY}))\\b)`,
  `(?<dated>\\b(?:${WEEKDAY},?\\s+)?(?:\\d{1,2}\\s+${MONTH}|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?)(?<year>,?\\s+(?:19|20)\\d\\d)?)`,
  `(?<month>\\b(?:in|since|until|by|last|this|next|during)\\s+(?:(?:early|mid|late)[ -])?${MONTH}(?!\\s*\\d)(?<year2>,?\\s+(?:of\\s+)?(?:19|20)\\d\\d)?)`,
  `(?<weekday>\\b(?:last |next |this )?${WEEKDAY}(?:\\s+${PART})?\\b(?!s\\b))`,
].join('|'), 'g')
export const TIME_HINT = /\d\s?[ap]\.?m\b|\d:\d\d|day\b|\b(?:week|month|year|quarter|weekend|tomorrow|tonight)\b|January|February|March|April|\bMay\b|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|spring|summer|autumn|winter/

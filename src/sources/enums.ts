import { registerEnumType } from 'type-graphql'
import { GROUND_RULES, MENTION_FORMS, SOURCE_KINDS, SPEECHES } from '../document/index.js'
import { enumOf } from '../graphql/enum-of.js'

export const Speech = enumOf(SPEECHES)
registerEnumType(Speech, {
  name: 'Speech', description: 'How words are rendered.',
  valuesConfig: {
    DIRECT: { description: 'In quotation marks throughout.' }, MIXED: { description: 'Partly in quotation marks.' }, INDIRECT: { description: 'In the words of the story.' },
  },
})
export const SourceKind = enumOf(SOURCE_KINDS)
registerEnumType(SourceKind, {
  name: 'SourceKind', description: 'What kind of source stands behind an attribution.',
  valuesConfig: {
    PERSON: { description: 'A person, by name.' }, ORGANIZATION: { description: 'A body, perhaps through an unnamed spokesperson.' }, ANONYMOUS: { description: 'Somebody the story does not name.' },
    DOCUMENT: { description: 'A report, filing, letter or other document.' }, OUTLET: { description: 'Another news outlet.' }, GROUP: { description: 'A crowd that is nobody\'s confidence: "critics", "residents".' },
  },
})
export const MentionForm = enumOf(MENTION_FORMS)
registerEnumType(MentionForm, {
  name: 'MentionForm', description: 'How the text refers to a source at one place.',
  valuesConfig: {
    NAME: { description: 'By name.' }, DESCRIPTION: { description: 'By description: "the official".' }, PRONOUN: { description: 'By pronoun: "they".' },
  },
})
export const GroundRulesTerms = enumOf(GROUND_RULES)
registerEnumType(GroundRulesTerms, {
  name: 'GroundRulesTerms', description: 'The terms of a conversation with a source. Newsroom only.',
  valuesConfig: {
    ON_RECORD: { description: 'Publishable, by name.' }, BACKGROUND: { description: 'Publishable, not by name.' }, DEEP_BACKGROUND: { description: 'Usable without any attribution; never public as one.' },
    OFF_RECORD: { description: 'Not publishable; never public.' }, UNSTATED: { description: 'Not recorded.' },
  },
})

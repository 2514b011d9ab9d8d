import type { WalkValues } from './schema-walk.js'

const id = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url')
const DOCUMENT = '{onrecord: 1, slug: "x", desk: "Metro", paragraphs: [{text: "It is cold."}]}'

/** Arguments of the root fields of the public contract that need some, for newsrooms with the harbor stories. */
export const PUBLIC_ROOTS: Readonly<Record<string, string>> = {
  story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-killed"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"',
}

/** What the harbor stories hold, for every argument that takes a text, an id or a number. What a list is narrowed to holds something and leaves something out. */
export const HARBOR: WalkValues['values'] = {
  DateTime: ['"2026-03-01T10:00:00Z"'], Int: ['1'],
  '(slug)': ['"harbor-plan-1"'], '(key)': ['"ada-quill"'], '(code)': ['"medtop:04000000"'], '(name)': ['"a"'], '(query)': ['"harbor"', '"The plan is sound"', '"berth"'], '(text)': ['"plan"'],
  '(desks)': ['["Metro"]'], '(journalist)': ['"sam-reyes"'], '(person)': ['"ada-quill"'], '(organization)': ['"port"'], '(languages)': ['["en"]'], '(storyline)': ['"harbor"'], '(topics)': ['["medtop:04000000"]'],
  '(speaker)': ['"ada-quill"'], '(speakerOrganization)': ['"port"'], '(issuer)': ['"port"'], '(descriptor)': ['"officials"'],
  'Query.person(id)': [`"${id('Person', 'ada-quill')}"`], 'Query.organization(key)': ['"port"'], 'Query.organization(id)': [`"${id('Organization', 'port')}"`], 'Query.journalist(key)': ['"sam-reyes"'], 'Query.journalist(id)': [`"${id('Journalist', 'sam-reyes')}"`],
  'Query.topic(id)': [`"${id('Topic', 'medtop:04000000')}"`], 'Query.tombstone(slug)': ['"harbor-plan-killed"', '"harbor-plan-1"'], 'Story.changesSince(version)': ['0', '1', '2', '9'],
}

/** And what the newsroom contract takes beside. */
export const NEWSROOM_ROOTS: Readonly<Record<string, string>> = {
  ...PUBLIC_ROOTS, personEntry: 'key: "ada-quill"', organizationEntry: 'key: "port"', extractStory: 'text: "It is cold, Ada Quill said."', checkText: 'text: "It is cold, sources said."', checkDocument: `document: ${DOCUMENT}`,
}

export const NEWSROOM_VALUES: WalkValues['values'] = {
  StoryDocument: [DOCUMENT], JSON: [DOCUMENT], '(desk)': ['"Metro"'], '(language)': ['"en"'], '(provider)': ['"tidewater-post"'], '(words)': ['"plan"'], '(rules)': ['["bare-source-descriptor"]'], '(approvedBy)': ['"editor-vo"'], '(issuerId)': [`"${id('Organization', 'port')}"`], '(statementId)': ['"x"'],
  'Query.personEntry(id)': [`"${id('Person', 'ada-quill')}"`], 'Query.organizationEntry(key)': ['"port"'], 'Query.organizationEntry(id)': [`"${id('Organization', 'port')}"`], 'Query.filedStatement(id)': ['"x"'], 'Query.partner(id)': ['"x"'], 'Query.webhookDeliveries(webhookId)': ['"x"'], 'Query.unacknowledgedNotices(partnerId)': ['"x"'], 'Query.deliveries(partnerId)': ['"x"'],
}

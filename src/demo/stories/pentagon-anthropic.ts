import type { Clock } from '../clock.js'
import { headline, summary, write } from '../copy.js'
import type { DemoStory, Keyed, Plan } from '../story-builder.js'
import { onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

/**
 * A story as papers print them every day, told after CBS News in our own words with the sourcing it had there:
 * groups of unnamed people who come back as "the sources" or "they", and few names. What is quoted is verbatim, and short.
 */
export const pentagonAnthropic: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Pentagon sets deadline for Anthropic in dispute over AI model'),
    summary('The department wants unlimited use of Claude; the company wants two uses ruled out.'),
    'The Pentagon and Anthropic no longer trust each other, people who know of their quarrel over the company’s AI model told CBS News.',
    'Defense Secretary Pete Hegseth met Anthropic’s chief executive, Dario Amodei, at the Pentagon on Tuesday morning and told him to hand over, before the week was out, a signed paper opening the model to the military without limits, the sources said.',
    'To force the company’s hand, officials are weighing the use of the Defense Production Act, they said. Axios was earlier with parts of what was said in the room.',
    'The department is after complete control of the technology for its operations, sources told CBS News. Anthropic holds a Pentagon contract, worth $200 million, to build AI for national security.',
    'More than once Anthropic has asked for a guarantee that Claude, the model, will not be turned to watching Americans on a mass scale, sources said. Defense officials observed that such surveillance is against the law, and said that all the military asks for is a license for lawful work.',
    'Amodei is also asking that no strike be decided by Claude alone, with no human being in the decision, according to one source familiar with the meeting. The model can invent things and cannot be relied upon where a mistake may kill, whether by widening a conflict or by wrecking a mission, the person said.',
    '“The Pentagon,” a senior official at the department said when asked for comment, “has only given out lawful orders.”',
    'The official said that Grok, made by Elon Musk’s company xAI, had agreed to work in classified settings and that other developers were nearly there.',
    'At the meeting, Hegseth told Amodei that Boeing does not get a vote on what the Pentagon does with the aircraft it buys. The same, he argued, goes for Claude.',
    'Once Amodei had left, officials talked over whether the Production Act, which lets the government direct private industry, fits the case.',
    'Officials say they doubt that Anthropic can be trusted, and the Pentagon may brand the company a “supply chain risk” and drive it out of government work, two sources said. Anthropic was ahead of every other technology company in being cleared for classified military networks.',
    'An Anthropic spokesperson said in a statement that the company had “continued good-faith conversations” on its usage policy and would support national security with what its models can do “reliably and responsibly.”',
    'The deadline that Hegseth gave the company is 5 p.m. on Friday.',
  ])
  const { at } = copy
  const day = clock.daysSince(2, 7)
  return {
    copy,
    slug: 'pentagon-anthropic-deadline',
    desk: 'National Security',
    slugline: 'PENTAGON-AI',
    urgency: 3,
    bylines: ['paul-denham'],
    providers: ['cbs-news'],
    topics: ['politics', 'science', 'conflict'],
    publication: { firstPublishedAt: clock.day(day, '22:20') },
    events: {
      meeting: { name: 'Meeting of Hegseth and Amodei', visibility: 'PRIVATE', place: 'the Pentagon', range: at('at the Pentagon on Tuesday morning') },
      'talks-after': { name: 'Talks among officials once Amodei had gone', visibility: 'PRIVATE', range: at('Once Amodei had left') },
    },
    sources: {
      knowing: unnamed(copy, 'people who know of their quarrel over the company’s AI model', { plural: 'people', basis: printed(copy, 'know of their quarrel') }),
      deliberating: { kind: 'GROUP', name: 'officials' },
      axios: { kind: 'OUTLET', outlet: 'axios' },
      'defense-officials': unnamed(copy, 'Defense officials', { plural: 'officials', affiliation: { ...printed(copy, '[Defense] officials'), organization: 'defense-department' } }),
      'meeting-source': unnamed(copy, 'one source familiar with the meeting', { basis: printed(copy, 'familiar with the meeting') }),
      'senior-official': unnamed(copy, 'a senior official at the department', { affiliation: { ...printed(copy, 'official [at the department]'), organization: 'defense-department' } }),
      hegseth: { kind: 'PERSON', person: 'pete-hegseth', title: 'Defense Secretary', organization: 'defense-department' },
      'two-sources': unnamed(copy, 'two sources'),
      'doubting-officials': unnamed(copy, '[Officials] say', { plural: 'Officials' }),
      spokesperson: { kind: 'ORGANIZATION', organization: 'anthropic', spokesperson: 'an Anthropic spokesperson' },
    },
    says: pentagonSayings,
    statements: { anthropic: anthropicStatement(clock, day) },
    requestsForComment: { pentagon: { organization: 'defense-department', outcome: 'ANSWERED', outcomeLine: at('a senior official ... when asked for comment'), answeredBy: { attribution: 'senior-official-said' } } },
    outletCredits: { axios: { outlet: 'axios', mention: at('Axios'), content: [at('parts of what was said in the room')], attribution: 'axios-reported' } },
    claims: {
      distrust: { text: 'The two sides no longer trust each other.', kind: 'OPINION', holder: { source: 'knowing' }, occurrences: ['people-told'] },
      deadline: { text: 'Anthropic has a limited time to give in.', kind: 'FACT', target: { organization: 'anthropic' }, occurrences: [{ range: at('before the week was out'), attribution: 'the-sources-said', strength: 'this week' }, { range: at('The deadline that Hegseth ... on Friday'), strength: '5 p.m. on Friday' }] },
      demand: { text: 'How far the military wants to dispose over the model.', kind: 'FACT', holder: { organization: 'defense-department' }, occurrences: [{ range: at('opening the model to the military without limits'), attribution: 'the-sources-said', strength: 'without limits' }, { range: at('The department is after ... operations'), attribution: 'sources-told', strength: 'complete control' }, { range: at('all the military asks for ... lawful work'), attribution: 'defense-officials-said', strength: 'a license' }] },
      'production-act': { text: 'The government may use the Defense Production Act.', kind: 'FACT', target: { organization: 'anthropic' }, event: 'talks-after', occurrences: [{ range: at('officials are weighing the use of the Defense Production Act'), attribution: 'they-said', strength: 'weighing' }, { range: at('officials talked over ... fits the case'), strength: 'talked over' }] },
      contract: { text: 'Anthropic holds a Pentagon contract worth $200 million.', kind: 'BACKGROUND', occurrences: [at('Anthropic holds a Pentagon contract ... national security')] },
      boeing: { text: 'Hegseth likened the model to aircraft that the government buys.', kind: 'FACT', event: 'meeting', occurrences: [at('At the meeting, Hegseth told ... it buys')] },
      untrusted: { text: 'Anthropic may not deserve trust.', kind: 'OPINION', disparages: true, target: { organization: 'anthropic' }, holder: { source: 'doubting-officials' }, occurrences: ['officials-say'] },
      grok: { text: 'xAI accepts classified use of its model.', kind: 'FACT', target: { organization: 'xai' }, occurrences: [{ range: at('Grok, made by ... classified settings'), attribution: 'the-official-said' }] },
      cleared: { text: 'Anthropic was the first cleared for classified networks.', kind: 'BACKGROUND', occurrences: [at('Anthropic was ahead of every other ... networks')] },
    },
    alsoNamed: { people: ['dario-amodei', 'elon-musk'], organizations: ['boeing', 'xai'] },
  }
}

const pentagonSayings: Plan['says'] = {
  'people-told': { source: 'knowing', content: 'The Pentagon and Anthropic no longer trust each other', by: 'people who know ... AI model', cue: 'told', to: 'CBS News', toldTo: ['cbs-news'] },
  'the-sources-said': { source: 'knowing', content: 'Defense Secretary Pete Hegseth met ... without limits', by: 'the sources', cue: 'said', antecedent: 'people-told' },
  'hegseth-ultimatum': { source: 'hegseth', content: 'to hand over ... without limits', by: 'Defense Secretary Pete Hegseth', cue: 'told', to: 'him', parent: 'the-sources-said', occasion: 'meeting' },
  'they-said': { source: 'knowing', content: 'To force the company’s hand ... Defense Production Act', by: 'they', cue: 'they [said]', antecedent: 'people-told' },
  'officials-weighing': { source: 'deliberating', content: 'the use of the Defense Production Act', by: 'officials', cue: 'are weighing', parent: 'they-said' },
  'axios-reported': { source: 'axios', content: 'parts of what was said in the room', by: 'Axios', cue: 'was earlier with' },
  'sources-told': { source: 'knowing', content: 'The department is after ... operations', by: 'sources', cue: 'told', to: 'CBS News', toldTo: ['cbs-news'] },
  'sources-said': { source: 'knowing', content: 'More than once Anthropic ... mass scale', by: 'scale, [sources] said', cue: 'sources [said]' },
  'defense-officials-observed': { source: 'defense-officials', content: 'such surveillance is against the law', by: 'Defense officials', cue: 'observed' },
  'defense-officials-said': { source: 'defense-officials', content: 'all the military asks for ... lawful work', by: 'Defense officials', cue: 'and [said]', antecedent: 'defense-officials-observed' },
  'one-source-said': { source: 'meeting-source', content: 'Amodei is also asking ... in the decision', by: 'one source familiar with the meeting', cue: 'according to' },
  'the-person-said': { source: 'meeting-source', content: 'The model can invent things ... a mission', by: 'the person', cue: 'said', antecedent: 'one-source-said' },
  'senior-official-said': { source: 'senior-official', content: ['“The Pentagon,”', '“has only given out lawful orders.”'], by: 'a senior official at the department', cue: 'said' },
  'the-official-said': { source: 'senior-official', content: ['Grok, made by ... classified settings', 'other developers were nearly there'], by: 'The official', cue: 'said', antecedent: 'senior-official-said' },
  'hegseth-boeing': { source: 'hegseth', content: 'Boeing does not get a vote ... it buys', by: 'Hegseth', cue: 'told', to: 'Amodei', antecedent: 'hegseth-ultimatum', occasion: 'meeting' },
  'he-argued': { source: 'hegseth', content: ['The same', 'goes for Claude'], by: 'he', cue: 'argued', antecedent: 'hegseth-boeing', occasion: 'meeting' },
  'officials-talked': { source: 'deliberating', content: 'whether the Production Act ... fits the case', by: 'officials', cue: 'talked over', occasion: 'talks-after' },
  'two-sources-said': { source: 'two-sources', content: 'Officials say they doubt ... government work', by: 'two sources', cue: 'two sources [said]' },
  'officials-say': { source: 'doubting-officials', content: 'they doubt that Anthropic can be trusted', by: 'Officials', cue: 'say', parent: 'two-sources-said' },
  'spokesperson-said': {
    source: 'spokesperson', content: 'the company had “continued ... responsibly.”', by: 'An Anthropic spokesperson', cue: 'said', groundRules: onRecord,
    quotes: { 'good-faith': { words: 'continued good-faith conversations', from: 'anthropic' }, reliably: { words: 'reliably and responsibly.', from: 'anthropic' } },
  },
}

/** On file only as far as the story that we follow quotes it, and shortened. */
const anthropicStatement = (clock: Clock, day: number): Keyed<'statements'>[string] => ({
  issuer: 'anthropic',
  spokesperson: { descriptor: 'an Anthropic spokesperson' },
  channel: 'WRITTEN_STATEMENT',
  attributions: ['spokesperson-said'],
  texts: [{ takenAt: clock.day(day, '22:00'), text: '[…] continued good-faith conversations […] reliably and responsibly […]' }],
})

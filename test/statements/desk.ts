import { expect } from 'vitest'
import type { StoryDocumentInput } from '../../src/document/index.js'
import type { TestNewsroom } from '../support/newsroom.js'

export type Role = Parameters<TestNewsroom['token']>[0]

export const PAYLOAD: Readonly<Record<string, string>> = {
  fileStatement: 'statement { id lineage fullText embargoedUntil release }', addStatementText: 'statement { id fullText snapshots { takenAt text } }', releaseStatement: 'statement { id release embargoedUntil isUnderEmbargo }',
  attachToStatement: 'statement { id records { kind segments { speaker startMs endMs text } } }', linkExcerpts: 'story { id revision { number } } statement { id }', attachRecord: 'story { id revision { number } quotes { id record { kind title segments { text } } } }',
  recordRequestForComment: 'story { revision { number } } request { key person { key name } organization { key } askedBy { key } attempts { at channel note } deadline outcome }', recordAttempt: 'story { revision { number } } request { key attempts { channel } }',
  recordOutcome: 'story { revision { number } officialStatements { id } } request { key outcome outcomeLine { exact } answeredByStatement { id } }',
  openChallenge: 'challenge { id words revision complainant evidence { note url } outcome openedBy }', resolveChallenge: 'challenge { id outcome version explanation resolvedBy }',
}

/** Does a mutation by its name; the answer's payload. */
export async function run(newsroom: TestNewsroom, mutation: string, input: object, role: Role = 'EDITOR'): Promise<any> {
  const answer = await ask(newsroom, mutation, input, role)
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined()
  return answer.data![mutation]
}

/** The same with the whole answer. */
export function ask(newsroom: TestNewsroom, mutation: string, input: object, role: Role = 'EDITOR') {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
  return newsroom.readAsStaff(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${PAYLOAD[mutation]!} errors { code message path } } }`, { input }, role)
}

export const codes = (payload: { errors: readonly { code: string }[] }) => payload.errors.map((error) => error.code)
export const idOf = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url')
export const NOBODY = '00000000-0000-4000-8000-000000000000'
export const draftOf = ({ publication: _published, ...draft }: StoryDocumentInput): StoryDocumentInput => draft

export interface StoryIds { readonly id: string; readonly revision: number; readonly quotes: readonly string[]; readonly attributions: readonly string[] }

export async function storyIds(newsroom: TestNewsroom, slug: string): Promise<StoryIds> {
  const { story } = (await newsroom.readAsStaff('query ($slug: String!) { story(slug: $slug) { id revision { number } quotes { id } attributions { id } } }', { slug })).data!
  return { id: story.id, revision: story.revision.number, quotes: story.quotes.map((quote: { id: string }) => quote.id), attributions: story.attributions.map((entry: { id: string }) => entry.id) }
}

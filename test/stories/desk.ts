import { expect } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { story } from '../support/documents.js'
import type { Answer, TestNewsroom } from '../support/newsroom.js'

export interface Saved {
  readonly story: { readonly id: string; readonly slug: string; readonly state: string; readonly version: number; readonly revision: { readonly number: number }; readonly document: any } | null
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path: string | null }[]
  readonly detached?: readonly { readonly path: string; readonly role: string; readonly reason: string; readonly exact: string; readonly entry: object | null }[]
}

/** A story without its publication, as a draft begins. */
export function draft(n: number | string, change: Partial<StoryDocumentInput> = {}): object {
  const { publication: _published, ...document } = story(n, change)
  return document
}

/** What a desk does, over HTTP. */
export class TestDesk {
  constructor(readonly newsroom: TestNewsroom) {}

  async mutate(mutation: string, input: object, role: StaffRole = 'EDITOR', type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`, fields = ''): Promise<Saved> {
    const answer: Answer = await this.newsroom.readAsStaff(
      `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { story { id slug state version revision { number } document } errors { code message path } ${fields} } }`, { input }, role,
    )
    expect(answer.errors).toBeUndefined()
    return answer.data!['answer'] as Saved
  }

  async create(document: object): Promise<NonNullable<Saved['story']>> {
    const { story: created, errors } = await this.mutate('createStory', { document })
    expect(errors).toEqual([])
    return created!
  }

  /** A story that is public, as its first revision. */
  async publish(document: object): Promise<NonNullable<Saved['story']>> {
    const { id } = await this.create(document)
    const { story: published, errors } = await this.mutate('publishStory', { storyId: id }, 'EDITOR', 'StoryActionInput')
    expect(errors).toEqual([])
    return published!
  }

  editParagraphs(storyId: string, expectedRevision: number, edits: readonly object[], more: object = {}, role: StaffRole = 'REPORTER'): Promise<Saved> {
    return this.mutate('editParagraphs', { storyId, expectedRevision, edits, ...more }, role, undefined, 'detached { path key role reason exact prefix suffix entry }')
  }

  editEntries(storyId: string, expectedRevision: number, edits: readonly object[], more: object = {}, role: StaffRole = 'REPORTER'): Promise<Saved> {
    return this.mutate('editEntries', { storyId, expectedRevision, edits, ...more }, role)
  }
}

export const codesOf = (answer: Saved): string[] => answer.errors.map((error) => error.code)

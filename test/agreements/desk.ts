import { expect } from 'vitest'
import { issueStaffToken, type StaffRole } from '../../src/access/index.js'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom, type Answer } from '../support/newsroom.js'

/** Who works in the newsroom: each with a token that names the journalist. */
export const STAFF = {
  preview: ['Preview site', 'PREVIEW', undefined], rita: ['Rita Holm', 'REPORTER', 'rita-holm'], linh: ['Linh Vo', 'EDITOR', 'editor-vo'], ora: ['Ora Nye', 'EDITOR', 'ora-nye'], nokey: ['Otto Key', 'EDITOR', undefined],
  ruth: ['Ruth Kessler', 'STANDARDS_EDITOR', 'ruth-kessler'], ada: ['Ada Root', 'ADMIN', 'ada-root'], sam: ['Sam Reyes', 'ADMIN', 'sam-reyes'],
} as const satisfies Record<string, readonly [string, StaffRole, string | undefined]>
export type Who = keyof typeof STAFF

const PAYLOAD: Readonly<Record<string, string>> = {
  recordAgreement: 'agreement { sourceKey reason terms agreedAt editorKnowsIdentity identityHeldOffSystem recordedBy recordedAt grantedBy { key name } } story { revision { number } }',
  changeGroundRules: 'agreement { history { kind terms at words attributions recordedBy } } story { revision { number } }',
  approveUse: 'approval { id use attributions approvedBy { key name } recordedBy { key } recorder at recordedAt channel revision state lapsedBecause revokedAt revokedBy } story { revision { number } }',
  revokeApproval: 'approval { id state revokedAt revokedBy }',
  recordSourceChange: 'guidance sourceChange { id sourceKey due recordedOn recordedBy guidance notice isDone tasks { attributionId words quotes isInDraft isPublic isDone } }',
}
const TYPES: Readonly<Record<string, string>> = { publishStory: 'StoryActionInput', updateStory: 'StoryActionInput' }

/** The source of the harbor story without anything agreed, and with no other error in it. */
export function harbor(slug: string, change: Partial<StoryDocumentInput> = {}, agreed?: object): StoryDocumentInput {
  const whole = story(slug, change)
  const { publication: _published, ...draft } = whole
  return { ...draft, slug, sources: draft.sources!.map((source) => (source.kind === 'ANONYMOUS' ? ({ ...source, agreed } as typeof source) : source)) }
}

/** A newsroom with a desk, over HTTP. */
export class AgreementDesk {
  readonly #tokens = new Map<Who, string>()
  private constructor(readonly newsroom: TestNewsroom) {}

  static async open(): Promise<AgreementDesk> {
    const desk = new AgreementDesk(await TestNewsroom.open())
    for (const who of Object.keys(STAFF) as Who[]) {
      const [name, role, journalist] = STAFF[who]
      desk.#tokens.set(who, await issueStaffToken(desk.newsroom.database, { name, role, journalist }, desk.newsroom.sources))
    }
    return desk
  }

  ask(query: string, variables?: object, who: Who = 'linh'): Promise<Answer> {
    return this.newsroom.ask(PATHS.NEWSROOM, query, variables, { authorization: `Bearer ${this.#tokens.get(who)!}` })
  }

  async read(query: string, variables?: object, who: Who = 'linh'): Promise<any> {
    const answer = await this.ask(query, variables, who)
    expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined()
    return answer.data
  }

  /** Does a mutation by its name; the answer's payload. */
  async run(mutation: string, input: object, who: Who = 'linh'): Promise<any> {
    const type = TYPES[mutation] ?? `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
    return (await this.read(`mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${PAYLOAD[mutation] ?? 'story { id revision { number } state version }'} errors { code message path } } }`, { input }, who)).answer
  }

  /** A draft, with the keys that the other operations need. */
  async create(document: object) {
    const { story: created, errors } = await this.run('createStory', { document }, 'rita')
    expect(errors).toEqual([])
    return this.keys(created.id as string)
  }

  async keys(storyId: string) {
    const { node } = await this.read('query ($id: ID!) { node(id: $id) { ... on Story { id revision { number } document sources { key kind } attributions { id source { key } } } } }', { id: storyId })
    const source = node.sources.find((entry: { kind: string }) => entry.kind === 'ANONYMOUS')?.key as string
    return {
      storyId, source, named: node.sources.find((entry: { kind: string }) => entry.kind === 'PERSON').key as string, revision: node.revision.number as number, document: node.document,
      attributions: node.attributions.filter((entry: any) => entry.source?.key === source).map((entry: { id: string }) => entry.id) as string[],
    }
  }

  async save(storyId: string, expectedRevision: number, change: (document: any) => object): Promise<number> {
    const { document } = await this.keys(storyId)
    const { story: saved, errors } = await this.run('saveRevision', { storyId, expectedRevision, document: change(document) }, 'rita')
    expect(errors).toEqual([])
    return saved.revision.number
  }

  /** Waives what the tests are not about, so that a story can be published. */
  async publish(storyId: string, mutation = 'publishStory'): Promise<any> {
    const { answer } = await this.read(`mutation ($input: StoryActionInput!) { answer: ${mutation}(input: $input) { story { version state } findings { rule } errors { code } } }`, { input: { storyId } })
    return answer
  }

  /** What the checks say of the approval of the source, or of its ground rules. */
  async findings(storyId: string, rule = 'anonymity-without-approval'): Promise<{ severity: string; message: string }[]> {
    const { node } = await this.read('query ($id: ID!) { node(id: $id) { ... on Story { findings(includeWaived: true) { rule severity message } } } }', { id: storyId })
    return node.findings.filter((finding: { rule: string }) => finding.rule === rule)
  }

  close(): Promise<void> { return this.newsroom.close() }
}

export const codes = (payload: { errors: readonly { code: string }[] }) => payload.errors.map(({ code }) => code)
export const agreement = (change: object = {}) => ({ terms: 'BACKGROUND', reason: 'Would lose the post.', grantedBy: 'sam-reyes', editorKnowsIdentity: true, agreedAt: '2026-03-09T09:00:00Z', ...change })
export const approval = (change: object = {}) => ({ use: 'Both paragraphs.', channel: 'IN_PERSON', knowsIdentity: true, ...change })

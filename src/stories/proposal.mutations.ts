import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { DocumentProblem, StoryDocument } from '../document/index.js'
import { again } from '../graphql/again.js'
import { Does } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { change, STORY_CODES, type MutationError } from '../graphql/mutation.js'
import { input } from '../graphql/payload.js'
import type { ExtractionOptions } from '../extraction/index.js'
import { acceptProposals, editProposal, rejectProposals, type Changed, type Chosen, type ProposalChange } from './proposal-changes.js'
import { AcceptProposalsInput, CreateStoryFromTextInput, EditProposalInput, RejectProposalsInput, type OnProposals } from './proposal.inputs.js'
import { CREATE_CODES, CreateStoryFromTextPayload, proposalPayload } from './proposal.types.js'
import { saveEdit } from './save-revision.js'
import { createStoryWithin } from './save-story.js'
import { Story } from './story.types.js'

const PROPOSAL_CODES = {
  ...STORY_CODES, UNKNOWN_PROPOSAL: 'The story has no such entry.', ALREADY_CONFIRMED: 'A person has confirmed the entry.', INVALID_DOCUMENT: 'The entry breaks the document\'s format.', STATEMENT_DIFFERS: 'The statement is on file otherwise.',
} as const
const BULK_CODES = { ...PROPOSAL_CODES, NOTHING_CHOSEN: 'No proposal is named, or none is there.' } as const
const AcceptProposalsPayload = proposalPayload('acceptProposals', BULK_CODES)
const RejectProposalsPayload = proposalPayload('rejectProposals', BULK_CODES)
const EditProposalPayload = proposalPayload('editProposal', PROPOSAL_CODES)

interface ProposalPayload { readonly story: Story | null; readonly changes: readonly ProposalChange[]; readonly errors: readonly MutationError[] }
interface OnRevision { readonly storyId: string; readonly expectedRevision: number; readonly idempotencyKey?: string | null }

@Resolver()
export class ProposalMutations {
  @Does('CREATE')
  @Mutation(() => CreateStoryFromTextPayload, { description: 'Reads a story out of plain text and stores it as a draft. Everything that was read waits in `Story.proposals` for a person; none of it is public before. For reporters and editors.' })
  async createStoryFromText(@Ctx() context: GraphQLContext, @Arg(...input(() => CreateStoryFromTextInput)) given: CreateStoryFromTextInput): Promise<CreateStoryFromTextPayload> {
    const extracted = await context.extractor.draft(given.text, optionsOf(given))
    if (!extracted.ok) return { story: null, diagnostics: [], errors: errorsOf(extracted.problems, CREATE_CODES) }
    const storyId = context.newId()
    const result = await again(() => change(context, 'createStoryFromText', given, (queries, staff) =>
      createStoryWithin(queries, extracted.document, { now: () => context.now, newId: context.newId }, staff.name, storyId), { ok: true, storyId }))
    if (!result.ok) return { story: null, diagnostics: extracted.diagnostics, errors: 'problems' in result ? errorsOf(result.problems, CREATE_CODES) : [result] }
    return { story: new Story((await context.storyById(result.storyId))!), diagnostics: extracted.diagnostics, errors: [] }
  }

  @Does('SAVE')
  @Mutation(() => AcceptProposalsPayload, { description: 'Confirms proposals, in a new revision. Each is public from the next publication on, if what it rests on is confirmed too. For reporters and editors.' })
  acceptProposals(@Ctx() context: GraphQLContext, @Arg(...input(() => AcceptProposalsInput)) given: AcceptProposalsInput): Promise<ProposalPayload> {
    return inBulk(context, 'acceptProposals', given, acceptProposals)
  }

  @Does('SAVE')
  @Mutation(() => RejectProposalsPayload, { description: 'Takes proposals out, in a new revision, with what hangs on them: the quotes of an attribution, its occurrences in claims, references to it. `changes` says what. The text stays as it is. For reporters and editors.' })
  rejectProposals(@Ctx() context: GraphQLContext, @Arg(...input(() => RejectProposalsInput)) given: RejectProposalsInput): Promise<ProposalPayload> {
    return inBulk(context, 'rejectProposals', given, rejectProposals)
  }

  @Does('SAVE')
  @Mutation(() => EditProposalPayload, { description: 'Replaces a proposal by an edited one, which confirms it, in a new revision. For reporters and editors.' })
  editProposal(@Ctx() context: GraphQLContext, @Arg(...input(() => EditProposalInput)) given: EditProposalInput): Promise<ProposalPayload> {
    return saving(context, 'editProposal', given, PROPOSAL_CODES, (document) => editProposal(document, { collection: given.collection, key: given.key }, given.entry, context.newId))
  }
}

type Given = { readonly [K in keyof ExtractionOptions]: ExtractionOptions[K] | null }

/** Null means the same as left out. */
export function optionsOf({ slug, desk, language, provider }: Given): ExtractionOptions {
  return Object.fromEntries(Object.entries({ slug, desk, language, provider }).filter(([, value]) => value !== undefined && value !== null))
}

/** Problems under the code of their kind. */
export function errorsOf(problems: readonly DocumentProblem[], codes: Readonly<Record<string, string>>): MutationError[] {
  return problems.map(({ code, path, message }) => ({ code: code in codes ? code : 'INVALID_DOCUMENT', message: `${path === 'text' ? 'The text' : path || 'The text'} ${message}.`, path: path || null }))
}

function inBulk(context: GraphQLContext, mutation: string, given: OnProposals, work: (document: StoryDocument, chosen: Chosen) => Changed): Promise<ProposalPayload> {
  const named = given.proposals ?? undefined
  if (given.all === (named !== undefined) || named?.length === 0) {
    return Promise.resolve({ story: null, changes: [], errors: [{ code: 'NOTHING_CHOSEN', message: 'Give "proposals", at least one, or "all"; one of the two.', path: 'proposals' }] })
  }
  return saving(context, mutation, given, BULK_CODES, (document) => work(document, named ?? 'ALL'))
}

/** A new revision, made of the current one. */
async function saving(context: GraphQLContext, mutation: string, given: OnRevision, codes: Readonly<Record<string, string>>, work: (document: StoryDocument) => Changed): Promise<ProposalPayload> {
  const id = keyOfId('Story', given.storyId, 'storyId')
  const save = { story: { id }, expectedRevision: given.expectedRevision, isAutosave: false }
  const result = await again(() => change(context, mutation, given, async (queries, staff) => {
    const saved = await saveEdit(queries, save, staff, work, { now: () => context.now, newId: context.newId })
    return saved.ok ? { ok: true, storyId: saved.storyId, number: saved.number, changes: saved.edited.changes } as const : saved
  }))
  const story = await context.storyById(id)
  const errors = result.ok ? [] : 'problems' in result ? errorsOf(result.problems, codes) : [{ code: result.code, message: result.message, path: result.path ?? null }]
  return { story: story ? new Story(story) : null, changes: result.ok ? result.changes : [], errors }
}

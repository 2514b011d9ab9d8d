import {
  parseStoryDocument, PROPOSAL_COLLECTIONS, proposalsOf, type DocumentProblem, type ProposalCollection, type ProposalEntry, type StoryDocument,
} from '../document/index.js'
import { withoutEntries } from './proposal-removal.js'

/** An entry by its collection and key. */
export interface ProposalRef {
  readonly collection: ProposalCollection
  readonly key: string
}

/** What became of an entry: of one that was named, or of one that hangs on it. */
export interface ProposalChange extends ProposalRef {
  readonly kind: 'ACCEPTED' | 'REJECTED' | 'REMOVED' | 'UNLINKED' | 'UNCONFIRMED' | 'EDITED' | 'WAITING'
  /** What happened and why. */
  readonly message: string
}

/** Which proposals: some, or every one there is. */
export type Chosen = readonly ProposalRef[] | 'ALL'

export type Changed = { readonly document: StoryDocument; readonly changes: readonly ProposalChange[] } | { readonly problems: readonly DocumentProblem[] }

const problem = (code: string, path: string, message: string): DocumentProblem => ({ code, path, message })
export const nameOfRef = ({ collection, key }: ProposalRef) => `${collection} "${key}"`

/** A person stands behind the chosen entries now. They keep how they came about. */
export function acceptProposals(document: StoryDocument, chosen: Chosen): Changed {
  const found = find(document, chosen)
  if ('problems' in found) return found
  const accepted = changeEntries(document, (collection, entry) => (found.keys[collection].has(entry.key) ? { ...entry, confirmed: true } : entry))
  return {
    document: accepted,
    changes: [...found.refs.map((ref): ProposalChange => ({ ...ref, kind: 'ACCEPTED', message: 'Accepted.' })), ...waiting(accepted, found.refs)],
  }
}

/** Takes the chosen entries out, with what makes no sense without them. */
export function rejectProposals(document: StoryDocument, chosen: Chosen): Changed {
  const found = find(document, chosen)
  return 'problems' in found ? found : withoutEntries(document, found.refs)
}

/**
 * Puts an edited entry in the place of a proposal, which confirms it. Key and lineage stay; where a source becomes named or unnamed by it,
 * saving gives new lineages to what it said, so that nothing joins the two.
 */
export function editProposal(document: StoryDocument, ref: ProposalRef, given: object, newId: () => string): Changed {
  const found = find(document, [ref], 'key')
  if ('problems' in found) return found
  const index = (document[ref.collection] as readonly ProposalEntry[]).findIndex(({ key }) => key === ref.key)
  const before = document[ref.collection][index]!
  if ('key' in given && given.key !== ref.key) return { problems: [problem('INVALID_DOCUMENT', 'entry.key', `is ${JSON.stringify(given.key)}, but the proposal is "${ref.key}"; an entry keeps its key`)] }
  const entry = { ...given, key: before.key, lineage: before.lineage, confirmed: true, ...(before.proposal && { proposal: before.proposal }) }
  const parsed = parseStoryDocument({ ...document, [ref.collection]: (document[ref.collection] as readonly object[]).with(index, entry) }, { lineage: newId })
  if (!parsed.ok) return { problems: parsed.problems.map((one) => ({ ...one, path: underEntry(one.path, `${ref.collection}[${index}]`) })) }
  return { document: parsed.document, changes: [{ ...ref, kind: 'EDITED', message: 'Edited, and so confirmed.' }, ...waiting(parsed.document, [ref])] }
}

/** `attributions[3].content[0]` is `entry.content[0]` to whoever gave the entry. */
function underEntry(path: string, of: string): string {
  return path === of || path.startsWith(`${of}.`) ? `entry${path.slice(of.length)}` : path
}

interface Found { readonly refs: readonly ProposalRef[]; readonly keys: Readonly<Record<ProposalCollection, ReadonlySet<string>>> }

/** `path` is where in the input a single one was named. */
function find(document: StoryDocument, chosen: Chosen, path?: string): Found | { readonly problems: readonly DocumentProblem[] } {
  const open = proposalsOf(document)
  if (chosen === 'ALL') return open.length > 0 ? foundOf(open) : { problems: [problem('NOTHING_CHOSEN', 'all', 'finds nothing: no proposal waits in this story')] }
  const known = entriesByName(document)
  const problems = chosen.flatMap((ref, index) => {
    const entry = known.get(nameOfRef(ref))
    const at = path ?? `proposals[${index}].key`
    if (!entry) return [problem('UNKNOWN_PROPOSAL', at, `is "${ref.key}", which is not in ${ref.collection}; Story.proposals lists what waits`)]
    return entry.confirmed ? [problem('ALREADY_CONFIRMED', at, `is "${ref.key}", which a person has confirmed; change it with saveRevision`)] : []
  })
  return problems.length > 0 ? { problems } : foundOf(chosen)
}

function foundOf(refs: readonly ProposalRef[]): Found {
  const keys = Object.fromEntries(PROPOSAL_COLLECTIONS.map((name) => [name, new Set<string>()])) as unknown as Record<ProposalCollection, Set<string>>
  const once = refs.filter(({ collection, key }) => !keys[collection].has(key) && keys[collection].add(key))
  return { keys, refs: once.map(({ collection, key }) => ({ collection, key })) }
}

function entriesByName(document: StoryDocument): ReadonlyMap<string, ProposalEntry> {
  return new Map(PROPOSAL_COLLECTIONS.flatMap((collection) => (document[collection] as readonly ProposalEntry[]).map((entry) => [nameOfRef({ collection, key: entry.key }), entry] as const)))
}

function changeEntries(document: StoryDocument, change: (collection: ProposalCollection, entry: ProposalEntry) => ProposalEntry): StoryDocument {
  return { ...document, ...Object.fromEntries(PROPOSAL_COLLECTIONS.map((name) => [name, (document[name] as readonly ProposalEntry[]).map((entry) => change(name, entry))])) }
}

/** What is confirmed and still not public when it is published, because what it rests on is not confirmed. */
function waiting(document: StoryDocument, refs: readonly ProposalRef[]): ProposalChange[] {
  const known = entriesByName(document)
  return refs.flatMap((ref) => {
    const entry = known.get(nameOfRef(ref))!
    const on = restsOn(ref.collection, entry, known).find((other) => known.get(nameOfRef(other))?.confirmed === false)
    return on ? [{ ...ref, kind: 'WAITING' as const, message: `Stays out of the public until ${nameOfRef(on)} is accepted too.` }] : []
  })
}

/** A quote is public with its attribution, and that with its source. */
function restsOn(collection: ProposalCollection, entry: ProposalEntry, known: ReadonlyMap<string, ProposalEntry>): readonly ProposalRef[] {
  if (collection === 'quotes') {
    const ref: ProposalRef = { collection: 'attributions', key: (entry as ProposalEntry<'quotes'>).attribution }
    return [ref, ...restsOn('attributions', known.get(nameOfRef(ref))!, known)]
  }
  const { source } = entry as ProposalEntry<'attributions'>
  return collection === 'attributions' && source !== undefined ? [{ collection: 'sources', key: source }] : []
}

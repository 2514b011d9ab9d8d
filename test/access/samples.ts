import { issueStaffToken } from '../../src/access/index.js'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { agreement, approval, harbor } from '../agreements/desk.js'
import { draftOf, idOf, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import type { TestNewsroom } from '../support/newsroom.js'
import { errorsOf } from '../support/waivers.js'
import { weakStory } from '../support/weak-story.js'
import { attestationBytes, makeKey, registrationBytes, sealNew, sign, toBase64 } from '../../src/vault/seal/index.js'
import { content, TestVault } from '../vault/people.js'

const PORT = idOf('Organization', 'port')
const LUND = idOf('Person', 'mayor-lund')
const STATEMENT = 'The plan is sound. Nobody else was asked.'
const PROPOSED = '“The ferries stop,” said Ada Quill, the director of the port.'

/**
 * An input for every mutation, on things of its own that are made for it: whoever may do it gets it done. By the mutation's name; each
 * with what it is given. Those of the vault need an empty one; "isVaultLeftOut" leaves them out.
 */
export async function mutationSamples(newsroom: TestNewsroom, { isVaultLeftOut = false } = {}): Promise<ReadonlyMap<string, object>> {
  const samples = new Map<string, object>()
  const { published, draft, changed, once } = makers(newsroom)

  await published('base')
  samples.set('createStory', { document: draftOf(story('sample-new')) })
  samples.set('createStoryFromText', { text: PROPOSED, slug: 'sample-from-text' })
  samples.set('saveRevision', { ...await draft('saveRevision'), document: draftOf(story('saverevision', { urgency: 1 })) })
  samples.set('editParagraphs', { ...await draft('editParagraphs'), edits: [{ at: 1, remove: 0, insert: [{ text: 'One more.' }] }] })
  samples.set('editEntries', { ...await draft('editEntries'), edits: [{ collection: 'CLAIMS', key: 'k1', entry: null }] })
  samples.set('markEditing', { storyId: (await draft('markEditing') as { storyId: string }).storyId })
  samples.set('publishStory', await draft('publishStory'))
  samples.set('scheduleStory', { ...await draft('scheduleStory'), at: '2030-01-01T00:00:00Z' })
  samples.set('unscheduleStory', await once('scheduleStory', { ...await draft('unscheduleStory'), at: '2030-01-01T00:00:00Z' }))
  samples.set('embargoStory', { ...await draft('embargoStory'), until: '2030-01-01T00:00:00Z' })
  samples.set('liftEmbargo', { ...await once('embargoStory', { ...await draft('liftEmbargo'), until: '2030-01-01T00:00:00Z' }), reason: 'AGREED' })
  samples.set('updateStory', await changed('updateStory'))
  samples.set('correctStory', { ...await changed('correctStory'), explanation: 'It is berth 2.' })
  samples.set('clarifyStory', { ...await changed('clarifyStory'), explanation: 'It is the new berth.' })
  for (const name of ['holdStory', 'withdrawStory', 'killStory', 'unpublishStory']) samples.set(name, await published(name))
  samples.set('restoreStory', await once('holdStory', await published('restoreStory')))
  samples.set('expungeRevisions', { ...await once('killStory', await published('expungeRevisions')), reason: 'COURT_ORDER' })

  for (const name of ['acceptProposals', 'rejectProposals', 'editProposal']) samples.set(name, await ofProposals(newsroom, name))
  for (const name of ['waiveFinding', 'revokeWaiver']) samples.set(name, await ofWaivers(newsroom, name))
  for (const [name, input] of await ofStatements(newsroom)) samples.set(name, input)
  for (const [name, input] of await ofRegister(newsroom)) samples.set(name, input)
  for (const [name, input] of await ofPartners(newsroom)) samples.set(name, input)
  for (const [name, input] of await ofSyndication(newsroom)) samples.set(name, input)
  if (!isVaultLeftOut) for (const [name, input] of await ofVault(newsroom)) samples.set(name, input)
  for (const name of ['recordAgreement', 'changeGroundRules', 'approveUse', 'revokeApproval', 'recordSourceChange']) samples.set(name, await ofAgreements(newsroom, name))
  return samples
}

async function ofAgreements(newsroom: TestNewsroom, name: string): Promise<object> {
  const slug = `agreed-${name.toLowerCase()}`
  await newsroom.add(name === 'recordSourceChange' ? { ...story(slug), slug } : harbor(slug))
  const { data } = await newsroom.readAsStaff(`{ story(slug: "${slug}") { id sources { key kind } } }`)
  const on = { storyId: data!['story'].id as string, source: data!['story'].sources.find(({ kind }: { kind: string }) => kind === 'ANONYMOUS').key as string }
  if (name === 'recordAgreement') return { ...on, ...agreement() }
  if (name === 'changeGroundRules') return { ...on, terms: 'OFF_RECORD' }
  if (name === 'recordSourceChange') return { ...on, change: 'CONSENT_WITHDRAWN' }
  await done(newsroom, 'recordAgreement', { ...on, ...agreement() })
  await issueStaffToken(newsroom.database, { name: 'Linh Vo', role: 'EDITOR', journalist: 'editor-vo' }, newsroom.sources)
  const input = { ...on, ...approval({ approvedBy: 'editor-vo' }) }
  return name === 'approveUse' ? input : { approvalId: (await done(newsroom, 'approveUse', input, 'approval { id }')).approval.id }
}

/** Asked for with the keys of a reporter and of a standards editor: the first who may. */
async function ofVault(newsroom: TestNewsroom): Promise<[name: string, input: object][]> {
  const vault = new TestVault(newsroom)
  const personWith = async (role: 'REPORTER' | 'STANDARDS_EDITOR', name: string) => ({ name, token: await newsroom.token(role), key: await makeKey(name, 'MEMBER') })
  const [reporter, standards, leaving, joining, unknown] = [await personWith('REPORTER', 'reporter'), await personWith('STANDARDS_EDITOR', 'standards_editor'), await personWith('REPORTER', 'reporter'), await personWith('REPORTER', 'reporter'), await personWith('REPORTER', 'reporter')]
  await vault.register(reporter)
  for (const other of [standards, leaving]) {
    await vault.register(other)
    await vault.attest(reporter, other.key.fingerprint)
  }
  await vault.register(joining)
  const record = async () => (await vault.record(reporter, [standards])).manifest.record
  const [fetched, destroyed, free, held] = [await record(), await record(), await record(), await record()]
  await vault.hold(standards, 'place', held)
  const { manifest, signature, ciphertext } = await sealNew(content(), [reporter.key.card], reporter.key)
  return [
    ['registerVaultKey', { ...unknown.key.card, signature: sign(registrationBytes(unknown.key.card), unknown.key.signingSecret) }],
    ['attestVaultKey', { fingerprint: joining.key.fingerprint, by: reporter.key.fingerprint, signature: sign(attestationBytes(joining.key.fingerprint, reporter.key.fingerprint), reporter.key.signingSecret) }],
    ['retireVaultKey', { fingerprint: leaving.key.fingerprint, proof: vault.prove('RETIRE', leaving.key.fingerprint, leaving.key) }],
    ['sealVaultRecord', { manifest, signature, ciphertext: toBase64(ciphertext) }], ['fetchVaultRecord', { record: fetched, proof: vault.prove('FETCH', fetched, reporter.key) }],
    ['destroyVaultRecord', { record: destroyed, proof: vault.prove('DESTROY', destroyed, reporter.key) }], ['placeLegalHold', { record: free }], ['liftLegalHold', { record: held }],
  ]
}

async function ofPartners(newsroom: TestNewsroom): Promise<[name: string, input: object][]> {
  const dutyContact = { email: 'night@bugle.example' }
  const partnerId = (await done(newsroom, 'createPartner', { name: 'Bugle', dutyContact }, 'partner { id }')).partner.id as string
  const keyId = async () => (await done(newsroom, 'issuePartnerKey', { partnerId, label: 'website' }, 'partnerKey { id }')).partnerKey.id as string
  return [
    ['createPartner', { name: 'Gazette', dutyContact }], ['setDutyContact', { partnerId, dutyContact: { phone: '+1 555 0100' } }], ['setPartnerContract', { partnerId, allDesks: true, allTopics: true, wholeArchive: true, embargoAccess: 'NONE' }],
    ['issuePartnerKey', { partnerId, label: 'website' }], ['rotatePartnerKey', { keyId: await keyId(), overlapHours: 1 }], ['revokePartnerKey', { keyId: await keyId() }],
  ]
}

/** Each on an endpoint or a notice of its own. */
async function ofSyndication(newsroom: TestNewsroom): Promise<[name: string, input: object][]> {
  const url = 'https://93.184.215.14/onrecord'
  const partnerId = (await done(newsroom, 'createPartner', { name: 'Courier', dutyContact: { phone: '+1 555 0100' } }, 'partner { id }')).partner.id as string
  await done(newsroom, 'setPartnerContract', { partnerId, allDesks: true, allTopics: true, wholeArchive: true })
  const add = async () => (await done(newsroom, 'addWebhook', { partnerId, url }, 'webhook { id }')).webhook.id as string
  const disabled = async () => {
    const webhookId = await add()
    await done(newsroom, 'disableWebhook', { webhookId })
    return webhookId
  }
  const [missed, enabled] = [await disabled(), await disabled()]
  await newsroom.add(draftOf(story('syndicated')))
  const { id: storyId } = await storyIds(newsroom, 'harbor-plan-syndicated')
  await done(newsroom, 'publishStory', { storyId })
  await done(newsroom, 'enableWebhook', { webhookId: missed })
  const { now } = newsroom
  newsroom.now = new Date(now.getTime() + 1000)
  await done(newsroom, 'holdStory', { storyId })
  newsroom.now = now
  const noticeId = (await newsroom.readAsStaff(`{ unacknowledgedNotices(storyId: "${storyId}") { nodes { id } } }`)).data!['unacknowledgedNotices'].nodes[0].id as string
  return [
    ['addWebhook', { partnerId, url }], ['rotateWebhookSecret', { webhookId: await add(), overlapHours: 1 }], ['enableWebhook', { webhookId: enabled }], ['disableWebhook', { webhookId: await add() }], ['removeWebhook', { webhookId: await add() }],
    ['replayWebhookDeliveries', { webhookId: missed }], ['recordAcknowledgement', { noticeId }],
  ]
}

/** Stories in the states that mutations want, and what ADMIN does to get there. */
function makers(newsroom: TestNewsroom) {
  const at = async (slug: string) => {
    const { id, revision } = await storyIds(newsroom, slug)
    return { storyId: id, expectedRevision: revision }
  }
  const add = async (document: StoryDocumentInput) => {
    await newsroom.add(document)
    return at(document.slug)
  }
  const draft = (name: string) => add(draftOf(story(name.toLowerCase())))
  const published = (name: string) => add(story(name.toLowerCase()))
  const changed = async (name: string) => {
    await once('editEntries', { ...await published(name), edits: [{ collection: 'CLAIMS', key: 'k1', entry: null }] })
    return at(`harbor-plan-${name.toLowerCase()}`)
  }
  const once = async <T extends { storyId: string; expectedRevision: number }>(mutation: string, input: T) => {
    await done(newsroom, mutation, input)
    return { storyId: input.storyId, expectedRevision: input.expectedRevision }
  }
  return { published, draft, changed, once }
}

/** A mutation as ADMIN; its payload, which has no errors. */
async function done(newsroom: TestNewsroom, mutation: string, input: object, fields = ''): Promise<any> {
  const { data, errors } = await newsroom.readAsStaff(mutationOf(mutation, fields), { input }, 'ADMIN')
  const payload = data?.[mutation]
  if (errors || payload.errors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(errors ?? payload.errors)}`)
  return payload
}

/** A mutation of the newsroom contract, as it is asked for. */
export function mutationOf(mutation: string, fields = ''): string {
  const type = schemas().NEWSROOM.getMutationType()!.getFields()[mutation]!.args.find(({ name }) => name === 'input')!.type
  return `mutation ($input: ${String(type)}) { ${mutation}(input: $input) { ${fields} errors { code message path } } }`
}

async function ofProposals(newsroom: TestNewsroom, name: string): Promise<object> {
  const slug = `sample-${name.toLowerCase()}`
  await done(newsroom, 'createStoryFromText', { text: PROPOSED, slug })
  const { data } = await newsroom.readAsStaff(`{ story(slug: "${slug}") { id revision { number } proposals { collection key entry } } }`)
  const { id: storyId, revision, proposals } = data!['story']
  const on = { storyId, expectedRevision: revision.number }
  if (name !== 'editProposal') return { ...on, all: true }
  const { collection, key, entry } = proposals.find((proposal: { collection: string }) => proposal.collection === 'attributions')
  return { ...on, collection, key, entry }
}

async function ofWaivers(newsroom: TestNewsroom, name: string): Promise<object> {
  const slug = `weak-${name.toLowerCase()}`
  await newsroom.add(weakStory(slug))
  const { id: storyId } = await storyIds(newsroom, slug)
  const { rule, fingerprint } = (await errorsOf(newsroom, storyId))[0]!
  const input = { storyId, rule, fingerprint, reason: 'EDITOR_VERIFIED' }
  return name === 'waiveFinding' ? input : { waiverId: (await done(newsroom, 'waiveFinding', input, 'waiver { id }')).waiver.id }
}

async function ofStatements(newsroom: TestNewsroom): Promise<readonly (readonly [string, object])[]> {
  let count = 0
  const filed = async () => ({ statementId: (await done(newsroom, 'fileStatement', { issuerId: PORT, channel: 'EMAIL', text: `${STATEMENT} (${count++})`, takenAt: '2026-03-10T08:00:00Z' }, 'statement { id }')).statement.id as string })
  const draftWith = async (name: string) => {
    await newsroom.add(draftOf(story(name)))
    const { id, revision, quotes, attributions } = await storyIds(newsroom, `harbor-plan-${name}`)
    return { on: { storyId: id, expectedRevision: revision }, quotes, attributions }
  }
  const disputed = async (name: string) => {
    await newsroom.add(story(name))
    const { id: storyId, quotes } = await storyIds(newsroom, `harbor-plan-${name}`)
    return { storyId, quoteId: quotes[0]!, complainant: 'Somebody', complaint: 'That was not said.' }
  }
  const [linked, recorded, attempted, answered, asked] = [await draftWith('linkexcerpts'), await draftWith('attachrecord'), await draftWith('recordattempt'), await draftWith('recordoutcome'), await draftWith('recordrequestforcomment')]
  const attempt = { at: '2026-03-10T09:00:00Z', channel: 'PHONE' }
  return [
    ['fileStatement', { issuerId: PORT, channel: 'EMAIL', text: 'A statement of its own.' }],
    ['addStatementText', { ...await filed(), text: 'Later words.' }],
    ['releaseStatement', { ...await filed(), release: 'FULL' }],
    ['attachToStatement', { ...await filed(), record: { kind: 'NOTES' } }],
    ['linkExcerpts', { ...linked.on, ...await filed(), attributionIds: [linked.attributions[0]] }],
    ['attachRecord', { ...recorded.on, record: { kind: 'NOTES' }, quotes: [{ quoteId: recorded.quotes[0] }] }],
    ['recordRequestForComment', { ...asked.on, organizationId: PORT, attempts: [attempt] }],
    ['recordAttempt', { ...attempted.on, request: 'r1', attempt }],
    ['recordOutcome', { ...answered.on, request: 'r1', outcome: 'NO_RESPONSE' }],
    ['openChallenge', await disputed('openchallenge')],
    ['resolveChallenge', { challengeId: (await done(newsroom, 'openChallenge', await disputed('resolvechallenge'), 'challenge { id }')).challenge.id, outcome: 'NO_CHANGE', explanation: 'It is on the tape.' }],
  ]
}

async function ofRegister(newsroom: TestNewsroom): Promise<readonly (readonly [string, object])[]> {
  const person = async (name: string) => (await done(newsroom, 'findOrCreatePerson', { name }, 'person { id }')).person.id as string
  const organization = async (name: string) => (await done(newsroom, 'findOrCreateOrganization', { name }, 'organization { id }')).organization.id as string
  const merged = { intoId: await person('Ilse Grau'), fromId: await person('I. Grau of Berlin') }
  await done(newsroom, 'mergePeople', merged)
  return [
    ['findOrCreatePerson', { name: 'Somebody New' }],
    ['findOrCreateOrganization', { name: 'Something New' }],
    ['addAlias', { id: LUND, alias: 'The mayor of Tidewater' }],
    ['setAffiliation', { personId: LUND, affiliation: { organizationId: PORT, title: 'member of the board' } }],
    ['mergePeople', { intoId: await person('Ada Brandt'), fromId: await person('A. Brandt the younger') }],
    ['mergeOrganizations', { intoId: await organization('Tidewater Rowers'), fromId: await organization('Rowing Club of Tidewater') }],
    ['unmerge', { id: merged.fromId }],
  ]
}

/** Arguments of the newsroom's root queries that need some. */
export async function queryArguments(newsroom: TestNewsroom): Promise<Readonly<Record<string, string>>> {
  const { id } = await storyIds(newsroom, 'harbor-plan-base')
  const statement = (await newsroom.readAsStaff('{ filedStatements(first: 1) { nodes { id } } }')).data!['filedStatements'].nodes[0].id as string
  const key = await makeKey('nobody', 'MEMBER')
  const { fingerprint, at, signature } = new TestVault(newsroom).prove('LIST', null, key)
  const partner = (await newsroom.readAsStaff('{ partners(first: 1) { nodes { id } } }')).data!['partners'].nodes[0].id as string
  const webhook = (await newsroom.readAsStaff('{ webhooks(first: 1) { nodes { id } } }')).data!['webhooks'].nodes[0].id as string
  const document = '{onrecord: 1, slug: "x", desk: "Metro", paragraphs: [{text: "The ferries stop."}]}'
  return {
    story: 'slug: "harbor-plan-base"', tombstone: 'slug: "harbor-plan-base"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', node: `id: "${id}"`, nodes: `ids: ["${id}"]`,
    search: 'query: "harbor"', personEntry: 'key: "ada-quill"', organizationEntry: 'key: "port"', attributionReport: `storyId: "${id}"`, checkText: 'text: "The ferries stop."', checkDocument: `document: ${document}`,
    extractStory: `text: "${PROPOSED}"`, partner: `id: "${partner}"`, webhookDeliveries: `webhookId: "${webhook}"`, vaultRecords: `proof: {fingerprint: "${fingerprint}", at: "${at}", signature: "${signature}"}`, filedStatement: `id: "${statement}"`, findExcerpts: `statementId: "${statement}", storyId: "${id}"`,
  }
}

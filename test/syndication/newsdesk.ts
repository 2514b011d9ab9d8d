import { randomUUID } from 'node:crypto'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { act, type Action, type ActDetails } from '../../src/stories/index.js'
import { addWebhook, syndicationSettings, WebhookSender, type GivenWebhook, type SenderParts } from '../../src/syndication/webhooks/index.js'
import { EVENT_KINDS } from '../../src/syndication/ledger/index.js'
import { draftOf, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import type { TestNewsroom } from '../support/newsroom.js'

export const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000]

/** What happens to stories, and who is told, in a newsroom whose endpoints may be of this machine. */
export class Newsdesk {
  readonly settings = syndicationSettings(Buffer.alloc(32, 7), undefined, { allowsLoopback: true })

  constructor(readonly newsroom: TestNewsroom) {}

  pass(milliseconds: number): void {
    this.newsroom.now = new Date(this.newsroom.now.getTime() + milliseconds)
  }

  /** Does an action, a second after whatever was before. */
  async act(n: string, action: Action, details: ActDetails = {}): Promise<void> {
    this.pass(SECOND)
    const result = await act(this.newsroom.database, { slug: `harbor-plan-${n}` }, action, { name: 'editor', role: 'ADMIN' }, details, this.newsroom.now, randomUUID)
    if (!result.ok) throw new Error(JSON.stringify(result))
  }

  async publish(n: string, change: Partial<StoryDocumentInput> = {}, embargo?: ActDetails['embargo']): Promise<void> {
    await this.newsroom.add(draftOf(story(n, change)))
    if (embargo) await this.act(n, 'EMBARGO', { embargo })
    await this.act(n, 'PUBLISH')
  }

  /** A new version: an update, or a correction of the one before. */
  async revise(n: string, action: 'UPDATE' | 'CORRECT' | 'CLARIFY', edits: readonly object[] = [{ at: 1, remove: 0, insert: [{ text: 'One more.' }] }]): Promise<void> {
    const { id, revision } = await storyIds(this.newsroom, `harbor-plan-${n}`)
    const { data } = await this.newsroom.readAsStaff('mutation ($input: EditParagraphsInput!) { editParagraphs(input: $input) { errors { message } } }', { input: { storyId: id, expectedRevision: revision, edits } })
    if (data!['editParagraphs'].errors.length > 0) throw new Error(JSON.stringify(data))
    await this.act(n, action, action === 'UPDATE' ? {} : { correction: { explanation: 'It is berth 2.' } })
  }

  async partnerId(name: string): Promise<string> {
    return (await (await this.newsroom.database.prisma()).partner.findFirstOrThrow({ where: { name } })).id
  }

  /** An endpoint of a partner, for all events where nothing else is said. */
  async endpoint(partner: string, url: string, events: GivenWebhook['events'] = EVENT_KINDS): Promise<{ readonly id: string; readonly secret: string }> {
    const { newsroom } = this
    const partnerId = await this.partnerId(partner)
    let secret = ''
    const result = await newsroom.database.transaction((queries) => addWebhook(queries, partnerId, { url, events }, this.settings.webhooks.secrets, (made) => { secret = made }, { staff: { name: 'admin', role: 'ADMIN' }, now: newsroom.now, newId: randomUUID }))
    if (!result.ok) throw new Error(result.message)
    return { id: result.webhookId, secret }
  }

  sender(parts: Partial<SenderParts> = {}): WebhookSender {
    return new WebhookSender({ database: this.newsroom.database, settings: this.settings.webhooks, now: () => this.newsroom.now, random: () => 0.5, onError: (error) => { throw error }, ...parts })
  }
}

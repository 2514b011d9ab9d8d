import type DataLoader from 'dataloader'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { GraphQLContext } from '../graphql/context.js'
import { globalId } from '../graphql/global-id.js'
import { DateTime } from '../graphql/scalars.js'
import { Quote, Record } from '../quotes/quote.types.js'
import { OrganizationEntry, PersonEntry, registerOf } from '../sources/register.types.js'
import { StatementChannel, StatementRelease, StatementSnapshot } from './statement.types.js'
import { statementLoader, type StatementFile } from './statement-file.js'

const loaders = new WeakMap<object, DataLoader<string, StatementFile | undefined>>()

/** The statements on file as this request reads them; after a change, anew. */
export function filesOf(context: GraphQLContext): DataLoader<string, StatementFile | undefined> {
  let loader = loaders.get(context.reader)
  if (!loader) loaders.set(context.reader, (loader = statementLoader(context.database)))
  return loader
}

@ObjectType({ description: 'Something put out together with a statement, by its address. Newsroom only.' })
export class StatementAttachment {
  constructor(private readonly attachment: NonNullable<StatementFile['attachments']>[number]) {}

  @Field(() => String, { description: 'Its address.' })
  get url(): string { return this.attachment.url }

  @Field(() => String, { nullable: true, description: 'Its title.' })
  get title(): string | null { return this.attachment.title }
}

/** The stories that report it are in the resolver. */
@ObjectType({ description: 'A statement on file, whether or not a story reports it yet. Newsroom only.' })
export class FiledStatement {
  constructor(private readonly context: GraphQLContext, readonly file: StatementFile) {}

  static maybe(context: GraphQLContext, file: StatementFile | undefined): FiledStatement | null { return file ? new FiledStatement(context, file) : null }

  @Field(() => ID, { description: 'Opaque id, the same as that of the official statement in stories.' })
  get id(): string { return globalId('OfficialStatement', this.file.id) }

  @Field(() => String, { description: 'What a story document gives as the `lineage` of this statement.' })
  get lineage(): string { return this.file.id }

  @Field(() => OrganizationEntry, { description: 'Whose statement it is.' })
  get issuer(): Promise<OrganizationEntry> {
    const register = registerOf(this.context)
    return register.byKey('Organization', this.file.issuer.key).then((entry) => new OrganizationEntry(register, entry!))
  }

  @Field(() => PersonEntry, { nullable: true, description: 'The named person who put it out.' })
  get spokesperson(): Promise<PersonEntry | null> | null {
    const register = registerOf(this.context)
    return this.file.spokesperson && register.byKey('Person', this.file.spokesperson.key).then((entry) => PersonEntry.maybe(register, entry))
  }

  @Field(() => String, { nullable: true, description: 'Who put it out, where unnamed: "a spokesperson".' })
  get spokespersonDescriptor(): string | null { return this.file.descriptor }

  @Field(() => StatementChannel, { description: 'How it was put out.' })
  get channel(): string { return this.file.channel }

  @Field(() => DateTime, { nullable: true, description: 'When, if known.' })
  get issuedAt(): string | null { return this.file.issuedAt }

  @Field(() => String, { nullable: true, description: 'Where it can be found.' })
  get url(): string | null { return this.file.url }

  @Field(() => StatementRelease, { description: 'How much of it may be public, in whatever story.' })
  get release(): string { return this.file.release }

  @Field(() => DateTime, { nullable: true, description: 'Its own embargo: until then no reader finds it, not even through a published story.' })
  get embargoedUntil(): string | null { return this.file.embargoedUntil }

  @Field(() => Boolean, { description: 'Whether the embargo holds now.' })
  get isUnderEmbargo(): boolean { return this.file.embargoedUntil !== null && new Date(this.file.embargoedUntil) > this.context.now }

  @Field(() => String, { description: 'The newest full text.' })
  get fullText(): string { return this.file.texts.at(-1)!.text }

  @Field(() => [StatementSnapshot], { description: 'All texts on file, oldest first.' })
  get snapshots(): StatementSnapshot[] { return this.file.texts.map((text) => new StatementSnapshot(text)) }

  @Field(() => [StatementAttachment], { description: 'What was put out with it.' })
  get attachments(): StatementAttachment[] { return (this.file.attachments ?? []).map((attachment) => new StatementAttachment(attachment)) }

  @Field(() => [Record], { description: 'Transcripts and recordings of it.' })
  get records(): Record[] { return (this.file.records ?? []).map((record) => new Record(record)) }

  @Field(() => DateTime, { description: 'When it was filed.' })
  get filedAt(): string { return this.file.filedAt }

  @Field(() => String, { description: 'Who filed it.' })
  get filedBy(): string { return this.file.filedBy }
}

@ObjectType({ description: 'A quote of a draft whose words stand in a statement. Newsroom only.' })
export class ExcerptProposal {
  constructor(quote: Quote, start: number, end: number, exact: string, isLinked: boolean) {
    this.quote = quote
    this.start = start
    this.end = end
    this.exact = exact
    this.isLinked = isLinked
  }

  @Field(() => Quote, { description: 'The quote.' })
  readonly quote: Quote

  @Field(() => Int, { description: 'First UTF-16 code unit in the statement\'s newest text.' })
  readonly start: number

  @Field(() => Int, { description: 'UTF-16 code unit after the last.' })
  readonly end: number

  @Field(() => String, { description: 'The words of the statement there.' })
  readonly exact: string

  @Field(() => Boolean, { description: 'Whether the draft links the quote to this place already.' })
  readonly isLinked: boolean
}

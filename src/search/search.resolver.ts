import { Args, ArgsType, Ctx, Field, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { SEARCH_KINDS, searchList, type SearchKind } from '../database/read/index.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { enumOf } from '../graphql/enum-of.js'
import { badInput } from '../graphql/errors.js'
import { Quote } from '../quotes/quote.types.js'
import { OfficialStatement } from '../statements/statement.types.js'
import { StoryFilterInput } from '../stories/story-filter.input.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { Paragraph } from '../stories/text.types.js'
import { snippetOf, type Snippet as MadeSnippet } from './snippet.js'

const SearchIn = enumOf(SEARCH_KINDS)
registerEnumType(SearchIn, {
  name: 'SearchIn', description: 'What is searched.',
  valuesConfig: { COPY: { description: 'Paragraphs of stories.' }, QUOTE: { description: 'Quotes.' }, STATEMENT: { description: 'Full texts of official statements, where they are released in full.' } },
})
const SearchOrder = enumOf(['RELEVANCE', 'NEWEST'])
registerEnumType(SearchOrder, {
  name: 'SearchOrder', description: 'In which order matches come.',
  valuesConfig: { RELEVANCE: { description: 'Best match first, among the newest 200 of each kind. NEWEST has all.' }, NEWEST: { description: 'By the story\'s first publication, newest first; all matches there are.' } },
})

@ObjectType({ description: 'A run of characters in a snippet\'s text.' })
class Highlight {
  constructor(start: number, end: number) {
    this.start = start
    this.end = end
  }

  @Field(() => Int, { description: 'First UTF-16 code unit.' })
  readonly start: number

  @Field(() => Int, { description: 'UTF-16 code unit after the last.' })
  readonly end: number
}

@ObjectType({ description: 'The words around a match, as plain text: mark the highlights yourself, there is no markup in it.' })
class Snippet {
  constructor(private readonly snippet: MadeSnippet) {}

  @Field(() => String, { description: 'Plain text.' })
  get text(): string { return this.snippet.text }

  @Field(() => Int, { description: 'Where `text` begins in the paragraph, quote or statement; UTF-16 code units.' })
  get offset(): number { return this.snippet.offset }

  @Field(() => [Highlight], { description: 'The matching words in `text`.' })
  get highlights(): Highlight[] { return this.snippet.highlights.map(([start, end]) => new Highlight(start, end)) }
}

@ObjectType({ description: 'A match. Which of paragraph, quote and statement is set follows from `kind`.' })
class SearchHit {
  constructor(private readonly index: StoryIndex, private readonly row: { readonly [column: string]: unknown }) {}

  @Field(() => SearchIn, { description: 'Where the match is.' })
  get kind(): string { return this.row['kind'] as string }

  @Field(() => Story, { description: 'The story.' })
  get story(): Story { return new Story(this.index) }

  @Field(() => Paragraph, { nullable: true, description: 'The paragraph, for COPY; that in which the quote begins, for QUOTE.' })
  get paragraph(): Paragraph | null { return this.kind === 'COPY' ? new Paragraph(this.index, Number(this.row['ref'])) : this.quote?.paragraph ?? null }

  @Field(() => Quote, { nullable: true, description: 'The quote, for QUOTE.' })
  get quote(): Quote | null {
    const quote = this.kind === 'QUOTE' ? this.index.document.quotes.find((entry) => entry.lineage === this.row['ref']) : undefined
    return quote ? new Quote(this.index, quote) : null
  }

  @Field(() => OfficialStatement, { nullable: true, description: 'The statement, for STATEMENT.' })
  get officialStatement(): OfficialStatement | null {
    const statement = this.kind === 'STATEMENT' ? this.index.document.statements.find((entry) => entry.lineage === this.row['ref']) : undefined
    return statement ? new OfficialStatement(this.index, statement) : null
  }

  @Field(() => Snippet, { description: 'The words around the match.' })
  get snippet(): Snippet {
    const whole = this.kind === 'COPY' ? this.index.document.paragraphs[Number(this.row['ref'])]!.text : this.quote?.text ?? this.officialStatement?.fullText ?? ''
    return new Snippet(snippetOf(whole, this.row['marked'] as string))
  }
}

const SearchConnection = connectionType<SearchHit>('SearchHit', () => SearchHit)

@ArgsType()
class SearchArgs extends PageArgs {
  @Field(() => String, { description: 'Words to find. Quotation marks keep a phrase together, "or" gives a choice, a minus excludes a word.' })
  query!: string

  @Field(() => [SearchIn], { nullable: true, description: 'What to search; everything where left out.' })
  in?: SearchKind[]

  @Field(() => StoryFilterInput, { nullable: true, description: 'Conditions on the stories.' })
  stories?: StoryFilterInput

  @Field(() => SearchOrder, { defaultValue: 'RELEVANCE', description: 'In which order.' })
  orderBy!: string
}

const LONGEST_QUERY = 500

@Resolver()
export class SearchResolver {
  @Query(() => SearchConnection, { description: 'Full-text search over the stories that the viewer may see.' })
  async search(@Ctx() context: GraphQLContext, @Args(() => SearchArgs) { query, in: kinds, stories, orderBy, ...args }: SearchArgs): Promise<Connection<SearchHit>> {
    if (query.length > LONGEST_QUERY) throw badInput(`"query" has ${query.length} characters; use at most ${LONGEST_QUERY}.`)
    if (query.includes('\u0000')) throw badInput('"query" holds a NUL character; remove it.')
    const wanted = kinds ?? [...SEARCH_KINDS]
    if (wanted.length === 0) throw badInput('"in" is empty; name what is searched, or leave it out to search everything.')
    const paging = pagingOf(context, args, 'search', { query, wanted, stories, orderBy })
    const page = await context.reader.page(searchList(query, wanted, stories), { order: orderBy, ...paging.request })
    const found = context.indexesOf(page)
    return connectionOf(context, paging, page, page.rows.map((row, index) => new SearchHit(found[index]!, row)))
  }
}

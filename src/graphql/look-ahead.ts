import { getNamedType, isCompositeType, Kind, valueFromASTUntyped, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import { OPENING_QUOTES, type Depth, type Reads } from '../database/read/index.js'

type Variables = Readonly<Record<string, unknown>>

/** Fields of a type that are answered from a part of a story. Whatever is not here needs all of it. */
const FROM_PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  Story: fields('id slug headline summary desk language kind urgency dateline timeZone version firstPublishedAt publishedAt bylines topics storyline'),
  Dateline: fields('place date'), Byline: fields('journalist name role'), Journalist: fields('id key name'), Topic: fields('id code name'), Storyline: fields('slug'),
  Quote: fields('id text speech standing source speaker saidAt translation story'), Translation: fields('original language translator'),
  Source: fields('key kind label'), PersonSource: fields('key kind label person name title organization'), OrganizationSource: fields('key kind label organization spokesperson'),
  AnonymousSource: fields('key kind label descriptor headcount reason basis affiliation organization motive terms'), Headcount: fields('min exact'), PublishedWording: fields('text'),
  DocumentSource: fields('key kind label document'), SourceDocument: fields('title publisher url publishedAt'), OutletSource: fields('key kind label outlet'), Outlet: fields('key name url'), GroupSource: fields('key kind label name'),
  Person: fields('id key name aliases affiliations'), Affiliation: fields('organization title from to'), Organization: fields('id key name aliases'), Node: fields('id'),
}
/** Fields that read a list by themselves, and which one: what is below them is asked of that. */
const LISTS: Readonly<Record<string, string>> = {
  'Query.stories': 'stories', 'Query.quotes': 'quotes', 'Query.person': 'persons', 'Query.persons': 'persons', 'Query.topic': 'topics', 'Query.topics': 'topics', 'Query.journalist': 'journalists', 'Query.journalists': 'journalists',
  'OfficialStatement.excerpts': 'quotes', 'OfficialStatement.stories': 'stories', 'Person.quotes': 'quotes', 'Organization.quotes': 'quotes', 'Quote.otherQuotes': 'quotes',
  'Person.stories': 'stories', 'Organization.stories': 'stories', 'Topic.stories': 'stories', 'Journalist.stories': 'stories', 'Storyline.stories': 'stories', 'Story.followUps': 'stories', 'Story.translations': 'stories', 'Story.children': 'stories',
}
/** Fields that read other things by themselves, always all of them. */
const WHOLE_LISTS = fields('Person.attributions Organization.attributions Organization.officialStatements Story.evolvedFrom Story.translationOf Story.parent')
/** Fields that read any of the lists, for whatever an id is of. */
const ANYTHING = fields('Query.node Query.nodes')
/** Types that only lead to the entries of a list. */
const CONNECTION = /(Connection|Edge)$/

function fields(names: string): ReadonlySet<string> {
  return new Set(names.split(' '))
}

/** Where an object came from: the name of its list, or undefined where all of its story was read. */
type Origin = string | undefined
const DEPTHS: readonly Depth[] = ['HEAD', 'OPENING', 'WHOLE']

/**
 * How much of their stories the lists of an operation must read. It looks at every field, whatever directives say, and takes any that it
 * does not know for one that needs all of a story.
 */
export function readsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Reads {
  const ahead = new LookAhead(schema, document, { ...defaultsOf(operation), ...variables })
  const root = schema.getRootType(operation.operation)
  if (root) ahead.look(operation.selectionSet, root, undefined)
  return ahead.reads
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [])))
}

class LookAhead {
  readonly reads = new Map<string, Depth>()
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #seen = new Set<string>()

  constructor(private readonly schema: GraphQLSchema, document: DocumentNode, private readonly variables: Variables) {
    this.#fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [])))
  }

  look({ selections }: SelectionSetNode, type: GraphQLCompositeType, origin: Origin): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.#field(selection, type, origin)
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.look(selection.selectionSet, this.#typeOf(selection.typeCondition?.name.value) ?? type, origin)
      else this.#fragment(selection.name.value, origin)
    }
  }

  /** A fragment is looked at once for each origin, however often it is spread. */
  #fragment(name: string, origin: Origin): void {
    const key = `${name} ${origin ?? ''}`
    const fragment = this.#fragments.get(name)
    const type = this.#typeOf(fragment?.typeCondition.name.value)
    if (!fragment || !type || this.#seen.has(key)) return
    this.#seen.add(key)
    this.look(fragment.selectionSet, type, origin)
  }

  #field(field: FieldNode, type: GraphQLCompositeType, origin: Origin): void {
    const name = field.name.value
    if (name.startsWith('__')) return
    const definition = 'getFields' in type ? type.getFields()[name] : undefined
    const inner = definition && getNamedType(definition.type)
    const list = LISTS[`${type.name}.${name}`]
    const next = list ?? (WHOLE_LISTS.has(`${type.name}.${name}`) ? undefined : origin)
    if (ANYTHING.has(`${type.name}.${name}`)) for (const each of Object.values(LISTS)) this.#atLeast(each, 'WHOLE')
    if (list) this.#atLeast(list, 'HEAD')
    else if (origin !== undefined && !CONNECTION.test(type.name) && type.name !== 'PageInfo') this.#check(field, type.name, origin, next)
    if (field.selectionSet && isCompositeType(inner)) this.look(field.selectionSet, inner, next)
  }

  #check(field: FieldNode, type: string, origin: string, next: Origin): void {
    const name = field.name.value
    if (next === undefined || FROM_PARTS[type]?.has(name)) return
    if (type === 'Story' && name === 'quotes' && origin === 'stories' && this.#first(field) <= OPENING_QUOTES) this.#atLeast(origin, 'OPENING')
    else this.#atLeast(origin, 'WHOLE')
  }

  #first({ arguments: given = [] }: FieldNode): number {
    const value = given.find((argument) => argument.name.value === 'first')?.value
    const first = value?.kind === Kind.VARIABLE ? this.variables[value.name.value] : value?.kind === Kind.INT ? Number(value.value) : undefined
    return typeof first === 'number' ? first : Infinity
  }

  #atLeast(list: string, depth: Depth): void {
    const known = this.reads.get(list)
    if (known === undefined || DEPTHS.indexOf(known) < DEPTHS.indexOf(depth)) this.reads.set(list, depth)
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name)
    return isCompositeType(type) ? type : undefined
  }
}

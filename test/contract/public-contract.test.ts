import { getNamedType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType, isUnionType, type GraphQLNamedType, type GraphQLSchema } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import { describe, expect, it } from 'vitest'
import { NewsroomOnly, isNewsroomOnly } from '../../src/graphql/audience.js'
import { schemas } from '../../src/graphql/schemas.js'
import { elementsOf } from './elements.js'

const { PUBLIC, NEWSROOM } = schemas()

/** Words that tell of what the public contract keeps to the newsroom, as they would stand in a name. */
const NEWSROOM_WORDS = [
  'draft', 'drafts', 'state', 'states', 'confirmed', 'unconfirmed', 'agreed', 'agreement', 'approval', 'approvals', 'approved', 'finding', 'findings', 'waiver', 'waivers', 'waived', 'claim', 'claims',
  'ground rules', 'deep background', 'off record', 'on record', 'revision', 'revisions', 'editors note', 'slugline', 'embargo', 'embargoed', 'record', 'records', 'attempt', 'attempts', 'deadline', 'outcome',
  'vault', 'identity', 'held', 'held by', 'challenge', 'challenges', 'complainant', 'snapshot', 'snapshots', 'event', 'events', 'scheduled', 'schedule', 'token', 'staff', 'newsroom', 'internal', 'confidential', 'note', 'notes',
  'payload', 'idempotency', 'mutation',
]

/** Names that hold such a word and are public all the same, each for a reason. */
const PUBLIC_ALL_THE_SAME: Readonly<Record<string, string>> = {
  'ParagraphRole.EDITORS_NOTE': 'a note that is printed with the story; the newsroom\'s own note is another thing',
  RevisionKind: 'what a published version is to the one before, in wire terms; there is no revision in it',
  'RequestForComment.outcomeLine': 'the words that the story itself prints',
  'NoticeKind.HELD': 'whoever took a story is told that it is held',
  'RemovalReason.HELD': 'a tombstone tells how a story was taken from those who could see it',
  'StoryRemovalReason.HELD': 'the change feed tells it to those who could see the story',
  'StoryChangeKind.EMBARGO_LIFTED': 'told when everybody may read the story; that it had an embargo is no secret then',
  'Story.noteToPartners': 'written for partners; null for readers',
  Embargo: 'partners with access in advance must know that they may not publish yet; who set it is the newsroom\'s',
  'Story.embargo': 'null for whoever does not read the story before its embargo ends',
  'UsabilityStatus.EMBARGOED': 'wire vocabulary; to whom an embargoed story is shown at all is decided in the read path',
}

describe('the public contract', () => {
  it('has no name with a word of the newsroom in it', () => {
    const found = elementsOf(PUBLIC).filter(({ name }) => forbiddenWordIn(name) !== undefined).map(({ path }) => path)
    expect(found.filter((path) => !(path in PUBLIC_ALL_THE_SAME))).toEqual([])
  })

  it('needs no exception that it does not use', () => {
    const paths = new Set(elementsOf(PUBLIC).map(({ path }) => path))
    expect(Object.keys(PUBLIC_ALL_THE_SAME).filter((path) => !paths.has(path))).toEqual([])
  })

  it('has nothing that is declared for the newsroom', () => {
    expect(elementsOf(PUBLIC).filter((element) => element.isNewsroomOnly).map(({ path }) => path)).toEqual([])
    expect(elementsOf(NEWSROOM).filter((element) => element.isNewsroomOnly).length).toBeGreaterThan(20)
  })

  it('has exactly what is reached without anything declared for the newsroom: no field, argument, type or enum more or less', () => {
    const reached = reachedByReaders(NEWSROOM)
    expect(elementsOf(PUBLIC).map(({ path }) => path).toSorted()).toEqual([...reached].toSorted())
  })

  it('has no type that says of itself that it is for the newsroom or for staff', () => {
    expect(elementsOf(PUBLIC).filter(({ description }) => /\b(newsroom only|staff only|for editors|for reporters)\b/i.test(description ?? '')).map(({ path }) => path)).toEqual([])
  })

  it('shares every enum value word for word, and has no enum or type that is described as the newsroom\'s', () => {
    const values = (schema: GraphQLSchema) => new Map(elementsOf(schema).filter(({ kind }) => kind === 'ENUM_VALUE').map(({ path, description }) => [path, description] as const))
    for (const [path, description] of values(PUBLIC)) expect(values(NEWSROOM).get(path), path).toBe(description)
    const own = elementsOf(NEWSROOM).filter(({ kind, description }) => kind === 'TYPE' && /newsroom only/i.test(description ?? ''))
    expect(own.length).toBeGreaterThan(10)
    for (const { path } of own) expect(PUBLIC.getType(path), path).toBeUndefined()
  })

  it('changes nothing: it has no mutation and no subscription', () => {
    expect(PUBLIC.getMutationType()).toBeFalsy()
    expect(PUBLIC.getSubscriptionType()).toBeFalsy()
  })
})

describe('an inline argument', () => {
  // It can carry no audience, so whatever it is, the public has it. Conditions for the newsroom belong into a class with @ArgsType.
  const PUBLIC_INLINE = ['Query.node(id)', 'Query.nodes(ids)', 'Story.attributions(first)', 'Story.changesSince(version)', 'Story.quotes(first)']

  it('is known to be public, each one', () => {
    const paths = new Set(elementsOf(PUBLIC).map(({ path }) => path))
    expect(inlineArguments().filter((path) => paths.has(path)).toSorted()).toEqual(PUBLIC_INLINE)
  })

  it('cannot be declared for the newsroom', () => {
    class Resolver {
      // @ts-expect-error: the decorator is none for parameters
      quotes(@NewsroomOnly() first: number): number { return first }
    }
    expect(Resolver).toBeDefined()
  })
})

describe('the search for words of the newsroom', () => {
  it.each(['draftStories', 'editorsNote', 'StoryState', 'GroundRulesTerms', 'OFF_RECORD', 'embargoedUntil', 'heldBy', 'claims', 'VaultRecord', 'requestAttempts', 'RequestOutcome'])('finds one in %s', (name) => {
    expect(forbiddenWordIn(name)).toBeDefined()
  })

  it.each(['statement', 'StatementChannel', 'recordedIn', 'claimant', 'annotation', 'headcount', 'stateless', 'backgroundColor'])('finds none in %s', (name) => {
    expect(forbiddenWordIn(name)).toBeUndefined()
  })
})

/** `editorsNote` → "editors note"; `OFF_RECORD` → "off record". */
function wordsOf(name: string): string {
  const parted = name.includes('_') || name === name.toUpperCase() ? name.replaceAll('_', ' ') : name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
  return parted.toLowerCase()
}

function forbiddenWordIn(name: string): string | undefined {
  const words = ` ${wordsOf(name)} `
  return NEWSROOM_WORDS.find((word) => words.includes(` ${word} `))
}

/** Paths of what a reader reaches: from the query root, never through anything declared for the newsroom. Another way than the one by which the schema is cut. */
function reachedByReaders(schema: GraphQLSchema): Set<string> {
  const paths = new Set<string>()
  const types = new Set<GraphQLNamedType>()
  const visit = (type: GraphQLNamedType): void => {
    if (types.has(type) || isIntrospectionType(type) || isSpecifiedScalarType(type)) return
    types.add(type)
    paths.add(type.name)
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (isNewsroomOnly(field)) continue
        paths.add(`${type.name}.${field.name}`)
        visit(getNamedType(field.type))
        for (const argument of field.args) {
          if (isNewsroomOnly(argument)) continue
          paths.add(`${type.name}.${field.name}(${argument.name})`)
          visit(getNamedType(argument.type))
        }
      }
      type.getInterfaces().forEach(visit)
      if (isInterfaceType(type)) [...schema.getImplementations(type).objects, ...schema.getImplementations(type).interfaces].forEach(visit)
    } else if (isUnionType(type)) {
      type.getTypes().forEach(visit)
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (isNewsroomOnly(field)) continue
        paths.add(`${type.name}.${field.name}`)
        visit(getNamedType(field.type))
      }
    } else if ('getValues' in type) {
      for (const value of type.getValues()) paths.add(`${type.name}.${value.name}`)
    }
  }
  visit(schema.getQueryType()!)
  return paths
}

/** Arguments declared at the parameter with `@Arg`. */
function inlineArguments(): string[] {
  const storage = getMetadataStorage()
  const inline = [...storage.queries, ...storage.mutations].flatMap((operation) => (operation.params ?? []).filter(({ kind }) => kind === 'arg').map((param) => `${storage.queries.includes(operation) ? 'Query' : 'Mutation'}.${operation.schemaName}(${(param as { name: string }).name})`))
  const typeName = (target: unknown) => storage.objectTypes.find((type) => type.target === target)?.name
  const onFields = storage.fieldResolvers.flatMap((field) => (field.params ?? []).filter(({ kind }) => kind === 'arg').map((param) => `${typeName(field.kind === 'internal' ? field.target : field.getObjectType!())}.${field.schemaName ?? field.methodName}(${(param as { name: string }).name})`))
  const onProperties = storage.objectTypes.flatMap((type) => (type.fields ?? []).flatMap((field) => (field.params ?? []).filter(({ kind }) => kind === 'arg').map((param) => `${type.name}.${field.schemaName}(${(param as { name: string }).name})`)))
  return [...new Set([...inline, ...onFields, ...onProperties])]
}

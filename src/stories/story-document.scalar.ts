import { GraphQLScalarType } from 'graphql'
import { badInput } from '../graphql/errors.js'

export const StoryDocumentScalar = new GraphQLScalarType<object, object>({
  name: 'StoryDocument', description: 'A story document as JSON. Its form is what `onrecord document-schema` prints.', serialize: (value) => value as object, parseValue: (value) => value as object,
})

export const DocumentEntryScalar = new GraphQLScalarType<object, object>({
  name: 'DocumentEntry', description: 'One entry of a story document as JSON: an attribution, a quote, a source. Its form is what `onrecord document-schema` prints.',
  serialize: (value) => value as object, parseValue: (value) => value as object,
})

export const EntryScalar = new GraphQLScalarType<object, object>({
  name: 'StoryDocumentEntry', description: 'One entry of a story document as JSON, in the form that `onrecord document-schema` prints for its collection. Newsroom only.',
  serialize: (value) => value as object,
  parseValue: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badInput('An entry is a JSON object; take "entry" of a proposal, and change it.')
    return value
  },
})

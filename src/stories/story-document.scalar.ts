import { GraphQLScalarType } from 'graphql'

export const StoryDocumentScalar = new GraphQLScalarType<object, object>({
  name: 'StoryDocument', description: 'A story document as JSON. Its form is what `onrecord document-schema` prints.', serialize: (value) => value as object, parseValue: (value) => value as object,
})

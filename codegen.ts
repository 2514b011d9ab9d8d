import type { CodegenConfig } from '@graphql-codegen/cli'

type Output = CodegenConfig['generates'][string]

/** Typed documents of one contract, from its committed SDL and the operations named after it. */
function documentsOf(contract: 'public' | 'newsroom'): Output {
  return {
    schema: `src/graphql/${contract}.graphql`,
    documents: `test/contract/*.${contract}.graphql`,
    preset: 'client',
    presetConfig: { fragmentMasking: false },
    config: { scalars: { DateTime: 'string', Date: 'string' }, enumsAsTypes: true, useTypeImports: true },
  }
}

/** The desk's documents, as texts: its page needs no GraphQL library. */
const ofTheDesk: Output = {
  schema: 'src/graphql/newsroom.graphql',
  documents: 'src/desk/queries/*.graphql',
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    documentMode: 'string', enumsAsTypes: true, useTypeImports: true,
    scalars: { DateTime: 'string', Date: 'string', StoryDocument: '../../document/index.js#StoryDocument', StoryDocumentEntry: 'object', DocumentEntry: 'object' },
  },
}

/** For the desk, and for the example client in the tests (`npm run codegen`). A frontend needs the same with its own documents. */
const config: CodegenConfig = {
  // With the extension, as Node's modules want it.
  emitLegacyCommonJSImports: false,
  generates: {
    'src/desk/generated/': ofTheDesk,
    'test/support/generated/public/': documentsOf('public'),
    'test/support/generated/newsroom/': documentsOf('newsroom'),
  },
}

export default config

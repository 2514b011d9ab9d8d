import { describe, expect, it } from 'vitest'
import { importProblems, sourceFiles } from './import-direction.js'

const problemsOf = (path: string, text: string) => importProblems([{ path, text }])

describe('the direction of imports', () => {
  it('is kept by every source file', () => {
    const files = sourceFiles()
    expect(files.length).toBeGreaterThan(60)
    expect(importProblems(files)).toEqual([])
  })

  it.each([
    ['the document imports nothing of ours', 'document/parse.ts', `import { x } from '../access/index.js'`],
    ['the document reads no files', 'document/parse.ts', `import { readFileSync } from 'node:fs'`],
    ['checks import only the document', 'checks/rules/orphan.ts', `import { x } from '../../stories/index.js'`],
    ['extraction imports only the document', 'extraction/cues.ts', `import { x } from '../checks/index.js'`],
    ['formats import only the document', 'syndication/formats/ninjs.ts', `import { x } from '../feed.js'`],
    ['the desk imports no server code', 'desk/page.tsx', `import { x } from '../stories/index.js'`],
    ['the database knows no domain', 'database/open.ts', `import { x } from '../stories/index.js'`],
    ['a domain is entered through its index', 'demo/fill.ts', `import { x } from '../stories/save-story.js'`],
    ['the document is entered through its index', 'stories/rows.ts', `import { x } from '../document/parse.js'`],
    ['a service imports no GraphQL', 'stories/save-story.ts', `import { x } from './story.types.js'`],
    ['a service imports no GraphQL of another domain', 'stories/save-story.ts', `import { x } from '../quotes/quote.types.js'`],
    ['a service imports no GraphQL package', 'stories/save-story.ts', `import { GraphQLError } from 'graphql'`],
    ['a GraphQL file enters the services of another domain through its index', 'quotes/quote.resolver.ts', `import { x } from '../stories/save-story.js'`],
    ['only the database imports its driver', 'stories/save-story.ts', `import pg from 'pg'`],
    ['a dynamic import counts', 'document/parse.ts', `const x = await import('../access/index.js')`],
    ['an import for its effect counts', 'document/parse.ts', `import '../access/index.js'`],
    ['a re-export counts', 'document/index.ts', `export * from '../access/index.js'`],
    ['an import over several lines counts', 'document/index.ts', `import {\n  x,\n  y,\n} from '../access/index.js'`],
    ['a type counts', 'document/index.ts', `import type { x } from '../access/index.js'`],
    ['only the vault touches its tables', 'stories/save-story.ts', `const all = 'SELECT * FROM "VaultRecord"'`],
    ['only the vault touches its tables through Prisma', 'stories/save-story.ts', `await prisma.vaultRecord.findMany()`],
    ['a new room says what it may import', 'gossip/index.ts', `import { x } from '../document/index.js'`],
  ])('refuses where %s', (_rule, path, text) => {
    expect(problemsOf(path, text)).toHaveLength(1)
  })

  it.each([
    ['GraphQL types of two domains import each other', 'quotes/quote.types.ts', `import { Story } from '../stories/story.types.js'`],
    ['a resolver uses the services of its domain', 'stories/story.mutations.ts', `import { saveRevision } from './save-revision.js'`],
    ['a resolver uses the services of another domain through its index', 'quotes/quote.resolver.ts', `import { x } from '../stories/index.js'`],
    ['the read path uses the database around it', 'database/read/page.ts', `import type { Statement } from '../database.js'`],
    ['the vault touches its own tables', 'vault/vault.store.ts', `await prisma.vaultRecord.findMany()`],
    ['the document hashes', 'document/parse.ts', `import { createHash } from 'node:crypto'`],
  ])('allows that %s', (_rule, path, text) => {
    expect(problemsOf(path, text)).toEqual([])
  })
})

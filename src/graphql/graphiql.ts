import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Contract } from './context.js'

const require = createRequire(import.meta.url)

const EXAMPLES: Record<Contract, string> = {
  PUBLIC: `# Who said what, on which terms: press the play button.
query FrontPage {
  stories(first: 3) {
    nodes {
      headline
      publishedAt
      quotes(first: 2) {
        text
        speaker { name title }
      }
      anonymousAttributions {
        text
        anonymousSource { descriptor headcount { min exact } }
      }
    }
  }
}
`,
  NEWSROOM: `# For staff: put your token into the headers below, as {"authorization": "Bearer onr_staff_…"}.
query Desk {
  stories(first: 10) {
    nodes {
      slug
      state
      revision { number savedAt }
      sources { __typename label }
    }
  }
}
`,
}

/** Serves GraphiQL for each contract at `/graphiql` and `/newsroom/graphiql`, from files in the installed packages: it works offline. */
export function serveGraphiQL(fastify: FastifyInstance, paths: Readonly<Record<Contract, string>>): void {
  const assets: Record<string, { type: string; body: Buffer }> = {
    'react.js': script(path.join(folderOf('react'), 'umd/react.production.min.js')),
    'react-dom.js': script(path.join(folderOf('react-dom'), 'umd/react-dom.production.min.js')),
    'graphiql.js': script(path.join(folderOf('graphiql'), 'graphiql.min.js')),
    'graphiql.css': { type: 'text/css; charset=utf-8', body: readFileSync(path.join(folderOf('graphiql'), 'graphiql.min.css')) },
  }
  for (const contract of ['PUBLIC', 'NEWSROOM'] as const) assets[`start-${contract.toLowerCase()}.js`] = { type: 'text/javascript; charset=utf-8', body: Buffer.from(start(paths[contract], EXAMPLES[contract])) }
  for (const [name, asset] of Object.entries(assets)) {
    const etag = `"${createHash('sha256').update(asset.body).digest('base64url').slice(0, 22)}"`
    fastify.get(`/graphiql/${name}`, async (request, reply) => {
      void reply.header('etag', etag).header('cache-control', 'public, max-age=3600').header('x-content-type-options', 'nosniff')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type(asset.type).send(asset.body)
    })
  }
  const page = (contract: Contract) => async (_request: unknown, reply: { type(type: string): typeof reply; header(name: string, value: string): typeof reply; send(body: string): unknown }) =>
    reply.type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
      .header('x-content-type-options', 'nosniff')
      .send(html(contract))
  fastify.get('/graphiql', page('PUBLIC'))
  fastify.get('/newsroom/graphiql', page('NEWSROOM'))
  fastify.get('/', (_request, reply) => reply.redirect('/graphiql'))
}

function folderOf(name: string): string {
  return path.dirname(require.resolve(`${name}/package.json`))
}

function script(file: string): { type: string; body: Buffer } {
  return { type: 'text/javascript; charset=utf-8', body: readFileSync(file) }
}

function html(contract: Contract): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Onrecord: ${contract === 'PUBLIC' ? 'public' : 'newsroom'} contract</title>
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>html, body, #graphiql { height: 100%; margin: 0 }</style>
</head>
<body>
<div id="graphiql">Loading…</div>
<noscript>GraphiQL needs JavaScript. The API itself does not.</noscript>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/start-${contract.toLowerCase()}.js"></script>
</body>
</html>
`
}

function start(url: string, example: string): string {
  return `ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: ${JSON.stringify(url)} }),
  defaultQuery: ${JSON.stringify(example)},
  shouldPersistHeaders: false,
  isHeadersEditorEnabled: true,
  defaultEditorToolsVisibility: ${JSON.stringify(url.startsWith('/newsroom') ? 'headers' : false)},
}))
`
}

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Contract } from './context.js'

const require = createRequire(import.meta.url)

const EXAMPLES: Record<Contract, string> = {
  PUBLIC: `# Who said what, and on which terms.
# Press the play button.
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
        anonymousSource {
          descriptor
          headcount { min exact }
        }
      }
    }
  }
}
`,
  NEWSROOM: `# For staff: put your token into the headers
# below, and press the play button.
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

const NAMES: Record<Contract, string> = { PUBLIC: 'public contract', NEWSROOM: 'newsroom contract' }

/** A quotation mark: said, and on record. */
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f2a44"/><g fill="#fff"><circle cx="10.5" cy="19.5" r="4.5"/><circle cx="22" cy="19.5" r="4.5"/><path d="M6 19.5c0-5 2.5-9 6.5-11l1.300 2.200c-3 1.800-4.300 4-4.300 6.800zm11.5 0c0-5 2.5-9 6.5-11l1.300 2.200c-3 1.800-4.300 4-4.300 6.800z"/></g></svg>'

/** Serves GraphiQL for each contract at `/graphiql` and `/newsroom/graphiql`, from files in the installed packages: it works offline. */
export function serveGraphiQL(fastify: FastifyInstance, paths: Readonly<Record<Contract, string>>): void {
  const assets: Record<string, { type: string; body: Buffer }> = {
    'react.js': script(path.join(folderOf('react'), 'umd/react.production.min.js')),
    'react-dom.js': script(path.join(folderOf('react-dom'), 'umd/react-dom.production.min.js')),
    'graphiql.js': script(path.join(folderOf('graphiql'), 'graphiql.min.js')),
    'icon.svg': { type: 'image/svg+xml', body: Buffer.from(ICON) },
    'graphiql.css': { type: 'text/css; charset=utf-8', body: readFileSync(path.join(folderOf('graphiql'), 'graphiql.min.css')) },
  }
  for (const contract of ['PUBLIC', 'NEWSROOM'] as const) assets[`start-${contract.toLowerCase()}.js`] = { type: 'text/javascript; charset=utf-8', body: Buffer.from(start(contract, paths[contract])) }
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
<title>Onrecord: ${NAMES[contract]}</title>
<link rel="icon" href="/graphiql/icon.svg">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>html, body, #graphiql { height: 100%; margin: 0 } .contract { white-space: nowrap }</style>
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

function start(contract: Contract, url: string): string {
  return `// GraphiQL's history would keep the headers, and with them the token. What stays in the browser holds none.
const withoutHeaders = (text) => {
  try {
    return JSON.stringify(JSON.parse(text, (name, value) => (name === 'headers' ? null : value)))
  } catch {
    return text
  }
}
const storage = {
  get length() { return localStorage.length },
  getItem: (name) => localStorage.getItem(name),
  setItem: (name, text) => { if (!name.endsWith('headers')) localStorage.setItem(name, withoutHeaders(text)) },
  removeItem: (name) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
}

const newFetcher = () => GraphiQL.createFetcher({ url: ${JSON.stringify(url)} })
const tokenIn = (headers) => /Bearer +([\\w-]{20,})/.exec(headers)?.[1]

function Page() {
  const [fetcher, setFetcher] = React.useState(newFetcher)
  const token = React.useRef()
  // With another token another schema may be read: a new fetcher makes GraphiQL ask for it.
  const onEditHeaders = (headers) => {
    if (tokenIn(headers) === token.current) return
    token.current = tokenIn(headers)
    setFetcher(newFetcher)
  }
  return React.createElement(GraphiQL, {
    fetcher,
    storage,
    defaultQuery: ${JSON.stringify(EXAMPLES[contract])},
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: true,
    ${contract === 'NEWSROOM' ? `defaultHeaders: '{\\n  "authorization": "Bearer "\\n}\\n',
    onEditHeaders,
    defaultEditorToolsVisibility: 'headers',` : 'defaultEditorToolsVisibility: false,'}
  }, React.createElement(GraphiQL.Logo, null, React.createElement('span', { className: 'contract' }, 'Onrecord: ${NAMES[contract]}')))
}

ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(Page))
`
}

import { fileURLToPath } from 'node:url'
import remapping from '@jridgewell/remapping'
import MagicString from 'magic-string'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What finds files of its own beside it, and what is faster with native code that may be there. */
const LEFT_ALONE = ['@electric-sql/pglite', '@prisma/client', '@prisma/schema-engine-wasm', 'wink-eng-lite-web-model', 'wink-nlp', 'ws']

/**
 * Writes every character outside ASCII as an escape, which means the same wherever such a character stands. V8 keeps a file with a single
 * one of them as two bytes for each character, and takes longer to read it.
 */
const inAscii: Plugin = {
  name: 'in-ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      // eslint-disable-next-line no-control-regex
      const code = new MagicString(chunk.code).replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      const map = bundle[`${chunk.fileName}.map`]
      if (!code.hasChanged() || map?.type !== 'asset') continue
      map.source = remapping([code.generateMap({ hires: true }), map.source as string] as never, () => null).toString()
      chunk.code = code.toString()
    }
  },
}

/**
 * Builds the programs into `dist`: the server, the command line and the thread that reads texts. A few large files load in a fraction of
 * the time that a thousand small ones take. All but the programs themselves lies one folder deep, as the sources do.
 */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  plugins: [inAscii],
  // graphql ships two module formats; two copies in one process refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.mjs' }, { find: /^(graphql\/.+)\.js$/, replacement: '$1.mjs' }] },
  ssr: { external: LEFT_ALONE, noExternal: true },
  build: {
    ssr: true,
    outDir: here('../dist'),
    emptyOutDir: false,
    target: 'node20.19',
    // An eighth of the start is compiling. Names stay, and `node --enable-source-maps` tells the lines of the sources.
    minify: 'oxc',
    sourcemap: true,
    rolldownOptions: {
      input: { main: here('main.ts'), 'cli/main': here('cli/main.ts'), 'parts/text-worker': here('workers/text-worker.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name].js', keepNames: true },
    },
  },
})

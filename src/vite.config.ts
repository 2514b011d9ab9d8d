import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What finds files of its own beside it, and what is faster with native code that may be there. */
const LEFT_ALONE = ['@electric-sql/pglite', '@prisma/client', '@prisma/schema-engine-wasm', 'wink-eng-lite-web-model', 'wink-nlp', 'ws']

/**
 * Builds the programs into `dist`: the server, the command line and the thread that reads texts. A few large files load in a fraction of
 * the time that a thousand small ones take. All but the programs themselves lies one folder deep, as the sources do.
 */
export default defineConfig({
  root: here('.'),
  publicDir: false,
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

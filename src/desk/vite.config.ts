import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the page into `dist/desk`, from where `src/http/desk.ts` serves it. */
export default defineConfig({
  root: here('.'),
  base: '/desk/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: here('../../dist/desk'),
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy lets in files of this server alone: nothing is put into the page or into CSS as a data address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The pure rooms do nothing when they are loaded: what the page does not use of them (schemas, reports) is left out.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/\/src\/(checks|document|vault\/(client|seal))\//.test(id) } },
  },
})

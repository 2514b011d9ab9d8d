import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import type { Contract } from './context.js'
import { schemas } from './schemas.js'

/** The committed SDL of each contract, so that a change to either is seen in review. */
export const SDL_FILES: Readonly<Record<Contract, URL>> = {
  PUBLIC: sourceFile('public.graphql'),
  NEWSROOM: sourceFile('newsroom.graphql'),
}

/** A contract as SDL: sorted, with its descriptions. */
export function sdlOf(contract: Contract): string {
  return `${printSchema(lexicographicSortSchema(schemas()[contract]))}\n`
}

/** Writes both files. `npm run contracts` runs it. */
export async function writeContracts(): Promise<void> {
  for (const contract of ['PUBLIC', 'NEWSROOM'] as const) await writeFile(SDL_FILES[contract], sdlOf(contract))
}

function sourceFile(name: string): URL {
  return new URL(name, import.meta.url)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await writeContracts()

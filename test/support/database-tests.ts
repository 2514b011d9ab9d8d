import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Who reads the environment can learn which database there is; so can a process or thread, which inherits it, and what is imported by a name made up at run time. */
const CAN_LEARN = /process\.env|DATABASE_URL|node:(?:child_process|worker_threads)|\bimport\((?!\s*['"])/
const IMPORTS = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.[^'"]*)\1/g

/** What makes a PostgreSQL server of its own; who imports it asks no other. */
const OWN_SERVER = path.join('test', 'support', 'postgres-cluster.ts')

/**
 * The test files that may come out differently on another database, told by what stands in them and in all of ours that they import: those
 * that can learn which one there is. The others, which work on text alone or on a server of their own, come out the same.
 */
export function databaseTests(): string[] {
  const files = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts')).map((file) => path.join('test', file)).sort()
  return files.filter((file) => {
    const imported = importedBy(file)
    return !imported.includes(OWN_SERVER) && imported.some((each) => CAN_LEARN.test(textOf(each)))
  })
}

/** The file and all that it imports, itself or through others. */
function importedBy(file: string): string[] {
  const found = new Set([file])
  // A set is walked to its end, also where it grows meanwhile.
  for (const each of found) for (const [, , name] of textOf(each).matchAll(IMPORTS)) found.add(path.join(path.dirname(each), name!).replace(/\.js$/, '.ts'))
  return [...found]
}

const texts = new Map<string, string>()

function textOf(file: string): string {
  let text = texts.get(file)
  // What is not there under that name cannot be told, and counts as one that can learn it.
  if (text === undefined) texts.set(file, (text = existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : 'process.env'))
  return text
}

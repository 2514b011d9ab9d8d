import { readFile } from 'node:fs/promises'
import { PROFILE_NAMES, ProfileError, WAIVER_CODES, defineProfile, isWaivable, profileOf, type Profile, type Waiver } from '../checks/index.js'
import { UsageError } from './failure.js'

/** The profile of that name, or in that file. @throws {UsageError} with the file, the place in it and the reason. */
export async function profileAt(nameOrFile: string): Promise<Profile> {
  if ((PROFILE_NAMES as readonly string[]).includes(nameOrFile)) return profileOf(nameOrFile)
  if (!/[./\\]/.test(nameOrFile)) throw new UsageError(`There is no profile "${nameOrFile}". Give ${PROFILE_NAMES.join(', ')}, or a JSON file.`)
  const content = await jsonAt(nameOrFile)
  try {
    return defineProfile(content)
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    throw new UsageError(error.problems.map((problem) => `${nameOrFile}: ${problem}`).join('\n'))
  }
}

/** Waivers from a file. @throws {UsageError} with the file, the place in it and the reason. */
export async function waiversAt(file: string): Promise<readonly Waiver[]> {
  const content = await jsonAt(file)
  if (!Array.isArray(content)) throw new UsageError(`${file}: is not an array of waivers; write [{"rule": …, "fingerprint": …, "code": …}].`)
  return content.map((entry: unknown, index) => {
    const problem = waiverProblem(entry)
    if (problem !== undefined) throw new UsageError(`${file}: [${index}]${problem}`)
    return entry as Waiver
  })
}

function waiverProblem(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return ' is not an object with "rule", "fingerprint" and "code".'
  const given = entry as Record<string, unknown>
  for (const name of ['rule', 'fingerprint', 'code']) if (typeof given[name] !== 'string' || given[name] === '') return `.${name} is missing, or no text.`
  if (!(WAIVER_CODES as readonly unknown[]).includes(given['code'])) return `.code: ${JSON.stringify(given['code'])} is not one of ${WAIVER_CODES.join(', ')}.`
  return isWaivable(given['rule'] as string) ? undefined : `.rule: ${JSON.stringify(given['rule'])} is no rule that can be waived.`
}

async function jsonAt(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`)
  })
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length)
    throw new UsageError(`${file}:${text.slice(0, at).split('\n').length}: is not JSON.`)
  }
}

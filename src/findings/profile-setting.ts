import { readFileSync } from 'node:fs'
import { defineProfile, PROFILE_NAMES, profileOf, ProfileError, type Profile } from '../checks/index.js'

/**
 * The profile that a setting names: one that comes with Onrecord, or the path of a JSON file.
 * @throws an error that says what is wrong with it.
 */
export function profileFrom(setting: string): Profile {
  const name = setting.toLowerCase()
  if ((PROFILE_NAMES as readonly string[]).includes(name)) return profileOf(name)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(setting, 'utf8'))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Error(`ONRECORD_PROFILE: ${isMissing ? `"${setting}" is none of ${PROFILE_NAMES.join(', ')}, and there is no such file.` : `${setting} cannot be read as JSON: ${(error as Error).message}`}`, { cause: error })
  }
  try {
    return defineProfile(content)
  } catch (error) {
    if (error instanceof ProfileError) throw new Error(`ONRECORD_PROFILE, ${setting}: ${error.message}`, { cause: error })
    throw error
  }
}

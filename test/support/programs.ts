import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The built programs, as their users run them; they start in a fraction of the time that the sources take. */
export const COMMAND = path.join(ROOT, 'dist/cli/main.js')
export const SERVER = path.join(ROOT, 'dist/main.js')

/** Builds them from the sources of this moment, so that what is tested is what is here. */
export function buildPrograms(): void {
  execFileSync('npm', ['run', '--silent', 'build:programs'], { cwd: ROOT, stdio: 'inherit' })
}

import type { Command } from 'commander'
import type { Screen } from './screen.js'

/** One command of `onrecord`. Its module is read at every start, so it imports what it works with only when it runs. */
export interface CliCommand {
  readonly name: string
  /** Adds the command, its options and its help to the program. What `action` gives is the exit code; nothing is 0. */
  add(program: Command, run: Runner): void
}

export type Runner = <Arguments extends unknown[]>(action: (screen: Screen, ...values: Arguments) => Promise<number | void>) => (...values: Arguments) => Promise<void>

export const EXIT = { done: 0, failed: 1, usage: 2 } as const

/** An example under the help text of a command. */
export function example(line: string): string {
  return `\nExample:\n  $ ${line}\n`
}

import { open } from 'node:fs/promises'
import { ReadStream, WriteStream } from 'node:tty'
import type { Env } from '../../env.js'
import { UsageError } from '../failure.js'
import { textAt } from './local-folder.js'

const FEWEST = 12

/** The passphrase of a key: from the file that the settings name, or asked for at the terminal, which does not show it. */
export async function passphraseOf(env: Pick<Env, 'ONRECORD_PASSPHRASE_FILE'>, question: string): Promise<string> {
  const file = env.ONRECORD_PASSPHRASE_FILE
  if (file === undefined) return askAtTerminal(question)
  const text = await textAt(file)
  if (text === undefined) throw new UsageError(`There is no file ${file}, which ONRECORD_PASSPHRASE_FILE names.`)
  return text.replace(/\r?\n$/, '')
}

/** A passphrase for a new key, asked for twice at the terminal. */
export async function newPassphrase(env: Pick<Env, 'ONRECORD_PASSPHRASE_FILE'>): Promise<string> {
  const passphrase = await passphraseOf(env, 'Passphrase for the new key: ')
  if (passphrase.length < FEWEST) throw new UsageError(`A passphrase has at least ${FEWEST} characters; four or five random words are good. Or give --no-passphrase, where the disk itself is encrypted.`)
  if (env.ONRECORD_PASSPHRASE_FILE === undefined && (await askAtTerminal('Once more: ')) !== passphrase) throw new UsageError('The two are not the same. Nothing was made.')
  return passphrase
}

/** Standard input may be a record, so the terminal itself is asked. */
async function askAtTerminal(question: string): Promise<string> {
  const handle = await open('/dev/tty', 'r+').catch(() => {
    throw new UsageError('The key has a passphrase, and there is no terminal to ask for it. Name a file that holds it with ONRECORD_PASSPHRASE_FILE.')
  })
  const input = new ReadStream(handle.fd)
  const output = new WriteStream(handle.fd)
  try {
    output.write(question)
    input.setRawMode(true)
    return await lineFrom(input)
  } finally {
    input.setRawMode(false)
    output.write('\n')
    input.destroy()
  }
}

const [ENTER, LINE_FEED, INTERRUPT, END, BACKSPACE, DELETE] = ['\r', '\n', '\u0003', '\u0004', '\b', '\u007f']

function lineFrom(input: ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = ''
    input.setEncoding('utf8').on('data', (text: string) => {
      for (const character of text) {
        if (character === INTERRUPT || character === END) return reject(new UsageError('Nothing was done.'))
        if (character === ENTER || character === LINE_FEED) return resolve(line)
        line = character === BACKSPACE || character === DELETE ? line.slice(0, -1) : line + character
      }
      return undefined
    })
  })
}

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { attributionLines } from './support/lines.js'

// Short stories of our own in the styles of different desks. Below the line of dashes stand their attributions, checked one by one.
const FOLDER = fileURLToPath(new URL('./styles', import.meta.url))

describe('a whole story', () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.txt')))('is read as its editor reads it: %s', (name) => {
    const [text, lines] = readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n\n---\n')
    expect(attributionLines(text!).map((line) => line.replace(/\n+/g, ' '))).toEqual(lines!.trim().split('\n'))
  })
})

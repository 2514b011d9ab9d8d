import { once } from 'node:events'
import type { WriteStream } from 'node:tty'

type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'hasColors'>>
type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'
const CODES: Record<Style, readonly [number, number]> = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] }

export interface ScreenOptions {
  readonly out: Stream
  readonly err: Stream
}

/** Where commands write: answers to standard output, everything said about the work to standard error. */
export class Screen {
  #transient = ''

  constructor(readonly options: ScreenOptions) {}

  get isTerminal(): boolean {
    return this.options.err.isTTY === true
  }

  /** Columns of the terminal that shows the answer; undefined where it goes elsewhere. */
  get columns(): number | undefined {
    return this.options.out.isTTY === true ? this.options.out.columns : undefined
  }

  /** Part of the answer; waits while the reader is slower than we are. */
  async write(text: string): Promise<void> {
    if (!this.options.out.write(text)) await once(this.options.out, 'drain')
  }

  /** A line of the answer. */
  async line(text = ''): Promise<void> {
    await this.write(`${text}\n`)
  }

  /** A line about the work. */
  say(text: string): void {
    this.#clear()
    this.options.err.write(`${text}\n`)
    this.#draw()
  }

  /** A line that the next one replaces; on a terminal only. */
  show(text: string): void {
    if (!this.isTerminal) return
    this.#clear()
    this.#transient = text.slice(0, (this.options.err.columns ?? 80) - 1)
    this.#draw()
  }

  /** Ends a line that was shown. */
  hide(): void {
    this.#clear()
    this.#transient = ''
  }

  /** Styled text for the answer (`out`) or for what is said (`err`): on a terminal with colours, which has none where NO_COLOR is set. */
  styled(text: string, style: Style, where: 'out' | 'err' = 'err'): string {
    if (!this.hasColors(where)) return text
    const [on, off] = CODES[style]
    return `\u001b[${on}m${text}\u001b[${off}m`
  }

  hasColors(where: 'out' | 'err'): boolean {
    return this.options[where].isTTY === true && this.options[where].hasColors?.() === true
  }

  #clear(): void {
    if (this.#transient) this.options.err.write('\r\u001b[K')
  }

  #draw(): void {
    if (this.#transient) this.options.err.write(this.#transient)
  }
}

/** Rows under headings, columns aligned by the widest entry; nothing behind the last one. */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((heading, index) => Math.max(heading.length, ...rows.map((row) => row[index]!.length)))
  return [headings, ...rows].map((row) => row.map((cell, index) => (index + 1 < row.length ? cell.padEnd(widths[index]!) : cell)).join('  '))
}

/** `1 story`, `2 stories`, `10,000 stories`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

/** Lines in columns under headings. */
export async function table(screen: Screen, headings: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
  const [first, ...lines] = columns(headings, rows)
  await screen.line(screen.styled(first!, 'bold', 'out'))
  for (const line of lines) await screen.line(line)
}

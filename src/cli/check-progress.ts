import { count, type Screen } from './screen.js'

const WIDTH = 24
/** Where standard error is no terminal, one line for so many stories. */
const TOLD_EVERY = 1_000
/** Short runs show nothing. */
const SHOWN_AFTER_MS = 300

/** How far a long run is: a bar on a terminal, a line now and then elsewhere. Standard error only. */
export class CheckProgress {
  readonly #start: number
  #shownAt = 0
  #done = 0

  /** @param total number of stories, where it is known. */
  constructor(readonly screen: Screen, readonly total: number | undefined, readonly now: () => number = () => performance.now()) {
    this.#start = now()
  }

  step(findings: number): void {
    this.#done += 1
    const elapsed = this.now() - this.#start
    const text = () => `${count(this.#done, 'story', 'stories')} checked, ${count(findings, 'finding')}, ${Math.round((this.#done / Math.max(1, elapsed)) * 1000).toLocaleString('en-US')} a second`
    if (this.screen.isTerminal) {
      if (elapsed < SHOWN_AFTER_MS || this.now() - this.#shownAt < 100) return
      this.#shownAt = this.now()
      this.screen.show(this.total === undefined ? text() : `${bar(this.#done / this.total)} ${text()}`)
    } else if (this.#done % TOLD_EVERY === 0) this.screen.say(text())
  }

  end(): void {
    this.screen.hide()
  }
}

function bar(share: number): string {
  const full = Math.min(WIDTH, Math.round(share * WIDTH))
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${String(Math.min(100, Math.floor(share * 100))).padStart(3)}%`
}

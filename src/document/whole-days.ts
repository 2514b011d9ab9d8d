const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** More than any zone is away from UTC. */
const FARTHEST = 16 * HOUR
/** What an instant may be. */
const [FIRST, LAST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/** A span of time widened to the whole days of a time zone that it touches: where they begin and end, so that nothing finer shows. */
export function wholeDays({ earliest, latest }: { readonly earliest: string; readonly latest?: string | undefined }, timeZone: string): { earliest: string; latest: string } {
  const calendar = new Calendar(timeZone)
  const from = calendar.startOf(calendar.dayOf(Date.parse(earliest)))
  const until = calendar.startOf(calendar.dayOf(Date.parse(latest ?? earliest)) + 1) - 1
  return { earliest: new Date(Math.max(from, FIRST)).toISOString(), latest: new Date(Math.min(until, LAST)).toISOString() }
}

/** Days of one time zone, counted from 1970. */
class Calendar {
  readonly #format: Intl.DateTimeFormat

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  }

  dayOf(at: number): number {
    return Math.floor((at + this.#offsetAt(at)) / DAY)
  }

  /** Looked for, since clocks are put back and forth: a day need not begin at midnight, nor last for 24 hours. */
  startOf(day: number): number {
    let [before, after] = [day * DAY - FARTHEST, day * DAY + FARTHEST]
    while (after - before > SECOND) {
      const middle = before + Math.round((after - before) / 2 / SECOND) * SECOND
      if (this.dayOf(middle) < day) before = middle
      else after = middle
    }
    return after
  }

  /** "GMT", "GMT-05:00" or, long ago, "GMT-04:56:02". */
  #offsetAt(at: number): number {
    const [, sign, ...parts] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(this.#format.format(at)) ?? []
    const [hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
    return (sign === '-' ? -1 : 1) * (hours * HOUR + minutes * 60 * SECOND + seconds * SECOND)
  }
}

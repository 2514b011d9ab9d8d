/** The newsroom's times, counted back from one instant, so that the demo always looks fresh. Days are UTC days. */
export interface Clock {
  /** So many days ago, at a time of day in UTC: `day(3, '14:30')`. The time counts from 00:00 to 23:59; use it for days before today. */
  readonly day: (daysAgo: number, time: string) => string
  readonly hoursAgo: (hours: number) => string
  /** The calendar date so many days ago, for datelines and terms of office. */
  readonly date: (daysAgo: number) => string
  /** The English name of the weekday so many days ago. A negative number looks ahead. */
  readonly weekday: (daysAgo: number) => string
  /** Days since the last day of that name, at least `atLeast`. Sunday is 0. */
  readonly daysSince: (weekday: number, atLeast: number) => number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

export function clockAt(now: Date): Clock {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  const date = (daysAgo: number) => before(daysAgo * DAY).toISOString().slice(0, 10)
  return {
    date,
    day: (daysAgo, time) => `${date(daysAgo)}T${time}:00Z`,
    hoursAgo: (hours) => `${before(hours * HOUR).toISOString().slice(0, 16)}:00Z`,
    weekday: (daysAgo) => before(daysAgo * DAY).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' }),
    daysSince: (weekday, atLeast) => atLeast + ((before(atLeast * DAY).getUTCDay() - weekday + 7) % 7),
  }
}

import { useEffect, useState } from 'react'

const DATE = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })
const TIME = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "3 hours ago", or the date where it is longer than a week ago. The full time is the title. */
export function Ago({ at }: { readonly at: string }) {
  const then = new Date(at)
  return <time dateTime={at} title={TIME.format(then)}>{agoOf(Date.now() - then.getTime()) ?? DATE.format(then)}</time>
}

function agoOf(gone: number): string | undefined {
  if (gone < -MINUTE || gone > 7 * DAY) return undefined
  if (gone < MINUTE) return 'just now'
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)} min ago`
  if (gone < DAY) return `${Math.floor(gone / HOUR)} h ago`
  return gone < 2 * DAY ? 'yesterday' : `${Math.floor(gone / DAY)} days ago`
}

export function At({ at }: { readonly at: string }) {
  return <time dateTime={at}>{TIME.format(new Date(at))}</time>
}

/** Time left, counted down by the second in the last hour: "in 0:29", and "now" or whatever it is when none is left. */
export function Countdown({ until, lead = '', over = 'over' }: { readonly until: string; readonly lead?: string; readonly over?: string }) {
  const [now, setNow] = useState(() => Date.now())
  const left = new Date(until).getTime() - now
  const beat = left > 2 * HOUR ? MINUTE : 1000
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), beat)
    return () => window.clearInterval(timer)
  }, [beat])
  return <time dateTime={until} title={TIME.format(new Date(until))} className="countdown">{left <= 0 ? over : lead + leftOf(left)}</time>
}

function leftOf(left: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  if (left >= DAY) return `${Math.floor(left / DAY)} d ${Math.floor((left % DAY) / HOUR)} h`
  if (left >= HOUR) return `${Math.floor(left / HOUR)} h ${two(Math.floor((left % HOUR) / MINUTE))} min`
  return `${Math.floor(left / MINUTE)}:${two(Math.floor((left % MINUTE) / 1000))}`
}

import { useEffect, useRef, useState, type ReactNode } from 'react'

/** How long something of the vault is shown, in milliseconds. */
const SHOWN = 60_000

interface Shown { readonly title: string; readonly onOver: () => void; readonly children: ReactNode }

/** Shows what was opened, for a minute and with the time that is left; then it is put away. */
export function ForAMinute({ title, onOver, children }: Shown) {
  const [left, setLeft] = useState(SHOWN)
  const over = useRef(onOver)
  over.current = onOver
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    // Two clocks, of which one may be set back and the other sleep with the computer.
    const [date, monotonic] = [Date.now(), performance.now()]
    const look = () => {
      const rest = SHOWN - Math.max(Date.now() - date, performance.now() - monotonic)
      if (rest <= 0) over.current()
      else setLeft(rest)
    }
    const timer = window.setInterval(look, 250)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  const seconds = Math.ceil(left / 1000)
  return (
    <section className="opened" aria-labelledby="opened-title" translate="no">
      <div className="opened-head">
        <h2 id="opened-title" tabIndex={-1} ref={heading}>{title}</h2>
        <p role="timer" className={seconds <= 10 ? 'countdown is-ending' : 'countdown'}>Leaves the screen in {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}</p>
        <button type="button" onClick={onOver}>Put away</button>
      </div>
      {children}
    </section>
  )
}

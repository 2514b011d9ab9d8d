import { useEffect, useRef, useState } from 'react'

/** A field whose words are asked for when one has stopped writing. */
export function SearchField({ label, words, onWords }: { readonly label: string; readonly words: string; readonly onWords: (words: string) => void }) {
  const [written, setWritten] = useState(words)
  const asked = useRef({ words, onWords })
  asked.current = { words, onWords }
  useEffect(() => { setWritten(words) }, [words])
  useEffect(() => {
    if (written.trim() === asked.current.words) return undefined
    const timer = window.setTimeout(() => asked.current.onWords(written.trim()), 250)
    return () => window.clearTimeout(timer)
  }, [written])
  return <label className="field grow"><span className="unseen">{label}</span><input id="search" type="search" placeholder={label} value={written} onChange={(event) => setWritten(event.target.value)} /></label>
}

import { useState } from 'react'
import type { Paragraph } from '../../document/index.js'
import type { StoryState } from '../generated/graphql'
import { stateOf } from '../words'

interface StrandedProps { readonly state: StoryState; readonly paragraphs: readonly Paragraph[]; readonly onThrowAway: () => void }

/** What somebody was writing when the story was killed or withdrawn: there is nothing left to save it to. */
export function Stranded({ state, paragraphs, onThrowAway }: StrandedProps) {
  const [says, setSays] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(paragraphs.map(({ text }) => text).join('\n\n'))
      setSays('Copied.')
    } catch {
      // Browsers give the clipboard to pages that came over HTTPS alone.
      setSays('This browser does not copy for us. Select the words and copy them.')
    }
  }
  return (
    <section className="stranded" aria-labelledby="stranded">
      <h2 id="stranded">What you wrote cannot be saved</h2>
      <p>The story is {stateOf(state).toLowerCase()}, and nobody may write on it any more. Here is your text, to be copied; below stands the story as it was saved.</p>
      <p className="row">
        <button type="button" className="primary" onClick={() => void copy()}>Copy what I wrote</button>
        <button type="button" onClick={() => { if (window.confirm('Throw away what is not saved?')) onThrowAway() }}>Throw away</button>
        <span role="status">{says}</span>
      </p>
      <div className="stranded-text">{paragraphs.map(({ text }, index) => <p key={index} dir="auto">{text}</p>)}</div>
    </section>
  )
}

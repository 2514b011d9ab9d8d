import { useMemo, useState } from 'react'
import type { Paragraph } from '../../document/index.js'
import { blocksOf, type Choice } from './edits'
import type { Conflict } from './draft'

interface MergeProps { readonly conflict: Conflict; readonly onMerge: (paragraphs: readonly Paragraph[]) => void; readonly onTakeTheirs: () => void }

/** Two people wrote over the same revision. Both texts, paragraph by paragraph; nothing is lost until somebody has chosen. */
export function Merge({ conflict: { base, mine, theirs }, onMerge, onTakeTheirs }: MergeProps) {
  const blocks = useMemo(() => blocksOf(base, mine, theirs.document.paragraphs), [base, mine, theirs])
  const [choices, setChoices] = useState<Readonly<Record<number, Choice>>>({})
  const choiceOf = (index: number) => choices[index] ?? blocks[index]!.suggested
  const merged = () => blocks.flatMap(({ same, mine: own, theirs: other }, index) => same ?? (choiceOf(index) === 'both' ? [...other, ...own] : choiceOf(index) === 'mine' ? own : other))
  const savedBy = theirs.revisions.find(({ number }) => number === theirs.revision.number)?.savedBy
  return (
    <section className="merge" aria-label="Two edits of the same text">
      <h1>{savedBy ?? 'Somebody'} saved revision {theirs.revision.number} while you were writing</h1>
      <p className="help">Your text is safe. Choose for each place, then go on writing over the new revision; nothing is saved until you save it.</p>
      <div className="merge-places">
        {blocks.map(({ same, mine: own, theirs: other }, index) => (same
          ? <div key={index} className="merge-same"><Text of={same} /></div>
          : (
            <div key={index} className="merge-choice" role="group" aria-label={`Place ${index + 1}`}>
              {(['mine', 'theirs'] as const).map((which) => (
                <label key={which} className={choiceOf(index) === which || choiceOf(index) === 'both' ? 'is-chosen' : undefined}>
                  <span><input type="radio" name={`place-${index}`} checked={choiceOf(index) === which} onChange={() => setChoices({ ...choices, [index]: which })} /> {which === 'mine' ? 'Yours' : 'Theirs'}</span>
                  <Text of={which === 'mine' ? own : other} />
                </label>
              ))}
              <label className="merge-both"><span><input type="radio" name={`place-${index}`} checked={choiceOf(index) === 'both'} onChange={() => setChoices({ ...choices, [index]: 'both' })} /> Both, theirs first</span></label>
            </div>
          )))}
      </div>
      <div className="row">
        <button type="button" className="primary" onClick={() => onMerge(merged())}>Go on with this text</button>
        <button type="button" onClick={onTakeTheirs}>Leave mine, take theirs</button>
      </div>
    </section>
  )
}

function Text({ of }: { readonly of: readonly Paragraph[] }) {
  return of.length === 0 ? <p className="help">(nothing here)</p> : <>{of.map(({ text }, index) => <p key={index}>{text}</p>)}</>
}

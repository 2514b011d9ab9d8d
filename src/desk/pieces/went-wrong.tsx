import { Component, type ReactNode } from 'react'
import { unsavedTexts } from '../writing/kept-drafts'

/** Stands in for a page that broke: the rest of the desk goes on, and what was being written is there to be copied. */
export class WentWrong extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    if (!this.state.isBroken) return this.props.children
    const texts = unsavedTexts()
    return (
      <section className="went-wrong" role="alert">
        <h1>Something went wrong in this page</h1>
        <p>It is a fault of the desk, not yours. {texts.length > 0 ? 'What you have not saved is below: copy it before you go on.' : 'Nothing unsaved was on it.'}</p>
        {texts.map((text, index) => <textarea key={index} readOnly rows={12} value={text} aria-label="What you have not saved" onFocus={(event) => event.target.select()} />)}
        <p><button type="button" className="primary" onClick={() => location.reload()}>Load the page again</button></p>
      </section>
    )
  }
}

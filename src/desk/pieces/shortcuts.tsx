import { useEffect, useRef, useState } from 'react'
import { Dialog } from './dialog'

export interface Shortcut {
  /** As `KeyboardEvent.key` has it; "Mod+s" for Control or Command. */
  readonly keys: string
  readonly does: string
  readonly run: () => void
}

interface Group { readonly name: string; shortcuts: readonly Shortcut[] }
const groups = new Set<Group>()

/** Listens while the component is there; what is listed is what works now. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[]): void {
  const group = useRef<Group>({ name, shortcuts })
  group.current.shortcuts = shortcuts
  useEffect(() => {
    const mine = group.current
    groups.add(mine)
    return () => { groups.delete(mine) }
  }, [])
}

function pressed(event: KeyboardEvent): string {
  return `${event.ctrlKey || event.metaKey ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

export function Shortcuts() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = pressed(event)
      if (event.defaultPrevented || event.isComposing || (isTyping(event.target) && !key.startsWith('Mod+'))) return
      // Behind an open dialog nothing moves.
      if (document.querySelector('dialog[open]')) return
      if (key === '?') { event.preventDefault(); setOpen(true); return }
      for (const { shortcuts } of [...groups].reverse()) {
        const found = shortcuts.find(({ keys }) => keys.split(' ').includes(key))
        if (!found) continue
        event.preventDefault()
        found.run()
        return
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)"><kbd>?</kbd></button>
      {isOpen && <ShortcutList onClose={() => setOpen(false)} />}
    </>
  )
}

function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose} className="shortcuts">
      <div className="shortcut-groups">
        {[...groups].filter(({ shortcuts }) => shortcuts.length > 0).map(({ name, shortcuts }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>{shortcuts.map(({ keys, does }) => <div key={keys}><dt>{keys.split(' ').map((key) => <Keys key={key} of={key} />)}</dt><dd>{does}</dd></div>)}</dl>
          </section>
        ))}
        <section>
          <h3>Everywhere</h3>
          <dl><div><dt><kbd>?</kbd></dt><dd>this list</dd></div><div><dt><kbd>Esc</kbd></dt><dd>close, or let go</dd></div></dl>
        </section>
      </div>
    </Dialog>
  )
}

const NAMES: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Mod: navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl', Enter: 'Enter' }

function Keys({ of }: { readonly of: string }) {
  return <span className="keys">{of.split('+').map((key) => <kbd key={key}>{NAMES[key] ?? key}</kbd>)}</span>
}

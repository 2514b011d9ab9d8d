import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from 'react'

interface DialogProps { readonly title: string; readonly onClose: () => void; readonly className?: string; readonly children: ReactNode }

/** The browser's own modal dialog: it keeps the focus, closes with Escape or a click beside it while nothing was put in, and gives the focus back. */
export function Dialog({ title, onClose, className = '', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Beside the dialog a press and its release both fall on the dialog itself, and so does a press on its scrollbar.
  const isPressedBeside = useRef(false)
  const hasInput = useRef(false)
  const isBeside = ({ target, clientX: x, clientY: y }: MouseEvent) => {
    const box = dialog.current!.getBoundingClientRect()
    return target === dialog.current && (x < box.left || x > box.right || y < box.top || y > box.bottom)
  }
  useEffect(() => {
    const before = document.activeElement
    dialog.current!.showModal()
    return () => { if (before instanceof HTMLElement) before.focus({ preventScroll: true }) }
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} className={`dialog ${className}`} onCancel={(event) => { event.preventDefault(); onClose() }} onInput={() => { hasInput.current = true }}
      onMouseDown={(event) => { isPressedBeside.current = isBeside(event) }} onClick={(event) => { if (isPressedBeside.current && isBeside(event) && !hasInput.current) onClose() }}>
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="quiet" onClick={onClose} aria-label="Close">✕</button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

import { useEffect, useId, useRef, type ReactNode } from 'react'

interface DialogProps { readonly title: string; readonly onClose: () => void; readonly className?: string; readonly children: ReactNode }

/** The browser's own modal dialog: it keeps the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, onClose, className = '', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current!.showModal()
    return () => { if (before instanceof HTMLElement) before.focus({ preventScroll: true }) }
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} className={`dialog ${className}`} onCancel={(event) => { event.preventDefault(); onClose() }} onMouseDown={(event) => { if (event.target === dialog.current) onClose() }}>
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

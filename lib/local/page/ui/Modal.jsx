// A dialog of the page's own: the browser keeps the focus inside, Esc closes.
import {useId, useLayoutEffect, useRef} from "preact/hooks"
import {Icon} from "./Icon.jsx"

export function Modal({title, onClose, children, footer, bare = false}) {
  const dialog = useRef(null)
  const name = useId()
  // Before anything can be typed: whoever is quick after a shortcut types into it.
  useLayoutEffect(() => {
    const from = document.activeElement
    dialog.current.showModal()
    return () => from?.focus?.()
  }, [])
  return (
    <dialog ref={dialog} class={`u-modal${bare ? " u-bare" : ""}`} aria-labelledby={bare ? undefined : name} aria-label={bare ? title : undefined}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => event.target === dialog.current && onClose()}>
      <div class="u-modal-inside">
        {!bare && <header><h2 id={name}>{title}</h2><button type="button" class="u-button u-plain u-small" aria-label="Close" onClick={onClose}><Icon name="close" /></button></header>}
        {children}
        {footer && <footer>{footer}</footer>}
      </div>
    </dialog>
  )
}

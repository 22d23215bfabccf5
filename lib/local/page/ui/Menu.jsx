// A button that opens a list of things to do. items: [{label, onSelect, variant?, reason?}].
import {useEffect, useId, useRef, useState} from "preact/hooks"
import {Icon} from "./Icon.jsx"

export function Menu({label, title, items, children}) {
  const [open, setOpen] = useState(false)
  const root = useRef(null)
  const name = useId()
  const focus = (step) => {
    const all = [...root.current.querySelectorAll('[role="menuitem"]')]
    const at = all.indexOf(document.activeElement)
    all[(at + step + all.length) % all.length]?.focus()
  }
  const close = () => {
    setOpen(false)
    root.current.querySelector("button").focus()
  }
  useEffect(() => {
    if (!open) return undefined
    root.current.querySelector('[role="menuitem"]')?.focus()
    const outside = (event) => root.current?.contains(event.target) || setOpen(false)
    document.addEventListener("pointerdown", outside)
    return () => document.removeEventListener("pointerdown", outside)
  }, [open])
  const onKeyDown = (event) => {
    const key = {ArrowDown: () => focus(1), ArrowUp: () => focus(-1), Escape: close, Tab: () => setOpen(false)}[event.key]
    if (!open || key === undefined) return
    if (event.key !== "Tab") event.preventDefault()
    event.stopPropagation()
    key()
  }
  return (
    <div class="u-menu" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class="u-button u-plain u-small" aria-haspopup="menu" aria-expanded={open} aria-controls={open ? name : undefined} aria-label={label} title={title} onClick={() => setOpen(!open)}>
        {children ?? <Icon name="more" />}
      </button>
      {open && <div role="menu" id={name} aria-label={label}>
        {items.map(({label: text, onSelect, variant, reason}) => (
          <button key={text} type="button" role="menuitem" class={variant === "danger" ? "u-danger-text" : ""} aria-disabled={reason ? true : undefined} title={reason}
            onClick={() => {
              if (reason) return
              close()
              onSelect()
            }}>{text}</button>
        ))}
      </div>}
    </div>
  )
}

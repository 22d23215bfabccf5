// A box above the page that holds the focus until it is closed, and gives it back then.
import {useLayoutEffect, useRef} from "preact/hooks"

const focusable = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), iframe, [tabindex]:not([tabindex='-1'])"
const open = [] // boxes, the last one is on top

const inside = (box) => [...box.querySelectorAll(focusable)].filter((one) => one.getClientRects().length > 0)

// `still`: drawn in its place in the page, as a picture of itself.
export function Modal({kind, label, about, hidden, still, small, children, onEscape, onOutside, onKey}) {
  const box = useRef(null)
  useLayoutEffect(() => {
    if (still) return undefined
    const before = document.activeElement
    open.push(box.current)
    const own = box.current
    const first = () => own.querySelector("[data-first]") ?? inside(own).find((one) => /^(INPUT|TEXTAREA|SELECT)$/.test(one.tagName))
    ;(first() ?? own).focus()
    // What is in it may come later: the first input gets the focus then, unless the user has it elsewhere.
    const later = new MutationObserver(() => {
      if (document.activeElement === own) first()?.focus()
      if (document.activeElement !== own) later.disconnect()
    })
    later.observe(own, {childList: true, subtree: true})
    return () => {
      later.disconnect()
      open.splice(open.indexOf(own), 1)
      before?.focus?.()
    }
  }, [])
  const key = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.stopPropagation()
      onEscape()
    } else if (event.key === "Tab") {
      const all = inside(box.current)
      const edge = event.shiftKey ? all[0] : all.at(-1)
      if (document.activeElement !== edge && document.activeElement !== box.current) return
      if (document.activeElement === box.current && !event.shiftKey && all.length > 0) return
      event.preventDefault()
      ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
    } else onKey?.(event)
  }
  const outside = (event) => event.target === event.currentTarget && onOutside()
  return (
    <div class={still ? "d-still" : "d-back"} hidden={hidden} onPointerDown={still ? undefined : outside}>
      <div class={small ? "d-modal d-modal-small" : "d-modal"} ref={box} role={kind} aria-modal={still ? undefined : "true"} aria-labelledby={label} aria-describedby={about} tabIndex={-1} onKeyDown={still ? undefined : key}>
        {children}
      </div>
    </div>
  )
}

// Draws nodes: one component per node, which is drawn again when its own signal changes.
import {createContext} from "preact"
import {useContext, useEffect, useRef, useState} from "preact/hooks"
import {isFn} from "./values.js"

// {session, surface, kind, tree, parts, box, sent}: where a node is; `box` refers to the element of its surface.
export const View = createContext(null)
export const useView = () => useContext(View)

const deepest = 120 // levels; nobody reads deeper ones, and each takes room on the stack
const most = 2000 // nodes of long lists that are drawn at first, all lists that hold each other together

// `at`: {depth, crowd}: how deep, and how many times what is here is repeated by the lists around it.
export const top = {depth: 0, crowd: 1}

export function Node({id, at}) {
  const view = useView()
  const cell = view.tree.cell(id)
  if (cell === undefined) return null
  const node = cell.value
  const part = view.parts[Object.hasOwn(view.parts, node.type) ? node.type : "?"]
  try {
    return part(node, at, view)
  } catch (error) {
    return <p class="d-broken">{`${node.type} cannot be drawn: ${error.message}`}</p>
  }
}

// The children of a node; long lists come in portions, as they are scrolled to.
export function kids(node, at, ids = node.children) {
  if (ids.length === 0) return null
  const depth = at.depth + 1
  if (depth > deepest) return <span class="d-cut">{`… ${deepest} levels deep, the rest is not shown`}</span>
  const step = Math.max(10, Math.floor(most / at.crowd))
  const next = {depth, crowd: at.crowd * (ids.length > 20 ? Math.min(ids.length, step) : 1)}
  return ids.length > step ? <Many ids={ids} at={next} step={step} row={node.type === "Table.Body"} /> : one(ids, next)
}

const one = (ids, at) => ids.map((id, i) => (typeof id === "string" ? id : <Node key={id} id={id} at={at} />))

function Many({ids, at, step, row}) {
  const [shown, show] = useState(step)
  const more = useRef(null)
  const left = ids.length - shown
  useEffect(() => {
    if (left <= 0) return undefined
    const watcher = new IntersectionObserver(([entry]) => entry.isIntersecting && show((count) => count + step))
    watcher.observe(more.current)
    return () => watcher.disconnect()
  }, [left])
  const button = left > 0 && (
    <button type="button" class="d-more" ref={more} onClick={() => show(shown + step)}>{`${left} more`}</button>
  )
  const end = button && row ? <tr><td colSpan={99}>{button}</td></tr> : button
  return <>{one(ids.slice(0, shown), at)}{end}</>
}

// Calls a function in the props of a node, when there is one.
export function fire(view, node, fn, ...args) {
  let at = node.props
  for (const step of fn.split(".")) at = at?.[step]
  return isFn(at) ? view.session.event(view.surface, node.id, fn, args).catch(() => {}) : undefined
}

// A form was sent, and something in it is wrong: the user is led to the first of it. What is wrong may be drawn before the
// answer is there, or after it.
export async function send(view, work) {
  view.sent = true
  await work()
  requestAnimationFrame(() => lead(view))
}

export function lead(view) {
  const wrong = view.sent ? view.box.current?.querySelector('[aria-invalid="true"]') : null
  if (!wrong) return
  view.sent = false
  wrong.focus()
}

// The nodes among the children of `node`, as they are now; the caller is drawn again when one of them changes.
export const childNodes = (view, node) =>
  node.children.flatMap((id) => (typeof id === "string" ? [] : (view.tree.cell(id)?.value ?? [])))

// All the text in a node, for names of things; no deeper than anybody writes a name.
export function textIn(view, node, depth = 0) {
  if (depth > 6) return ""
  return node.children
    .slice(0, 50)
    .map((id) => {
      if (typeof id === "string") return id
      const child = view.tree.cell(id)?.value
      return child === undefined || child.type === "Slot" ? "" : textIn(view, child, depth + 1)
    })
    .join("")
}

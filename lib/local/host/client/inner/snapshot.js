// The tree of a surface as JSON: {id, type, props?, children?}; functions are {"$fn": true}, adjacent texts one text.
// What depends on the place of a component (the footer of a dialog, an empty state, a loader that fills its surface)
// is decided here.

// How much may still come in, in characters and about as much for each node and value; what is over it is cut.
let room = Infinity
const nodeSize = 40
const valueSize = 8

function cutText(text) {
  const part = text.length > room ? text.slice(0, Math.max(room, 0)) : text
  room -= text.length
  return part
}

function plain(value, depth) {
  room -= valueSize
  switch (typeof value) {
    case "string":
      return cutText(value)
    case "function":
      return {$fn: true}
    case "number":
      return Number.isFinite(value) ? value : String(value)
    case "bigint":
    case "symbol":
      return String(value)
    case "object":
      return value === null ? null : plainObject(value, depth)
    default:
      return value
  }
}

function plainObject(value, depth) {
  if (depth > 8) return "…"
  if (typeof value.toJSON === "function") return plain(value.toJSON(), depth + 1)
  if (value instanceof RegExp) return String(value)
  if (Array.isArray(value)) {
    const items = []
    for (let i = 0; i < value.length && room > 0; i++) items.push(plain(value[i], depth + 1) ?? null)
    return items
  }
  if (value.$$typeof !== undefined) return {$element: true}
  const out = {}
  for (const key of Object.keys(value)) {
    if (room <= 0) break
    room -= key.length
    const part = plain(value[key], depth + 1)
    if (part !== undefined) out[key] = part
  }
  return out
}

function join(nodes) {
  const out = []
  for (const node of nodes) {
    if (room <= 0) break
    if (node.hidden) continue
    const json = node.type === "#text" ? cutText(node.text) : nodeJson(node)
    if (typeof json === "string" && typeof out[out.length - 1] === "string") out[out.length - 1] += json
    else out.push(json)
  }
  return out
}

function nodeJson(node) {
  room -= nodeSize
  const out = {id: node.id, type: node.type}
  const {children: ignored, ...rest} = node.props
  const props = plainObject(rest, 0)
  if (Object.keys(props).length > 0) out.props = props
  const children = join(node.children)
  if (children.length > 0) out.children = children
  return out
}

const isButton = (node) => node.type === "Button" || node.type === "SubmitButton"

// In a dialog buttons leave the tree and go to the footer, where a primary button is shown as secondary.
function takeButtons(nodes, footer) {
  return nodes.filter((node) => {
    if (typeof node === "string" || node.type === "EmptyState") return true
    if (isButton(node)) {
      if (node.type === "Button" && node.props?.variant === "primary") node.props.variant = "secondary"
      footer.push(node)
      return false
    }
    if (node.children) node.children = takeButtons(node.children, footer)
    return true
  })
}

function emptyState(node) {
  const buttons = (node.children ?? []).filter((child) => child.type === "Button")
  const primary = buttons.filter((button) => button.props?.variant === "primary")
  if (primary.length > 1) for (const button of primary) button.props.variant = "secondary"
  node.children = buttons
  if (buttons.length > 2) node.props.overflow = true
}

// Empty states show only where they are alone.
function placeEmptyStates(nodes, alone, dropped) {
  return nodes.filter((node) => {
    if (typeof node === "string") return true
    if (node.type === "EmptyState") {
      if (!alone) {
        dropped.push(node)
        return false
      }
      emptyState(node)
      return true
    }
    if (node.children) node.children = placeEmptyStates(node.children, false, dropped)
    return true
  })
}

function nestCards(nodes, inside) {
  for (const node of nodes) {
    if (typeof node === "string") continue
    const card = node.type === "Card"
    if (card && inside) node.props = {...node.props, borderless: true}
    if (node.children) nestCards(node.children, inside || card)
  }
}

// `found(message)` is told what the platform would not show. A tree that is larger than `limit` is cut: its last node is
// then {id: -1, type: "Cut"}.
export function snapshot(root, kind, found, limit = Infinity) {
  room = limit
  const nodes = placed(join(root.children), kind, found)
  if (room < 0) nodes.push({id: -1, type: "Cut"})
  return nodes
}

function placed(all, kind, found) {
  let nodes = all
  const alone = nodes.length === 1 && kind !== "record-widget"
  const dropped = []
  nodes = placeEmptyStates(nodes, alone, dropped)
  if (dropped.length > 0) {
    found("Experimental_EmptyState is only shown as the only child of a page, record tab or dialog: here it is not")
  }
  if (alone && nodes[0]?.type === "LoadingState") nodes[0].props = {...nodes[0].props, fills: true}
  nestCards(nodes, false)
  if (kind !== "dialog") return nodes
  const footer = []
  nodes = takeButtons(nodes, footer)
  if (footer.length > 0) nodes.push({id: 0, type: "Footer", children: footer})
  return nodes
}

// A tree as readable lines: type, name or label, value, state; what can be pressed in brackets; colours and sizes are
// left out.
const inputs = /(Input|Area|Checkbox|Toggle|Combobox|RadioGroup)$/

export const trimmed = (text) => text.replace(/\s+/g, " ").trim()

// All the text inside of a node.
export function textOf(node) {
  if (typeof node === "string") return node
  if (node.type === "Slot") return ""
  return (node.children ?? []).map(textOf).join("")
}

const quote = (text) => JSON.stringify(trimmed(String(text)))
const onlyText = (children) => children.every((child) => typeof child === "string")

function valueText(value) {
  if (value === undefined || value === null) return '""'
  if (typeof value === "string") return /^[\w@.+:/-]+$/.test(value) ? value : JSON.stringify(value)
  if (typeof value !== "object") return String(value)
  if (value.type === "dynamic") return "{variable}"
  if (value.type === "static" && "value" in value) return valueText(value.value)
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`
  if (typeof value.recordId === "string") return `${value.object}/${value.recordId}`
  return JSON.stringify(value)
}

function inputLine({type, props}) {
  const {name, label, value, valueLabel, required, disabled, error} = props
  const state = [required && "required", disabled && "disabled"].filter(Boolean)
  const labels = valueLabel === undefined || valueLabel === value ? [] : [[valueLabel].flat().map(quote).join(", ")]
  const place = label === undefined ? `${type} ${name}` : `${type} ${name} ${quote(label)}`
  const end = error === undefined ? "" : `  ✖ ${error}`
  return [place, "=", valueText(value), ...labels, ...(state.length ? [`(${state.join(", ")})`] : [])].join(" ") + end
}

const hint = (key) => (key ? ` ${key}` : "")

export function buttonText({type, props}) {
  const busy = props.submitting ? " …" : props.disabled ? " disabled" : ""
  return type === "SubmitButton" ? `[${props.label} ⏎${busy}]` : `[${props.label}${hint(props.keyboardHint)}${busy}]`
}

const bannerLine = ({props, children = []}) => {
  const buttons = (props.actions ?? []).map((action) => ` [${action.label}]`).join("")
  const title = props.title ? ` ${quote(props.title)}` : ""
  return `Banner ${props.variant}${title} ${quote(children.map(textOf).join(""))}${buttons}`
}

const emptyList = ({props}) => {
  const state = props.emptyState
  const text = typeof state === "string" ? state : state?.text
  const buttons = (state?.actions ?? []).map((action) => ` [${action.text}]`).join("")
  return `  (empty) ${quote(text ?? "")}${buttons}`
}

const row = (cells) => cells.map((cell) => trimmed(String(cell))).join(" | ")

function cellText(node) {
  if (typeof node === "string") return node
  if (node.type === "Table.Cell.Avatar" || node.type === "Avatar") return node.props.name
  if (node.type === "DescriptionList.Item.Tag" && node.props?.label) return node.props.label
  if (node.type === "Link") return `${textOf(node)} → ${node.props.href}`
  const parts = (node.children ?? []).map(cellText)
  return onlyText(node.children ?? []) ? parts.join("") : parts.join(" ")
}

// Lines of their own for what does not follow the general form. An answer of null: the general form.
const special = {
  Button: (node) => [buttonText(node)],
  SettingsButton: (node) => [`SettingsButton ${quote(node.props.title)} [${node.props.label}]`],
  SubmitButton: (node) => [buttonText(node)],
  Footer: (node) => [`footer: ${node.children.map(buttonText).join(" ")}`],
  Banner: (node) => [bannerLine(node)],
  Avatar: ({props}) => [`Avatar ${quote(props.name)}`],
  Link: (node) => [`Link ${quote(textOf(node))} → ${node.props.href}`],
  AttioLink: (node) => [`AttioLink ${quote(textOf(node))} → ${JSON.stringify(node.props.to)}`],
  Json: ({props}) => [`Json ${JSON.stringify(props?.data ?? null)}`],
  LoadingState: (node) => [`LoadingState ${quote(textOf(node) || "Loading...")}`],
  Error: ({props}) => [`✖ ${props.name}: ${props.message}`],
  "Table.Header": (node) => [row(node.children?.map(cellText) ?? [])],
  "Table.Row": (node) => [row(node.children?.map(cellText) ?? [])],
  "DialogList.Item": (node) => {
    const suffix = (node.children ?? [])
      .filter((child) => child.type === "Slot")
      .map((slot) => textOf({children: slot.children}))
    const end = suffix.length > 0 ? ` ${quote(suffix.join(" "))}` : ""
    return [`DialogList.Item ${quote(textOf(node))} [${node.props.actionLabel}]${end}`]
  },
  "DescriptionList.Menu.Item": ({props}) => [`[${props.label}]`],
  "DescriptionList.Item": (node) => {
    const children = node.children ?? []
    const text = onlyText(children) ? textOf(node) : children.map(cellText).join(" ")
    return [`${trimmed(node.props.label)}: ${trimmed(text)}`]
  },
  "DescriptionList.Item.Tag": (node) => [`Tag ${quote(node.props?.label ?? textOf(node))}`],
  "RadioGroup.Item": () => [],
  Outcome: ({props}) => [
    `Outcome ${props.id}${props.label ? ` ${quote(props.label)}` : ""} ${JSON.stringify(props.schema ?? null)}`,
  ],
}

const heading = ({type, props = {}}) => {
  const name = props.title ?? props.label ?? props.legend
  const place = props.name === undefined || inputs.test(type) ? "" : ` ${props.name}`
  const description = props.description ? ` — ${trimmed(props.description)}` : ""
  return `${type}${place}${name === undefined ? "" : ` ${quote(name)}`}${description}`
}

function radioLines(node, indent) {
  const items = []
  const collect = (nodes) => {
    for (const child of nodes) {
      if (typeof child === "string") continue
      if (child.type === "RadioGroup.Item") items.push(child)
      else collect(child.children ?? [])
    }
  }
  collect(node.children ?? [])
  return items.map(({props}) => `${indent}  (${props.value === node.props.value ? "•" : " "}) ${props.label}`)
}

function nodeLines(node, indent, out) {
  if (typeof node === "string") {
    if (trimmed(node)) out.push(`${indent}${quote(node)}`)
    return
  }
  const {type, props = {}, children = []} = node
  const own = special[type]?.(node)
  if (own !== undefined) {
    for (const line of own) out.push(indent + line)
    return
  }
  if (inputs.test(type) && props.name !== undefined) {
    out.push(indent + inputLine(node))
    if (type === "RadioGroup") out.push(...radioLines(node, indent))
    return
  }
  let line = heading(node)
  const texts = children.length > 0 && onlyText(children)
  if (texts) line += ` ${quote(children.join(""))}`
  if (props.onTrigger?.$fn) line += " [trigger]"
  if (props.error !== undefined) line += `  ✖ ${props.error}`
  if (props.submitting) line += " (submitting)"
  if (type === "Slot") line = `${props.name}:`
  out.push(indent + line)
  if (props.table) for (const cells of [props.table.columns, ...props.table.rows]) out.push(`${indent}  ${row(cells)}`)
  if (type === "Widget.TextWidget" && props.appTitle && !children.some((child) => child.type === "Widget.Title")) {
    out.push(`${indent}  Widget.Title ${quote(props.appTitle)}`)
  }
  if (type === "DialogList" && !children.some((child) => child.type === "DialogList.Item"))
    out.push(indent + emptyList(node))
  if (!texts) for (const child of children) nodeLines(child, `${indent}  `, out)
}

export function lines(nodes, indent = "") {
  const out = []
  for (const node of nodes) nodeLines(node, indent, out)
  return out
}

// The outcomes that a block's configurator declares in its tree.
export const outcomesOf = (nodes, found = []) => {
  for (const node of nodes) {
    if (typeof node === "string") continue
    if (node.type === "Outcome")
      found.push({id: node.props.id, label: node.props.label ?? null, schema: node.props.schema ?? null})
    outcomesOf(node.children ?? [], found)
  }
  return found
}

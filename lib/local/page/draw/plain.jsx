// Texts, badges, banners, buttons, and what lays them out.
import {useState} from "preact/hooks"
import {Icon} from "./icons.jsx"
import {address, color, initials, isFn, list, oneOf, text} from "./values.js"
import {fire, kids, send} from "./view.jsx"

const badgeColors = "amber blue cyan green grey lavender lime orange pink purple red yellow".split(" ")
const namedStatus = "blue violet pink red orange yellow green cyan grey".split(" ")
const sizes = ["none", "extraSmall", "small", "medium", "large", "extraLarge"]
const cls = (...names) => names.filter(Boolean).join(" ")

export const badge = (node, at) => (
  <span class={`d-badge d-c-${oneOf(node.props.color, badgeColors, "grey")}`}>
    {node.props.label !== undefined ? text(node.props.label) : node.props.text !== undefined ? text(node.props.text) : kids(node, at)}
  </span>
)

export function avatar({props}) {
  const {name, src} = props
  const shape = oneOf(props.shape, ["round", "box"], "round")
  const look = `d-avatar d-${shape} d-${oneOf(props.variant, ["subtle", "bold"], "subtle")} d-${oneOf(props.size, ["small", "medium", "large"], "medium")}`
  // Pictures of other hosts are never asked for: only what comes with the tree is shown.
  if (/^data:image\//.test(text(src))) return <img class={look} src={src} alt={text(name)} />
  return <span class={look} role="img" aria-label={text(name)} title={text(name)}>{initials(name)}</span>
}

function status(node, at) {
  const {color: given} = node.props
  const named = namedStatus.includes(given)
  const own = named ? undefined : color(given)
  return (
    <span class={cls("d-status", named && `d-c-${given}`)} style={own ? {"--c": own} : undefined}>
      <i />
      <span>{kids(node, at)}</span>
    </span>
  )
}

function banner(node, at, view) {
  const {props} = node
  const variant = oneOf(props.variant, ["neutral", "warning", "error"], "neutral")
  const icons = {neutral: "InfoCircle", warning: "Warning", error: "Warning"}
  return (
    <div class={cls(`d-banner d-${variant}`, props.size === "large" && "d-large")} role={variant === "error" ? "alert" : "status"}>
      <Icon name={icons[variant]} plain />
      <div class="d-banner-text">
        {props.title !== undefined && <strong>{text(props.title)}</strong>}
        <span>{kids(node, at)}</span>
      </div>
      <span class="d-banner-actions">
        {list(props.actions).map((action, i) => (
          <button
            type="button"
            key={i}
            class={`d-button d-small d-${oneOf(action?.variant, ["primary", "secondary"], "secondary")}`}
            onClick={() => fire(view, node, `actions.${i}.onTrigger`)}
          >
            {text(action?.label)}
          </button>
        ))}
      </span>
    </div>
  )
}

// A button says that it is at work while its handler runs, after a moment.
export function button(node, at, view) {
  const {props} = node
  const [busy, setBusy] = useState(false)
  const variant = oneOf(props.variant, ["primary", "secondary", "destructive"], "secondary")
  const submit = node.type === "SubmitButton"
  const waiting = busy || props.submitting === true
  const click = () => {
    if (waiting || !isFn(props.onClick)) return
    const timer = setTimeout(() => setBusy(!submit), 150)
    const done = () => {
      clearTimeout(timer)
      setBusy(false)
    }
    const run = () => view.session.event(view.surface, node.id, "onClick", []).then(done, done)
    if (submit) send(view, run)
    else run()
  }
  return (
    <button
      type="button"
      class={`d-button d-${submit ? "primary" : variant}`}
      disabled={props.disabled === true}
      aria-disabled={props.submitting === true ? "true" : undefined}
      aria-busy={waiting ? "true" : undefined}
      data-hint={props.keyboardHint === undefined ? undefined : text(props.keyboardHint).toLowerCase()}
      onClick={click}
    >
      {waiting && <span class="d-spin" aria-hidden="true" />}
      <Icon name={props.icon} />
      <span>{text(props.label)}</span>
      {props.keyboardHint !== undefined && <kbd>{text(props.keyboardHint)}</kbd>}
      {submit && <kbd aria-hidden="true">⏎</kbd>}
    </button>
  )
}

function Folded({data, name, open, depth}) {
  const key = name === undefined ? null : <b>{name}: </b>
  if (data === null || typeof data !== "object") {
    const kind = data === null ? "null" : typeof data
    return <div class="d-json-line">{key}<span class={`d-json-${kind}`}>{typeof data === "string" ? JSON.stringify(data) : String(data)}</span></div>
  }
  const entries = Object.entries(data)
  const [start, end] = Array.isArray(data) ? ["[", "]"] : ["{", "}"]
  if (entries.length === 0) return <div class="d-json-line">{key}{start + end}</div>
  return <Fold {...{entries, start, end, open, depth}} label={key} />
}

function Fold({entries, start, end, open: first, depth, label}) {
  const [open, setOpen] = useState(first)
  const [most, setMost] = useState(100)
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}{start} <span class="d-muted">{`${entries.length} ${entries.length === 1 ? "entry" : "entries"}`}</span> {end}</summary>
      {open && entries.slice(0, most).map(([key, value]) => <Folded key={key} name={key} data={value} open={depth < 1} depth={depth + 1} />)}
      {open && entries.length > most && <button type="button" class="d-more" onClick={() => setMost(most + 100)}>{`${entries.length - most} more`}</button>}
    </details>
  )
}

function link(node, at) {
  const href = address(node.props.href)
  if (href === undefined) return <span class="d-link" title={`${text(node.props.href)} cannot be opened`}>{kids(node, at)}</span>
  return <a class="d-link" href={href} target="_blank" rel="noopener noreferrer">{kids(node, at)}</a>
}

const loading = (node, at) => (
  <div class={cls("d-loading", node.props.fills && "d-fills")} role="status">
    <span class="d-spin" aria-hidden="true" />
    <span>{node.children.length > 0 ? kids(node, at) : "Loading..."}</span>
  </div>
)

const section = (node, at) => (
  <section class="d-section">
    <header>
      <h2>{text(node.props.title)}</h2>
      {node.props.description !== undefined && <p>{text(node.props.description)}</p>}
    </header>
    <div class="d-section-body">{kids(node, at)}</div>
  </section>
)

function emptyState(node, at, view) {
  const {props, children} = node
  const [first, ...rest] = children
  return (
    <div class="d-empty">
      <h2>{text(props.title)}</h2>
      <p>{text(props.description)}</p>
      <div class="d-buttons">
        {props.overflow !== true && kids(node, at)}
        {props.overflow === true && <>{kids(node, at, [first])}<details class="d-menu"><summary aria-label="More actions"><Icon name="DotsHorizontal" plain /></summary><div class="d-menu-list">{kids(node, at, rest)}</div></details></>}
      </div>
    </div>
  )
}

// Columns follow the width of the container, not of the window.
const widths = {small: 160, medium: 240, large: 320}
function grid(node, at) {
  const {maxColumns, minColumnWidth, gap, align} = node.props
  const least = widths[minColumnWidth] ?? widths.medium
  const most = [1, 2, 3, 4, 5, 6].includes(maxColumns) ? maxColumns : undefined
  const space = oneOf(gap, sizes, "medium")
  const width = most === undefined ? `${least}px` : `max(${least}px, calc((100% - ${most - 1} * var(--gap)) / ${most}))`
  return (
    <div class={`d-grid d-gap-${space} d-align-${oneOf(align, ["stretch", "start"], "stretch")}`} style={{gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${width}), 1fr))`}}>
      {kids(node, at)}
    </div>
  )
}

const stack = (node, at) => {
  const {direction, gap, align, justify} = node.props
  return (
    <div
      class={`d-stack d-to-${oneOf(direction, ["column", "row"], "column")} d-gap-${oneOf(gap, sizes, "none")} d-align-${oneOf(align, ["start", "center", "end", "stretch"], "stretch")} d-justify-${oneOf(justify, ["start", "center", "end", "space-between"], "start")}`}
    >
      {kids(node, at)}
    </div>
  )
}

const card = (node, at) => (
  <div class={cls("d-card", node.props.borderless && "d-borderless")}>
    {node.props.title !== undefined && <h2>{text(node.props.title)}</h2>}
    {kids(node, at)}
  </div>
)

const attioLink = (node, at, view) => {
  if (typeof node.props.to?.type !== "string") return <span>{kids(node, at)}</span>
  return <button type="button" class="d-link" onClick={() => fire(view, node, "onClick")}>{kids(node, at)}</button>
}

const titleLevels = {extraLarge: "h2", large: "h2", standard: "h3", medium: "h3", small: "h4", extraSmall: "h4"}
function title(node, at) {
  const variant = oneOf(node.props.variant, Object.keys(titleLevels), "standard")
  const Tag = titleLevels[variant]
  return <Tag class={`d-title d-title-${variant}`}>{kids(node, at)}</Tag>
}

const group = (name) => (node, at) => <div class={name}>{kids(node, at)}</div>

// A slip of the app's own that only shows in the tree: what is not drawn is said.
const error = ({props}) => (
  <div class="d-broken" role="alert">
    <strong>{`${text(props.name)}: ${text(props.message)}`}</strong>
    {props.stack && <details><summary>Where</summary><pre>{text(props.stack)}</pre></details>}
  </div>
)

const unknown = (node, at) => <div class="d-unknown" title={`${node.type} has no drawing`}>{kids(node, at)}</div>

export const plain = {
  Avatar: avatar,
  Badge: badge,
  Banner: banner,
  Button: button,
  SubmitButton: button,
  Divider: () => <hr class="d-divider" />,
  Json: ({props}) => <div class="d-json"><Folded data={props.data ?? null} open depth={0} /></div>,
  Link: link,
  LoadingState: loading,
  Section: section,
  StatusBadge: status,
  TextBlock: (node, at) => <p class={`d-block d-text-${oneOf(node.props.align, ["left", "center", "right"], "center")}`}>{kids(node, at)}</p>,
  "Typography.Body": (node, at) => <div class={`d-body d-body-${oneOf(node.props.variant, ["standard", "large", "strong", "interactive"], "standard")}`}>{kids(node, at)}</div>,
  "Typography.Title": title,
  "Typography.Caption": group("d-caption"),
  Card: card,
  EmptyState: emptyState,
  Grid: grid,
  Stack: stack,
  AttioLink: attioLink,
  Row: group("d-row"),
  Column: group("d-column"),
  Slot: group("d-slot"),
  Footer: group("d-footer"),
  Error: error,
  "?": unknown,
}

// Tables, lists and widgets.
import {useEffect, useRef, useState} from "preact/hooks"
import {Icon} from "./icons.jsx"
import {avatar, badge} from "./plain.jsx"
import {color, isFn, list, text} from "./values.js"
import {childNodes, fire, kids, textIn} from "./view.jsx"

// A menu behind three dots; closed by Esc, by a choice and by a click elsewhere.
function Dots({children, label}) {
  const [open, setOpen] = useState(false)
  const own = useRef(null)
  useEffect(() => {
    if (!open) return undefined
    const away = (event) => own.current?.contains(event.target) || setOpen(false)
    addEventListener("pointerdown", away)
    own.current.querySelector("[role=menuitem]")?.focus()
    return () => removeEventListener("pointerdown", away)
  }, [open])
  const key = (event) => {
    const items = [...own.current.querySelectorAll("[role=menuitem]")]
    const move = {ArrowDown: 1, ArrowUp: -1}[event.key]
    if (event.key === "Escape" && open) {
      event.stopPropagation()
      setOpen(false)
      own.current.querySelector("button").focus()
    } else if (move && open) {
      event.preventDefault()
      items[(items.indexOf(document.activeElement) + move + items.length) % items.length]?.focus()
    }
  }
  return (
    <span class="d-menu" ref={own} onKeyDown={key}>
      <button type="button" class="d-bare" aria-haspopup="menu" aria-expanded={open} aria-label={label} onClick={() => setOpen(!open)}>
        <Icon name="DotsHorizontal" plain />
      </button>
      {open && <div class="d-menu-list" role="menu" onClick={() => setOpen(false)}>{children}</div>}
    </span>
  )
}

function descriptionList(node, at, view) {
  const menus = childNodes(view, node).filter(({type}) => type === "DescriptionList.Menu").map(({id}) => id)
  const items = node.children.filter((id) => !menus.includes(id))
  const title = node.props.title ?? node.props.label
  return (
    <div class="d-facts">
      {(title !== undefined || menus.length > 0) && <header><h2>{text(title)}</h2>{kids(node, at, menus)}</header>}
      <dl>{kids(node, at, items)}</dl>
    </div>
  )
}

const fact = (node, at) => (
  <div class="d-fact">
    <dt><Icon name={node.props.icon} />{text(node.props.label)}</dt>
    <dd>{kids(node, at)}</dd>
  </div>
)

const menuItem = (node, at, view) => (
  <button type="button" role="menuitem" class={node.props.variant === "danger" ? "d-danger" : ""} onClick={() => fire(view, node, "onSelect")}>
    <Icon name={node.props.icon} />
    {text(node.props.label)}
  </button>
)

function dialogList(node, at, view) {
  if (childNodes(view, node).some(({type}) => type === "DialogList.Item")) return <ul class="d-list">{kids(node, at)}</ul>
  const {emptyState} = node.props
  const said = typeof emptyState === "string" ? emptyState : emptyState?.text
  return (
    <div class="d-list-empty">
      <p>{text(said)}</p>
      {list(emptyState?.actions).map((action, i) => (
        <button type="button" key={i} class="d-button d-secondary" onClick={() => fire(view, node, `emptyState.actions.${i}.onTrigger`)}>
          <Icon name={action?.icon} />
          <span>{text(action?.text)}</span>
        </button>
      ))}
    </div>
  )
}

function listItem(node, at, view) {
  const slots = childNodes(view, node).filter(({type}) => type === "Slot").map(({id}) => id)
  const texts = node.children.filter((id) => !slots.includes(id))
  return (
    <li class="d-list-item">
      <button type="button" onClick={() => fire(view, node, "onTrigger")}>
        <Icon name={node.props.icon} />
        <span class="d-list-text">{kids(node, at, texts)}</span>
        <span class="d-list-action">{text(node.props.actionLabel)}</span>
      </button>
      {slots.length > 0 && <span class="d-list-suffix">{kids(node, at, slots)}</span>}
    </li>
  )
}

const table = (node, at) => (
  <div class="d-table" tabIndex={0} role="region" aria-label={text(node.props.label) || "Table"}>
    <table>
      {node.props.label !== undefined && <caption>{text(node.props.label)}</caption>}
      {kids(node, at)}
    </table>
  </div>
)

// Of a widget that can be clicked all of it can.
function textWidget(node, at, view) {
  const inner = childNodes(view, node)
  const title = inner.some(({type}) => type === "Widget.Title")
  const words = inner.some(({type}) => type === "Widget.Title" || type.startsWith("Widget.Text."))
  const decoration = inner.filter(({type}) => type === "Widget.Decoration" || type === "Widget.Badge").map(({id}) => id)
  const rest = node.children.filter((id) => !decoration.includes(id))
  const body = (
    <>
      <span class="d-widget-main">
        {!title && <span class="d-widget-title">{text(node.props.appTitle)}</span>}
        {kids(node, at, rest)}
      </span>
      {words && decoration.length > 0 && <span class="d-widget-side">{kids(node, at, decoration)}</span>}
    </>
  )
  const tint = color(view.color)
  const style = tint ? {"--c": tint} : undefined
  if (!isFn(node.props.onTrigger)) return <div class="d-widget" style={style}>{body}</div>
  const name = textIn(view, node) || text(node.props.appTitle)
  return <button type="button" class="d-widget" style={style} aria-label={name} onClick={() => fire(view, node, "onTrigger")}>{body}</button>
}

const span = (name) => (node, at) => <span class={name}>{kids(node, at)}</span>

export const lists = {
  DescriptionList: descriptionList,
  "DescriptionList.Item": fact,
  "DescriptionList.Item.Tag": badge,
  "DescriptionList.Menu": (node, at) => <Dots label="More actions">{kids(node, at)}</Dots>,
  "DescriptionList.Menu.Item": menuItem,
  DialogList: dialogList,
  "DialogList.Item": listItem,
  Table: table,
  "Table.Header": (node, at) => <thead><tr>{kids(node, at)}</tr></thead>,
  "Table.HeaderCell": (node, at) => <th scope="col"><Icon name={node.props.icon} />{kids(node, at)}</th>,
  "Table.Body": (node, at) => <tbody>{kids(node, at)}</tbody>,
  "Table.Row": (node, at) => <tr>{kids(node, at)}</tr>,
  "Table.Cell": (node, at) => <td>{kids(node, at)}</td>,
  "Table.Cell.Badge": badge,
  "Table.Cell.Avatar": (node) => <span class="d-who">{avatar({...node, props: {...node.props, size: "small"}})}<span aria-hidden="true">{text(node.props.name)}</span></span>,
  Widget: (node, at) => <div class="d-widget-plain">{kids(node, at)}</div>,
  "Widget.TextWidget": textWidget,
  "Widget.Title": span("d-widget-title"),
  "Widget.Text.Primary": span("d-widget-primary"),
  "Widget.Text.Secondary": span("d-widget-secondary"),
  "Widget.Decoration": span("d-widget-decoration"),
  "Widget.Badge": badge,
  "Widget.Loading": () => <div class="d-widget d-skeleton" role="status" aria-label="Loading"><i /><i /></div>,
}

// The inputs of forms, settings and configurators. A control is told its value and a function that changes it, so that
// all three have the same ones.
import {createContext} from "preact"
import {useContext, useEffect, useId, useRef} from "preact/hooks"
import {useDraft} from "./draft.js"
import {localTime, oneOf, text, universalTime} from "./values.js"
import {fire, kids, lead, send, useView} from "./view.jsx"

const cls = (...names) => names.filter(Boolean).join(" ")

// Once what is wrong is drawn, the user may be led to it.
function useLead(error) {
  const view = useView()
  useEffect(() => {
    if (error && view) lead(view)
  }, [error])
}

// A label, the control, what is wrong with it, and what helps.
export function Frame({id, props, children, group, aside}) {
  useLead(props.error)
  const error = props.error !== undefined && props.error !== null ? text(props.error) : ""
  const help = props.help ?? props.description
  return (
    <div class={cls("d-field", error && "d-invalid")} title={props.tooltip === undefined ? undefined : text(props.tooltip)}>
      {(props.label !== undefined || aside) && (
        <div class="d-label">
          {group ? <span id={`${id}l`}>{text(props.label)}</span> : <label htmlFor={id} id={`${id}l`}>{text(props.label)}</label>}
          {props.required && <span class="d-required" aria-hidden="true">*</span>}
          {aside}
        </div>
      )}
      {children}
      {help !== undefined && <p class="d-help" id={`${id}h`}>{text(help)}</p>}
      {error && <p class="d-wrong" id={`${id}e`}>{error}</p>}
    </div>
  )
}

export const marks = (id, props) => ({
  id,
  name: text(props.name),
  disabled: props.disabled === true,
  "aria-required": props.required ? "true" : undefined,
  "aria-invalid": props.error ? "true" : undefined,
  "aria-describedby": [props.help ?? props.description ? `${id}h` : "", props.error ? `${id}e` : ""].filter(Boolean).join(" ") || undefined,
})

// How each control shows a value, and how what is typed in it reads as one.
const numberOf = (raw) => (raw === "" ? undefined : Number.isFinite(Number(raw)) ? Number(raw) : text(Number(raw)))
const texts = {show: text, read: (raw) => (raw === "" ? undefined : raw)}
export const kinds = {
  text: {show: text, read: (raw) => raw},
  number: {show: (value) => (value === "NaN" ? "" : text(value)), read: numberOf},
  date: texts,
  time: {show: localTime, read: (raw) => (raw ? universalTime(raw) : undefined), sent: (raw) => (raw ? universalTime(raw) : null)},
  yes: {show: (value) => value === true, read: (raw) => raw},
}

// What every input of text has.
const typed = ({id, props, shown, change, leave}) => ({
  ...marks(id, props),
  value: shown,
  placeholder: props.placeholder === undefined ? undefined : text(props.placeholder),
  onInput: (event) => change(event.currentTarget.value),
  onBlur: leave,
})

export function line({kind = "text", type = "text", ...rest}) {
  const html = kind === "date" ? "date" : kind === "time" ? "datetime-local" : type
  const given = typed(rest)
  if (kind === "text" && rest.props.multiline) return <textarea class="d-input" rows={3} {...given} />
  return <input class="d-input" type={html} inputMode={kind === "number" ? "decimal" : undefined} autoComplete="off" {...given} />
}

export const area = (given) => <textarea class={cls("d-input", given.props.resizable === false && "d-fixed")} rows={4} {...typed(given)} />

// What the tools of a rich text put around what is marked, or before its lines.
const tools = [
  ["Bold", "B", "**", "**"],
  ["Italic", "I", "*", "*"],
  ["Underline", "U", "<u>", "</u>"],
  ["Strikethrough", "S", "~~", "~~"],
  ["H1", "H1", "# "],
  ["H2", "H2", "## "],
  ["H3", "H3", "### "],
  ["Lists", "•", "- "],
  ["Quotes", "❝", "> "],
  ["Links", "↗", "[", "](https://)"],
]

export function Rich({id, props, shown, change, leave}) {
  const own = useRef(null)
  const use = ([, , before, after]) => {
    const {selectionStart: from, selectionEnd: to} = own.current
    const marked = shown.slice(from, to)
    const line = shown.lastIndexOf("\n", from - 1) + 1
    const next = after === undefined
      ? shown.slice(0, line) + shown.slice(line, to).replace(/^/gm, before) + shown.slice(to)
      : shown.slice(0, from) + before + marked + after + shown.slice(to)
    change(next)
    own.current.focus()
  }
  const offered = tools.filter(([name]) => props[`disable${name}`] !== true)
  return (
    <div class="d-rich">
      {offered.length > 0 && (
        <div class="d-tools" role="toolbar" aria-label="Format" aria-controls={id}>
          {offered.map((tool) => (
            <button type="button" key={tool[0]} class={`d-tool-${tool[0]}`} title={tool[0]} aria-label={tool[0]} disabled={props.disabled === true} onClick={() => use(tool)}>{tool[1]}</button>
          ))}
        </div>
      )}
      <textarea ref={own} rows={4} {...typed({id, props, shown, change, leave})} />
    </div>
  )
}

const plainValue = ({props}) => props.value

// An input of a form or of the settings: its value is what it is.
function field(kind, draw) {
  return (node, at, view) => {
    const id = useId()
    const {show, read, sent = (raw) => raw} = kinds[kind]
    const draft = useDraft(view, node, {value: plainValue(node), show, read})
    return draw({id, node, props: node.props, ...draft, change: (raw) => draft.change(raw, sent(raw)), kind})
  }
}

const framed = (draw) => (given) => <Frame id={given.id} props={given.props}>{draw(given)}</Frame>

export function Check({id, props, shown, change, role, leave}) {
  useLead(props.error)
  return (
    <div class={cls("d-field d-check", role && "d-switch", props.error && "d-invalid")} title={props.tooltip === undefined ? undefined : text(props.tooltip)}>
      <input type="checkbox" role={role} {...marks(id, props)} checked={shown === true} onChange={(event) => change(event.currentTarget.checked)} onBlur={leave} />
      <label htmlFor={id}>{text(props.label)}</label>
      {(props.help ?? props.description) !== undefined && <p class="d-help" id={`${id}h`}>{text(props.help ?? props.description)}</p>}
      {props.error && <p class="d-wrong" id={`${id}e`}>{text(props.error)}</p>}
    </div>
  )
}

const Group = createContext(null)

const radioGroup = (node, at, view) => {
  const id = useId()
  const {shown, change, leave} = useDraft(view, node, {value: node.props.value, ...kinds.text})
  return (
    <Group.Provider value={{id, shown, change, leave, disabled: node.props.disabled === true}}>
      <div class={cls("d-field d-radios", node.props.error && "d-invalid")} role="radiogroup" aria-label={text(node.props.label ?? node.props.name)} aria-required={node.props.required ? "true" : undefined}>
        {kids(node, at)}
        {node.props.error && <p class="d-wrong">{text(node.props.error)}</p>}
      </div>
    </Group.Provider>
  )
}

const radio = (node) => {
  const id = useId()
  const group = useContext(Group)
  const {value, label} = node.props
  return (
    <div class="d-radio">
      <input type="radio" id={id} name={group?.id} value={text(value)} checked={group?.shown === value} disabled={group?.disabled} onChange={() => group?.change(value)} />
      <label htmlFor={id}>{text(label)}</label>
    </div>
  )
}

// Enter in a line sends the form, as on the platform's page; in areas and lists it has its own meaning.
function form(node, at, view) {
  const key = (event) => {
    const {target} = event
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return
    if (target.tagName !== "INPUT" || ["checkbox", "radio"].includes(target.type)) return
    event.preventDefault()
    send(view, () => fire(view, node, "onSubmit"))
  }
  return (
    <div class="d-form" role="group" aria-label="Form" aria-busy={node.props.submitting ? "true" : undefined} onKeyDown={key}>
      {kids(node, at)}
      {node.props.error !== undefined && <p class="d-broken" role="alert">{text(node.props.error)}</p>}
    </div>
  )
}

export const items = (node, at, view) => {
  const {props} = node
  const name = text(props.label ?? props.name)
  const count = Number.isInteger(props.count) ? props.count : 0
  const full = props.maxItems !== undefined && count >= props.maxItems
  const fewest = props.minItems !== undefined && count <= props.minItems
  const remove = props.deleteItemTooltip === undefined ? `Remove ${name}` : text(props.deleteItemTooltip)
  return (
    <div class="d-items" role="group" aria-label={name}>
      {(props.addItemLabel === undefined || count === 0) && props.label !== undefined && <div class="d-label"><span>{text(props.label)}</span></div>}
      {node.children.map((id, i) => (
        <div class="d-item" key={typeof id === "string" ? i : id}>
          <div class="d-item-body">{kids(node, at, [id])}</div>
          {i < count && <button type="button" class="d-bare" title={remove} aria-label={`${remove} ${i + 1}`} disabled={fewest} onClick={() => fire(view, node, "onRemove", i)}>×</button>}
        </div>
      ))}
      {props.error && <p class="d-wrong">{text(props.error)}</p>}
      <button type="button" class="d-button d-secondary d-small" disabled={full} onClick={() => fire(view, node, "onAdd")}>
        {`+ ${props.addItemLabel === undefined ? `Add ${name}` : text(props.addItemLabel)}`}
      </button>
    </div>
  )
}

const settingsButton = (node, at, view) => {
  const {props} = node
  const variant = oneOf(props.variant, ["primary", "secondary", "secondary-destructive", "ghost", "destructive"], "secondary")
  return (
    <div class="d-setting">
      <div>
        <strong>{text(props.title)}</strong>
        {props.description !== undefined && <p class="d-help">{text(props.description)}</p>}
      </div>
      <button type="button" class={`d-button d-${variant}`} onClick={() => fire(view, node, "onClick")}>{text(props.label)}</button>
    </div>
  )
}

const lineTypes = ["text", "email", "password", "tel", "url"]

export const inputs = {
  Form: form,
  SettingsForm: (node, at) => <div class="d-form d-settings">{kids(node, at)}</div>,
  SettingsButton: settingsButton,
  TextInput: field("text", framed((given) => line({...given, type: oneOf(given.props.type, lineTypes, "text")}))),
  TextArea: field("text", framed(area)),
  NumberInput: field("number", framed(line)),
  RichTextInput: field("text", framed(Rich)),
  Checkbox: field("yes", (given) => <Check {...given} />),
  Toggle: field("yes", (given) => <Check {...given} role="switch" />),
  DateTimeInput: field("time", framed(line)),
  PlainDateInput: field("date", framed(line)),
  RadioGroup: radioGroup,
  "RadioGroup.Item": radio,
  InputGroup: (node, at) => <div class="d-group">{kids(node, at)}</div>,
  Fieldset: (node, at) => <fieldset class="d-fieldset"><legend>{text(node.props.legend)}</legend>{kids(node, at)}</fieldset>,
  Collection: items,
  CollectionItem: (node, at) => <div class="d-collection-item" role="group" aria-label={text(node.props.label)}><div class="d-item-title">{text(node.props.label)}</div>{kids(node, at)}</div>,
}

// The JSX of the stories: notes which components of the SDK are used with which props, and makes the element. The notes
// are what the page's tables and the test of coverage are made of; nobody writes them by hand.
const sdk = ATTIO_CLIENT_EXTENSION_SDK
const names = new Map()

function name(value, path) {
  for (const [key, part] of Object.entries(value)) {
    if (typeof part !== "function" && typeof part !== "object") continue
    if (typeof part === "function") names.set(part, part.displayName ?? [...path, key].join("."))
    if (part !== null && /^[A-Z]/.test(key) && path.length < 3) name(part, [...path, key])
  }
}
name(sdk, [])

// Where the name of the function is not that of the component.
const renamed = {SettingsFormComponent: "Form", SettingsButton: "Button"}
const notes = {}
export const state = {prefix: ""}

// A value as a reader of a table wants it.
function shown(value) {
  if (typeof value === "function") return "function"
  if (value === null || typeof value !== "object") return typeof value === "string" ? value : String(value)
  if (value.$$typeof !== undefined) return "element"
  if (Array.isArray(value)) return value.every((part) => typeof part === "string") ? value.join(", ") : "list"
  return "object"
}

export function note(component, props) {
  const own = (notes[component] ??= {})
  for (const [prop, value] of Object.entries(props ?? {})) {
    if (value === undefined) continue
    const values = (own[prop] ??= [])
    const text = shown(value)
    if (!values.includes(text)) values.push(text)
  }
}

// What was noted since it was last asked for.
export function take() {
  const taken = JSON.parse(JSON.stringify(notes))
  for (const key of Object.keys(notes)) delete notes[key]
  return taken
}

export function h(type, props, ...children) {
  if (typeof type === "function") {
    const own = names.get(type) ?? type.displayName ?? type.name
    const known = renamed[own] ?? own
    note(`${state.prefix}${known}`, children.length > 0 ? {...props, children: children.length > 1 ? children : children[0]} : props)
  }
  return React.createElement(type, props, ...children)
}
export const Fragment = React.Fragment

// What the bundle registered, and what of it can be told as JSON.
import {UnsupportedError} from "./errors.js"
import {near} from "../near.js"

const kinds = [
  "record-action",
  "bulk-record-action",
  "record-widget",
  "object-action",
  "call-recording-insight-text-selection-action",
  "call-recording-summary-text-selection-action",
  "call-recording-transcript-text-selection-action",
  "workflow-block",
  "workspace-settings",
  "record-tab",
  "page",
]
// The type of an extension, where it is not the key it is registered under.
const otherNames = {
  "call-recording-insight-text-action": "call-recording-insight-text-selection-action",
  "call-recording-summary-text-action": "call-recording-summary-text-selection-action",
  "call-recording-transcript-text-action": "call-recording-transcript-text-selection-action",
}

let surfaces = null

export function register(map) {
  if (surfaces !== null) throw new Error("registerSurfaces was called twice")
  surfaces = map
}

export const registered = () => surfaces

// The ones that may have been meant, or all that there are.
function instead(id, ids) {
  const meant = near(String(id), ids)
  if (meant.length > 0) return `; did you mean ${meant.map((one) => `"${one}"`).join(" or ")}?`
  return ids.length > 0 ? `; it has ${ids.join(", ")}` : ""
}

// An app has at most one settings page and it has no id.
export function find(kind, id) {
  const key = otherNames[kind] ?? kind
  if (!kinds.includes(key)) throw new UnsupportedError(`there is no kind of surface "${kind}"`)
  const list = surfaces?.[key] ?? []
  const found = key === "workspace-settings" ? list[0] : list.find((surface) => surface.id === id)
  if (found !== undefined) return found
  const what = key === "workspace-settings" ? "settings page" : `${key} "${id}"`
  throw Object.assign(new Error(`the app has no ${what}${instead(id, list.map((surface) => surface.id))}`), {code: "not-found"})
}

// The kind of the action with this id, for those who name an action by its id alone. A record action and one for several
// records may share an id: how many records there are says which.
export function kindOfAction(id, args) {
  const actions = kinds.filter((kind) => kind.endsWith("-action"))
  const having = actions.filter((kind) => (surfaces?.[kind] ?? []).some((surface) => surface.id === id))
  const bySize = args?.recordId === undefined && args?.recordIds !== undefined ? "bulk-record-action" : "record-action"
  const pair = having.length === 2 && having.every((kind) => kind.endsWith("record-action"))
  if (having.length === 1 || pair) return pair ? bySize : having[0]
  const ids = actions.flatMap((kind) => (surfaces?.[kind] ?? []).map((surface) => surface.id))
  const error = new Error(
    having.length === 0
      ? `the app has no action "${id}"${instead(id, ids)}`
      : `several actions are called "${id}": say which kind, ${having.join(" or ")}`,
  )
  error.code = "not-found"
  throw error
}

function plain(value, depth = 0) {
  if (typeof value === "function") return true
  if (value === null || typeof value !== "object") return value
  if (depth > 32) return null
  if (typeof value.toJSON === "function") return plain(value.toJSON(), depth + 1)
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1) ?? null)
  if (value.$$typeof !== undefined) return true // a component made by memo, forwardRef or lazy
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const json = plain(item, depth + 1)
      return json === undefined ? [] : [[key, json]]
    }),
  )
}

export const surfacesJson = () => (surfaces === null ? {} : plain(surfaces))
export const plainJson = plain

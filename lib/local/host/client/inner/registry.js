// What the bundle registered, and what of it can be told as JSON.
import {UnsupportedError} from "./errors.js"

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

const there = (list) => list.map((surface) => surface.id).join(", ")

// Without a kind: the one surface that can be triggered and has the id.
function findAction(id) {
  const actions = kinds.filter((kind) => kind.includes("action")).flatMap((kind) => (surfaces?.[kind] ?? []).map((surface) => ({kind, surface})))
  const fits = actions.filter(({surface}) => surface.id === id)
  if (fits.length > 1) throw new Error(`there are several actions "${id}": say which kind, ${fits.map(({kind}) => kind).join(" or ")}`)
  if (fits.length === 1) return fits[0]
  const ids = there(actions.map(({surface}) => surface))
  throw new Error(`the app has no action "${id}"${ids ? `; it has ${ids}` : ""}`)
}

// Answers {kind, surface}. An app has at most one settings page and it has no id.
export function find(kind, id) {
  if (kind === undefined || kind === null) return findAction(id)
  const key = otherNames[kind] ?? kind
  if (!kinds.includes(key)) throw new UnsupportedError(`there is no kind of surface "${kind}"`)
  const list = surfaces?.[key] ?? []
  const surface = key === "workspace-settings" ? list[0] : list.find((one) => one.id === id)
  if (surface !== undefined) return {kind: key, surface}
  throw new Error(`the app has no ${key} "${id}"${list.length > 0 ? `; it has ${there(list)}` : ""}`)
}

function plain(value, depth = 0) {
  if (typeof value === "function") return true
  if (value === null || typeof value !== "object") return value
  if (depth > 8) return null
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

// The flows as the panel shows them: all that the platform keeps, newest first, and those that begin while one looks.
import {signal} from "@preact/signals"
import {api} from "../base/api.js"
import {go, route} from "../base/route.js"
import {onPlatformEvent, tellError} from "../base/store.js"

const most = 10_000
const pause = 60

export const rows = signal([])
export const ready = signal(false)
export const failure = signal(null)
export const paused = signal(false)
// Grows with each event that tells more of a flow; the one that is open is read again.
export const told = signal(0)

// The panel's filters stand in the address, whatever the middle of the page shows.
export const filters = ["flow", "kind", "failed"]

export function openFlow(id) {
  const {query} = route.peek()
  go(["flows", String(id)], Object.fromEntries(filters.map((name) => [name, query.get(name) ?? ""])))
}

// Does a flow, or one crossing of it, again and shows the new flow; also when the app refused: then what it said is told.
export async function replay(flow, node, edits) {
  const path = node === undefined || node === flow ? `/flows/${flow}/replay` : `/flows/${flow}/nodes/${node}/replay`
  try {
    openFlow((await api("POST", path, edits ? {edits} : {})).flow)
    return true
  } catch (error) {
    tellError(error)
    if (error.flow && error.flow !== "0") openFlow(error.flow)
    return Boolean(error.flow)
  }
}

const newest = 100

// What is known, with what is newer; null: there is a gap between the two.
function joined(known, items) {
  const ids = new Set(items.map(({id}) => id))
  const rest = known.filter(({id}) => !ids.has(id))
  if (items.length === newest && rest.length === known.length && known.length > 0) return null
  return [...items, ...rest].slice(0, most)
}

export async function load(limit = most) {
  try {
    const {items} = await api("GET", `/flows?limit=${limit}`)
    const all = limit === most ? items : joined(rows.peek(), items)
    if (all === null) {
      await load()
      return
    }
    rows.value = all
    failure.value = null
    ready.value = true
  } catch (error) {
    failure.value = error
  }
}

let waiting = false
let all = false // not only the newest: some were missed, or the store holds others

function heard(event) {
  all ||= event.event === "missed" || (event.event === "changed" && event.path?.startsWith("/state"))
  if (waiting || paused.peek()) return
  waiting = true
  setTimeout(() => {
    const limit = all ? most : newest
    waiting = all = false
    told.value++
    load(limit)
  }, pause)
}

let following
export function begin() {
  if (following !== undefined) return
  following = onPlatformEvent(heard)
  load()
}

export function togglePause() {
  paused.value = !paused.value
  if (paused.peek()) return
  told.value++
  load()
}

// The flows as the panel shows them: all that the platform keeps, newest first, and those that begin while one looks.
import {signal} from "@preact/signals"
import {api} from "../base/api.js"
import {onPlatformEvent} from "../base/store.js"

const most = 10_000
const pause = 60

export const rows = signal([])
export const ready = signal(false)
export const failure = signal(null)
export const paused = signal(false)
// Grows with each event that tells more of a flow; the one that is open is read again.
export const told = signal(0)

const newestFirst = (known, items) => {
  const all = new Map([...items, ...known].map((one) => [one.id, one]))
  for (const one of items) all.set(one.id, one)
  return [...all.values()].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, most)
}

export async function load(limit = most) {
  try {
    const {items} = await api("GET", `/flows?limit=${limit}`)
    // A store that was reset begins anew.
    rows.value = limit === most ? items : newestFirst(rows.peek(), items)
    failure.value = null
    ready.value = true
  } catch (error) {
    failure.value = error
  }
}

let waiting = false
function soon() {
  if (waiting || paused.peek()) return
  waiting = true
  setTimeout(() => {
    waiting = false
    told.value++
    load(100)
  }, pause)
}

let following
export function begin() {
  if (following !== undefined) return
  following = onPlatformEvent(soon)
  load()
}

export function togglePause() {
  paused.value = !paused.value
  if (!paused.value) load()
}

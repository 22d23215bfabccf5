// What all parts of the page look at: state of the platform, what the app registered, that something happened.
import {computed, signal} from "@preact/signals"
import {api, follow} from "./api.js"

export const status = signal(null)
export const surfaces = signal([])
export const surfacesKnown = signal(false)
export const objects = signal([]) // {slug, title, plural, count, attributes}
export const lists = signal([])
export const connected = signal(true)
export const notice = signal(null) // {variant, text}: one line of the page's own
export const member = signal("") // who looks: "" is the first admin
export const flowPanel = signal(localStorage.getItem("attio-flow-panel") !== "closed")
export const palette = signal(false)
// Grows with each event that may have changed records, connections and so on; what shows them loads again.
export const changed = signal(0)

export const broken = computed(() => {
  const generation = status.value?.generation
  return generation && (generation.state === "failed" || generation.errors?.length > 0) ? generation : null
})

const listeners = new Set()

// Calls `listener(event)` with each event of the platform; gives a function that ends it.
export function onPlatformEvent(listener) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const quietly = (promise) => promise.catch(() => null)

export async function loadStatus() {
  const answer = await quietly(api("GET", "/status"))
  if (answer !== null) status.value = answer
}

export async function loadSurfaces() {
  const answer = await quietly(api("GET", "/surfaces"))
  if (answer !== null) surfaces.value = answer.items ?? []
  surfacesKnown.value = true
}

export async function loadObjects() {
  const answer = await quietly(api("GET", "/objects"))
  if (answer !== null) objects.value = answer.items
  const more = await quietly(api("GET", "/lists"))
  if (more !== null) lists.value = more.items
}

export function toggleFlowPanel() {
  flowPanel.value = !flowPanel.value
  localStorage.setItem("attio-flow-panel", flowPanel.value ? "open" : "closed")
}

let clearing
export function tell(text, variant = "neutral") {
  notice.value = {text, variant}
  clearTimeout(clearing)
  clearing = setTimeout(() => (notice.value = null), 5000)
}

// Many events in a row cost one look.
function coalesced(work, pause = 60) {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      work()
    }, pause)
  }
}

const again = coalesced(() => {
  changed.value++
})
const anewAll = coalesced(() => {
  loadStatus()
  loadSurfaces()
}, 20)

export function start() {
  loadStatus()
  loadSurfaces()
  loadObjects()
  return follow(
    "/events",
    (event) => {
      if (/generation|build|host/.test(event.type ?? event.kind ?? "")) anewAll()
      again()
      for (const listener of listeners) listener(event)
    },
    (state) => {
      const now = state === "open"
      if (now && !connected.value) anewAll()
      connected.value = now
    },
  )
}

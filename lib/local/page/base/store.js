// What all parts of the page look at: state of the platform, what the app registered, that something happened.
import {batch, computed, signal} from "@preact/signals"
import {api, follow, onBack, renewKey} from "./api.js"
import {first} from "./first.js"

export const status = signal(null)
export const surfaces = signal([])
export const surfacesKnown = signal(false)
export const objects = signal([]) // {slug, title, plural, count, attributes}
export const lists = signal([])
export const members = signal([]) // {id, email, name, access}
export const firstRecord = signal(undefined) // {object, record}; null: the workspace is empty
export const findings = signal(null) // GET /findings: of the last build, and what the app's code threw
export const connected = signal(true)
export const notices = signal([]) // {id, variant, text, flow?}: lines of the page's own, the newest last
export const member = signal("") // who looks: "" is the first admin
export const flowPanel = signal(localStorage.getItem("attio-flow-panel") !== "closed")
export const palette = signal(false)
// Grows with each event that may have changed records, connections and so on; what shows them loads again.
export const changed = signal(0)

// Why the newest code does not run: {errors: findings and what was thrown, runs: whether an older build does}.
export const broken = computed(() => {
  const {step, items, error, code, running} = findings.value ?? {step: "none", code: []}
  const errors = [...(step === "build" ? items.filter(({severity}) => severity === "error") : []), ...(step === "failed" ? [error] : []), ...code]
  return errors.length > 0 ? {errors, runs: running !== null} : null
})

const listeners = new Set()

// Calls `listener(event)` with each event of the platform; gives a function that ends it.
export function onPlatformEvent(listener) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const mostNotices = 4

// `flow`: the one to look at.
export function tell(text, variant = "neutral", flow = undefined) {
  const id = (notices.peek().at(-1)?.id ?? 0) + 1
  notices.value = [...notices.peek(), {id, text, variant, flow}].slice(-mostNotices)
  setTimeout(() => dismiss(id), variant === "danger" || variant === "error" ? 12_000 : 5000)
}

export function dismiss(id) {
  notices.value = notices.peek().filter((one) => one.id !== id)
}

// Something of ours that failed, with what to do.
export const tellError = (error) => tell([error.message, error.why, error.fix].filter(Boolean).join(" · "), "danger", error.flow)

export function toggleFlowPanel() {
  flowPanel.value = !flowPanel.value
  localStorage.setItem("attio-flow-panel", flowPanel.value ? "open" : "closed")
}

// ---- loading

function take(document) {
  batch(() => {
    status.value = document.status
    objects.value = document.objects
    lists.value = document.lists
    members.value = document.members
    firstRecord.value = document.record
    if (document.surfaces !== null) {
      surfaces.value = document.surfaces
      surfacesKnown.value = true
    }
  })
}

// Many events in a row cost one look; those that come meanwhile one more.
function coalesced(work, pause) {
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

// Answers can overtake each other: one that was asked for before the last that was taken is old.
function asked(path, take) {
  let last = 0
  let taken = 0
  return () => {
    const mine = ++last
    api("GET", path).then((answer) => {
      if (mine < taken) return
      taken = mine
      take(answer)
    }, () => {})
  }
}

export const loadFindings = coalesced(asked("/findings", (answer) => (findings.value = answer)), 20)
export const loadAll = coalesced(asked("/first", take), 20)
const again = coalesced(() => changed.value++, 60)
// Counts of records and the like: nobody waits for them.
const refresh = coalesced(loadAll, 400)

// ---- events

const anew = () => {
  loadAll()
  loadFindings()
  again()
}
const data = () => {
  again()
  refresh()
}

// Every type of the platform's events (GET /events), by their member `event`, and what the page does about it.
export const eventTypes = {
  running: anew, // a build runs: its surfaces are others
  "host-ended": anew, // what runs app code is gone; it starts again by itself
  build: anew,
  check: loadFindings, // rules and types have been looked at
  changed: data, // somebody wrote through the control API: {method, path}
  node: data, // a call ended: the app or a script may have written
  flow: () => {},
  log: () => {},
  warning: () => {},
  ready: anew,
  stopped: () => {},
  pushed: anew,
  "sign-in": () => {},
}

function onEvent(event) {
  eventTypes[event.event]?.(event)
  for (const listener of listeners) listener(event)
}

function onState(state) {
  if (state === "missed") tell("Some events were missed; all is loaded again.", "warning")
  if (state === "missed" || (state === "open" && !connected.peek())) {
    anew()
    for (const listener of listeners) listener({event: "missed"})
  }
  if (state === "gone") renewKey().catch(() => {})
  connected.value = state === "open" || state === "missed"
}

export function start() {
  onBack(anew)
  if (first !== null) take(first)
  else loadAll()
  return follow("/events", onEvent, onState, first?.events)
}

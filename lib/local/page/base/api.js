// The control API of the local platform: everything that the page does is a request to it.
const base = "/__attio/api"
const kept = "attio-key"

export class ApiError extends Error {
  // `flow`: the one in which it went wrong, where there is one.
  constructor({kind = "system", message = "no answer", why, fix, status, flow}) {
    super(message)
    Object.assign(this, {name: "ApiError", kind, why, fix, status, flow})
  }
}

function takeKey() {
  const meta = document.querySelector('meta[name="attio-key"]')?.content
  const hash = location.hash.startsWith("#/") ? new URLSearchParams() : new URLSearchParams(location.hash.slice(1))
  const given = hash.get("key")
  // The key does not stay in the address, which people copy; what it was to open with it does.
  if (given !== null) history.replaceState(null, "", `${location.pathname}${hash.has("to") ? `#/${hash.get("to")}` : ""}`)
  const key = given || meta || sessionStorage.getItem(kept) || ""
  if (key !== "") sessionStorage.setItem(kept, key)
  return key
}

let key = takeKey()

export const hasKey = () => key !== ""

// The key of a run that is over. A page that gets the next one with its HTML loads anew; else the person is asked.
export async function renewKey() {
  const html = await (await fetch(location.pathname, {cache: "no-store"})).text()
  const next = new DOMParser().parseFromString(html, "text/html").querySelector('meta[name="attio-key"]')?.content ?? ""
  if (next === key) return
  sessionStorage.removeItem(kept)
  location.reload()
}

export function setKey(value) {
  key = value.trim()
  sessionStorage.setItem(kept, key)
}

const headers = (more) => ({authorization: `Bearer ${key}`, ...more})

async function refusal(answer) {
  const text = await answer.text()
  try {
    const {error, flow} = JSON.parse(text)
    return new ApiError({...(typeof error === "object" && error !== null ? error : {message: String(error ?? text)}), flow, status: answer.status})
  } catch {
    return new ApiError({message: text.slice(0, 200) || `the platform answered ${answer.status}`, status: answer.status})
  }
}

// Whoever shows what could not be loaded wants to hear that the platform answers again.
const waiting = new Set()

export function onBack(listener) {
  waiting.add(listener)
}

let away = false

async function lookForIt() {
  if (away) return
  away = true
  for (let pause = 250; away; pause = Math.min(pause * 2, 4000)) {
    await new Promise((done) => setTimeout(done, pause))
    await fetch(`${base}/status`, {headers: headers()}).then(() => (away = false), () => {})
  }
  for (const listener of waiting) listener()
}

export async function api(method, path, body, {signal} = {}) {
  let answer
  try {
    answer = await fetch(base + path, {
      method,
      signal,
      headers: headers(body === undefined ? {} : {"content-type": "application/json"}),
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch (error) {
    if (error.name === "AbortError") throw error
    lookForIt()
    throw new ApiError({kind: "network", message: "the platform does not answer", fix: "is `attio dev` still running?"})
  }
  if (!answer.ok) throw await refusal(answer)
  return answer.status === 204 ? {} : answer.json()
}

// One event of a stream: its fields, lines with one name joined.
function eventOf(text) {
  const event = {data: ""}
  for (const line of text.split("\n")) {
    const at = line.indexOf(":")
    if (at <= 0) continue
    const name = line.slice(0, at)
    const value = line.slice(at + 1).replace(/^ /, "")
    if (name === "data") event.data += (event.data === "" ? "" : "\n") + value
    else event[name] = value
  }
  return event
}

async function read(stream, since, onEvent) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  let last = since
  for (;;) {
    const {value, done} = await reader.read()
    if (done) return last
    const parts = (rest + value).replaceAll("\r\n", "\n").split("\n\n")
    rest = parts.pop()
    for (const part of parts) {
      const event = eventOf(part)
      if (event.id !== undefined) last = event.id
      if (event.data === "") continue
      onEvent(JSON.parse(event.data), event)
    }
  }
}

// Server-sent events, by fetch because EventSource sends no Authorization. Comes back by itself, with what it saw last.
// `onState` is told "open", "lost", "missed" when events are not kept any more that came meanwhile, and, when the stream
// is no more, "gone". `since`: the number of an event that is known. Gives a function that ends it.
export function follow(path, onEvent, onState = () => {}, since = undefined) {
  const control = new AbortController()
  let pause = 250
  const turn = async () => {
    while (!control.signal.aborted) {
      try {
        const from = since === undefined ? path : `${path}${path.includes("?") ? "&" : "?"}since=${encodeURIComponent(since)}`
        const answer = await fetch(base + from, {headers: headers(), signal: control.signal})
        if (answer.status === 404 || answer.status === 401) return onState("gone", await refusal(answer))
        if (!answer.ok) throw await refusal(answer)
        onState("open")
        pause = 250
        since = await read(answer.body, since, (data, event) => {
          if (event.id !== undefined) {
            if (since !== undefined && Number(event.id) > Number(since) + 1) onState("missed")
            since = event.id
          }
          onEvent(data, event)
        })
      } catch (error) {
        if (control.signal.aborted) return undefined
        if (!(error instanceof TypeError || error instanceof ApiError)) console.error(error)
      }
      onState("lost")
      await new Promise((done) => setTimeout(done, pause))
      pause = Math.min(pause * 2, 4000)
    }
    return undefined
  }
  turn()
  return () => control.abort()
}

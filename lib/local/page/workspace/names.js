// Names of what values refer to: of records, asked for many at a time, of members, and of the app.
import {signal} from "@preact/signals"
import {api} from "../base/api.js"
import {first} from "../base/first.js"
import {changed, members, status} from "../base/store.js"
import {titleOf} from "./text.js"

const atOnce = 100
const names = signal(new Map()) // id of a record -> its name
const asked = new Set()
let wanted = new Map() // object -> ids
let waiting = false

export function learn(records) {
  const fresh = records.filter((record) => names.peek().get(record.id.record_id) !== titleOf(record))
  for (const record of records) asked.add(record.id.record_id)
  if (fresh.length > 0) names.value = new Map([...names.peek(), ...fresh.map((record) => [record.id.record_id, titleOf(record)])])
}

if (first?.record) learn([first.record.record])

// Somebody may have given a record another name: what is in sight is asked for again, and shows the old one meanwhile.
changed.subscribe((turn) => {
  asked.clear()
  if (turn > 0 && names.peek().size > 0) names.value = new Map(names.peek())
})

async function ask(object, ids) {
  for (let at = 0; at < ids.length; at += atOnce) {
    const filter = encodeURIComponent(JSON.stringify({record_id: {$in: ids.slice(at, at + atOnce)}}))
    // Of a record that is gone, or an object that is off, the id stays.
    await api("GET", `/records/${encodeURIComponent(object)}?limit=${atOnce}&filter=${filter}`).then(({items}) => learn(items), () => {})
  }
}

function flush() {
  const all = wanted
  wanted = new Map()
  waiting = false
  for (const [object, ids] of all) ask(object, ids)
}

// The name of a record, or the beginning of its id until it is known.
export function nameOf(object, id) {
  if (!asked.has(id)) {
    asked.add(id)
    wanted.set(object, [...(wanted.get(object) ?? []), id])
    if (!waiting) {
      waiting = true
      setTimeout(flush, 10)
    }
  }
  return names.value.get(id) ?? `${object} ${id.slice(0, 8)}`
}

// Who did something: {type, id} as the API tells it.
export function actorName(type, id) {
  if (type === "workspace-member") return members.value.find((one) => one.id === id)?.name ?? `member ${String(id).slice(0, 8)}`
  if (type === "app") return status.value?.app.title || "the app"
  return {"api-token": "an API token", system: "Attio"}[type] ?? type
}

// Which actions of the app are offered where; of those that are not, why. The app says it (GET /surfaces with an object);
// until the answer is there, its lists of objects do.
import {signal} from "@preact/signals"
import {api} from "../base/api.js"
import {surfaces} from "../base/store.js"

const verdicts = signal({object: "", of: null, items: []})
const key = ({kind, id}) => `${kind} ${id}`

// Asks for an object, once for each build.
export function askVerdicts(object) {
  const of = surfaces.peek()
  const known = verdicts.peek()
  if (known.object === object && known.of === of) return
  verdicts.value = {object, of, items: known.object === object ? known.items : []}
  api("GET", `/surfaces?object=${encodeURIComponent(object)}`).then(({items}) => {
    if (verdicts.peek().object === object && verdicts.peek().of === of) verdicts.value = {object, of, items}
  }, () => {})
}

const verdictOf = (surface, object) => verdicts.value.object === object ? verdicts.value.items.find((one) => key(one) === key(surface)) : undefined

// What is to be said of one that applies: a name that was meant for the object's.
export const doubt = (surface, object) => {
  const verdict = verdictOf(surface, object)
  return verdict?.applies === true && verdict.note ? verdict.note : ""
}

// "" when it applies to the object, else the reason in words.
export function whyNot(surface, object) {
  const {objects} = surface
  const verdict = verdictOf(surface, object)
  if (verdict?.applies === true) return ""
  if (verdict?.applies === false) return `not on ${object}: ${verdict.note ?? "the app says so"}`
  if (!Array.isArray(objects) || objects.length === 0 || objects.includes(object)) return ""
  return `not on ${object}: it shows on ${objects.join(", ")}`
}

export const ofKind = (kind) => surfaces.value.filter((surface) => surface.kind === kind)
export const offered = (kind, object) => ofKind(kind).filter((surface) => whyNot(surface, object) === "")
export const labelOf = (surface) => surface.label ?? surface.title ?? surface.name ?? surface.id

// Which actions of the app are offered where; of those that are not, why.
import {surfaces} from "../base/store.js"

const singular = {person: "people", company: "companies", deal: "deals", user: "users", workspace: "workspaces"}

// "" when it applies to the object, else the reason in words.
export function whyNot(surface, object) {
  const {objects} = surface
  if (objects === undefined || objects === null || typeof objects === "function" || objects === "function") return ""
  const all = [objects].flat()
  if (all.length === 0 || all.some((slug) => slug === object || singular[slug] === object)) return ""
  const wrong = all.find((slug) => typeof slug === "string" && singular[slug])
  return `objects = ${JSON.stringify(all)}${wrong ? `: did you mean \`${singular[wrong]}\`?` : ""}`
}

export const offered = (kind, object) => surfaces.value.filter((surface) => surface.kind === kind && whyNot(surface, object) === "")
export const ofKind = (kind) => surfaces.value.filter((surface) => surface.kind === kind)
export const labelOf = (surface) => surface.label ?? surface.title ?? surface.name ?? surface.id

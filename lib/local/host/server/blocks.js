// Workflow blocks: configurations as handlers see them, and their answers as the platform keeps them.
import {normalNode, schemaJson, withoutOptional} from "../client/inner/nodes.js"
import {isValue, makeValue} from "../client/inner/values.js"
import {toJson} from "./json.js"

// Handler names of the protocol, of the bundles, and whether a request comes first.
export const handlers = {
  execute: ["execute", false],
  activate: ["activate", false],
  deactivate: ["deactivate", false],
  trigger: ["triggerCallback", true],
  finish: ["deferCallback", true],
}

const isStatic = (value) => value !== null && typeof value === "object" && value.type === "static" && "value" in value

// JSON of a configuration: dates and rich text become what handlers get.
export function reviveConfig(schema, given) {
  const value = isStatic(given) ? given.value : given
  const node = withoutOptional(schema)
  if (value === null || value === undefined || node === undefined) return value ?? undefined
  switch (node.type) {
    case "timestamp":
      return new Date(value)
    case "rich-text":
      return makeValue.richText(typeof value === "string" ? value : (value.markdown ?? value.plain_text ?? ""))
    case "array":
      return Array.isArray(value) ? value.map((item) => reviveConfig(node.element, item)) : value
    case "struct":
      return fieldsOf(value, (key) => node.fields[key])
    case "record":
      return fieldsOf(value, () => node.value)
    default:
      return value
  }
}

function fieldsOf(value, nodeOf) {
  if (typeof value !== "object") return value
  return Object.fromEntries(
    Object.keys(value).map((key) => {
      const node = normalNode(nodeOf(key))
      return [key, node === undefined ? value[key] : reviveConfig(node, value[key])]
    }),
  )
}

// A configuration that somebody wrote: a text stands for a value with fields, as in a configurator.
export function readTexts(schema, value, typed) {
  const node = withoutOptional(normalNode(schema))
  if (value === null || value === undefined || node === undefined) return value
  if (typeof value === "string") {
    const slugs = {attributeSlug: node.attribute_slug, objectSlug: node.object_slug}
    return Object.hasOwn(typed, node.type) ? typed[node.type](value, slugs) : value
  }
  if (typeof value !== "object") return value
  if (node.type === "array") return Array.isArray(value) ? value.map((item) => readTexts(node.element, item, typed)) : value
  if (node.type !== "struct" && node.type !== "record") return value
  const nodeOf = (key) => (node.type === "struct" ? node.fields[key] : node.value)
  return Object.fromEntries(Object.keys(value).map((key) => [key, readTexts(nodeOf(key), value[key], typed)]))
}

export const schemaOf = (schema) => schemaJson(schema)

const answers = {
  execute: ["outcome", "exit", "error", "defer"],
  finish: ["outcome", "exit", "error", "no-op"],
  trigger: ["outcome", "no-op"],
  activate: ["complete", "error"],
  deactivate: ["complete", "error"],
}

const isOfOutcomes = (item) => isValue(item) || (item instanceof Date && !Number.isNaN(item.getTime()))

// A handler's answer: its text, what of it is wrong, what JSON lost.
export function answerOf(handler, value) {
  const problems = []
  const {text, lossy} = toJson(value, "answer", isOfOutcomes)
  if (typeof value !== "object" || value === null) {
    problems.push({path: "", message: `a handler answers with an object that has a type, not with ${value === null ? "null" : typeof value}`})
  } else if (!answers[handler].includes(value.type)) {
    problems.push({path: "type", message: `${handler} answers with one of ${answers[handler].join(", ")}, not with ${JSON.stringify(value.type) ?? typeof value.type}`})
  } else if (value.type === "outcome" && typeof (value.id ?? value.slug) !== "string") {
    problems.push({path: "id", message: "an outcome names itself by its id"})
  } else if (value.type === "error" && typeof value.errorMessage !== "string") {
    problems.push({path: "errorMessage", message: "an error says what went wrong"})
  }
  return {text, problems, lossy}
}

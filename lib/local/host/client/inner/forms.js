// Forms.*: immutable builders of a form's schema, and what a schema says about values.
import {named} from "./trap.js"

const methods = {
  string: ["default", "multiline", "minLength", "maxLength", "url"],
  number: ["default", "min", "max"],
  boolean: [],
  "date-time": ["min", "max"],
  "plain-date": ["default"],
  "attio-record": ["object"],
  array: [],
}

// What each method changes in the rules of a node. `rules` are hidden from JSON only where they are functions.
const changes = {
  optional: () => ({isOptional: true}),
  default: (value) => ({defaultValue: value}),
  multiline: () => ({isMultiline: true}),
  minLength: (length) => ({minLength_: length}),
  maxLength: (length) => ({maxLength_: length}),
  url: (options) => ({isUrl: true, urlOptions: options ?? {}}),
  // The documents show a second argument {message} that the types do not have.
  min: (value, options) => ({minimum: value, minimumMessage: options?.message}),
  max: (value, options) => ({maximum: value, maximumMessage: options?.message}),
  object: ({slug}) => ({objects: [slug].flat()}),
}

const rulesOf = new WeakMap()

class FormValue {
  toJSON() {
    const {minLength_, maxLength_, ...rules} = rulesOf.get(this)
    if (rules.urlOptions?.protocol)
      rules.urlOptions = {...rules.urlOptions, protocol: String(rules.urlOptions.protocol)}
    return {
      ...rules,
      ...(minLength_ === undefined ? {} : {minLength: minLength_}),
      ...(maxLength_ === undefined ? {} : {maxLength: maxLength_}),
    }
  }
}

function make(rules) {
  const value = new FormValue()
  rulesOf.set(value, rules)
  for (const name of ["type", "isOptional", "isMultiline", "isUrl", "elementType"])
    if (name in rules) value[name] = rules[name]
  for (const name of ["optional", ...methods[rules.type]]) {
    Object.defineProperty(value, name, {
      value: (...args) => make({...rules, ...changes[name](...args)}),
      enumerable: false,
    })
  }
  return Object.freeze(value)
}

export const Forms = named("attio/client Forms", {
  string: () => make({type: "string", isOptional: false, isMultiline: false, isUrl: false}),
  number: () => make({type: "number", isOptional: false}),
  boolean: () => make({type: "boolean", isOptional: false}),
  dateTime: () => make({type: "date-time", isOptional: false}),
  plainDate: () => make({type: "plain-date", isOptional: false}),
  attioRecord: () => make({type: "attio-record", isOptional: false}),
  array: (elementType) => make({type: "array", isOptional: false, elementType}),
})

const isNode = (value) => rulesOf.has(value)

// The node at a dotted path; array indexes are numbers. undefined when the schema has none.
export function schemaAt(schema, path) {
  let at = schema
  for (const step of String(path).split(".")) {
    if (at === undefined || at === null) return undefined
    if (isNode(at)) at = at.type === "array" && /^\d+$/.test(step) ? at.elementType : undefined
    else at = Object.hasOwn(at, step) ? at[step] : undefined
  }
  return isNode(at) ? at : undefined
}

// What a new form or a new item of a collection starts with: numbers are 0, booleans false.
export function startValue(schema) {
  if (!isNode(schema)) {
    return Object.fromEntries(
      Object.keys(schema).flatMap((key) => {
        const value = startValue(schema[key])
        return value === undefined ? [] : [[key, value]]
      }),
    )
  }
  if (schema.type === "number") return schema.isOptional ? undefined : 0
  return schema.type === "boolean" ? false : undefined
}

const empty = (value) => value === undefined || value === null || value === ""
const scheme = /^([a-z][a-z0-9+.-]*):\/\//i
const address = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/@]*@)?[^\s/?#:@]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?$/i

export function urlError(value, {protocol = /https?/, message = "Must be a valid URL"} = {}) {
  const [, name] = scheme.exec(value) ?? []
  const whole = name === undefined || new RegExp(`^(?:${protocol.source})$`, protocol.flags).test(name)
  return whole && address.test(value) ? undefined : message
}

const lengthError = (value, {minLength_, maxLength_}) => {
  if (minLength_ !== undefined && value.length < minLength_) return `Must be at least ${minLength_} characters`
  if (maxLength_ !== undefined && value.length > maxLength_) return `Must be at most ${maxLength_} characters`
  return undefined
}

const shown = (value) => (value instanceof Date ? value.toISOString() : String(value))

const rangeError = (value, {minimum, minimumMessage, maximum, maximumMessage}) => {
  if (minimum !== undefined && value < minimum) return minimumMessage ?? `Must be at least ${shown(minimum)}`
  if (maximum !== undefined && value > maximum) return maximumMessage ?? `Must be at most ${shown(maximum)}`
  return undefined
}

const checks = {
  string: (value, rules) =>
    typeof value !== "string"
      ? "Must be text"
      : (lengthError(value, rules) ?? (rules.isUrl ? urlError(value, rules.urlOptions) : undefined)),
  number: (value, rules) =>
    typeof value !== "number" || Number.isNaN(value) ? "Must be a number" : rangeError(value, rules),
  boolean: (value) => (typeof value === "boolean" ? undefined : "Must be true or false"),
  "date-time": (value, rules) =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? rangeError(value, rules) : "Must be a date and time",
  "plain-date": (value) =>
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : "Must be a date (YYYY-MM-DD)",
  "attio-record": (value, {objects}) => {
    if (typeof value?.recordId !== "string") return "Must be a record"
    return objects === undefined || objects.includes(value.object)
      ? undefined
      : `Must be a record of ${objects.join(", ")}`
  },
  array: (value, {elementType}) => {
    if (!Array.isArray(value)) return "Must be a list"
    if (!isNode(elementType)) return undefined // the inputs of the items are fields of their own
    return value.map((item) => checkValue(elementType, item)).find((error) => error !== undefined)
  },
}

// The schema's word about the value of one field: a text, or undefined when it is fine.
export function checkValue(node, value) {
  const rules = rulesOf.get(node)
  if (empty(value)) return rules.isOptional || "defaultValue" in rules ? undefined : "Required"
  return checks[rules.type](value, rules)
}

// Whether the user has to give a value.
export function isRequired(node) {
  const rules = rulesOf.get(node)
  return rules !== undefined && !rules.isOptional && !("defaultValue" in rules) && rules.type !== "boolean"
}

// What onSubmit gets: defaults for what was not given, complete addresses.
export function submitted(schema, value) {
  if (!isNode(schema)) {
    const out = {...value}
    for (const key of Object.keys(schema)) {
      const part = submitted(schema[key], value?.[key])
      if (part !== undefined) out[key] = part
    }
    return out
  }
  const rules = rulesOf.get(schema)
  if (empty(value)) return "defaultValue" in rules ? rules.defaultValue : value
  if (rules.isUrl && !scheme.test(value)) return `https://${value}`
  if (rules.type === "array" && Array.isArray(value)) return value.map((item) => submitted(rules.elementType, item))
  return value
}

// Values of a block's configuration: from what is typed or stored (JSON) to what the app sees, and back.
import {withoutOptional} from "./nodes.js"
import {contact} from "./prelude.js"
import {typedTexts} from "./typed.js"
import {makeValue} from "./values.js"

const typed = typedTexts(contact)

const makers = {
  "attio-actor": "attioActor",
  "attio-attribute": "attioAttribute",
  "attio-entity-reference": "attioRecord",
  "attio-list": "attioList",
  "attio-note": "attioNote",
  "attio-object": "attioObject",
  "attio-select": "attioSelectOption",
  "attio-sequence": "attioSequence",
  "attio-task": "attioTask",
  currency: "currency",
  date: "date",
  domain: "domain",
  duration: "duration",
  "email-address": "emailAddress",
  location: "location",
  "personal-name": "personalName",
  "phone-number": "phoneNumber",
}

// A variable is bound to the place: the app only learns that.
export const isVariable = (value) => value !== null && typeof value === "object" && value.type === "dynamic"

export function friendly(schema, raw, props = {}) {
  const node = withoutOptional(schema)
  if (raw === undefined || raw === null || raw === "" || node === undefined || isVariable(raw)) {
    return raw === null || raw === "" ? undefined : raw
  }
  switch (node.type) {
    case "number":
      return Number(raw)
    case "boolean":
      return raw === true || raw === "true"
    case "timestamp":
      return new Date(raw)
    case "rich-text":
      return typeof raw === "string" ? makeValue.richText(raw) : raw
    case "array":
      return (Array.isArray(raw) ? raw : [raw]).map((item) => friendly(node.element, item, props))
    case "struct":
      return Object.fromEntries(Object.keys(raw).map((key) => [key, friendly(node.fields[key], raw[key], props)]))
    case "record":
      return Object.fromEntries(Object.keys(raw).map((key) => [key, friendly(node.value, raw[key], props)]))
    default:
      break
  }
  const maker = makers[node.type]
  if (maker === undefined) return raw
  return makeValue[maker](typeof raw === "string" ? typed[node.type](raw, props) : raw)
}

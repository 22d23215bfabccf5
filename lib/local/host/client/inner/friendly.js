// Values of a block's configuration: from what is typed or stored (JSON) to what the app sees, and back.
import {withoutOptional} from "./nodes.js"
import {contact} from "./prelude.js"
import {makeValue} from "./values.js"

// What is no address or number is kept as it was typed: the input does not check it.
const read = (kind, text, otherwise) => {
  const json = contact(kind, text)
  return json === "" ? otherwise : JSON.parse(json)
}

const emailAddress = (text) => {
  const [local, domain = ""] = text.toLowerCase().split("@")
  const typed = {original: text, normalized: text.toLowerCase(), domain, root_domain: domain, local_specifier: local}
  return read("email", text, typed)
}

const phoneNumber = (text) =>
  read("phone", text, {original: text, normalized: text.replace(/[^\d+]/g, ""), country_code: ""})

function domain(text) {
  const host = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/?#].*$/, "")
  return {original: text, normalized: host, root: host.split(".").slice(-2).join(".")}
}

function personalName(text) {
  const [first, ...rest] = text.includes(",")
    ? text
        .split(",")
        .map((part) => part.trim())
        .reverse()
    : text.trim().split(/\s+/)
  const last = rest.join(" ")
  return {first_name: first ?? "", last_name: last, full_name: [first, last].filter(Boolean).join(" ")}
}

function currency(text) {
  const [, amount, code] = /^\s*(-?[\d.]+)\s*([A-Za-z]{3})?\s*$/.exec(text) ?? []
  return {value: amount === undefined ? NaN : Number(amount), code: (code ?? "USD").toUpperCase()}
}

const pair = (text, first, second) => {
  const at = text.indexOf("/")
  return at < 0 ? {[first]: text} : {[second]: text.slice(0, at), [first]: text.slice(at + 1)}
}

// A text that was typed, per type of node, as the fields of the value.
const typed = {
  "email-address": emailAddress,
  domain,
  "phone-number": phoneNumber,
  "personal-name": personalName,
  currency,
  date: (text) => ({value: text}),
  duration: (text) => ({value: text}),
  "attio-entity-reference": (text) => pair(text, "recordId", "object"),
  "attio-actor": (text) => ({actorType: "workspace-member", ...pair(text, "actorId", "actorType")}),
  "attio-attribute": (text) => pair(text, "attribute", "object"),
  "attio-list": (text) => ({list: text}),
  "attio-object": (text) => ({object: text}),
  "attio-note": (text) => ({noteId: text}),
  "attio-sequence": (text) => ({sequenceId: text}),
  "attio-task": (text) => ({taskId: text}),
  "attio-select": (text, props) => ({selectOptionId: text, attribute: props.attributeSlug, object: props.objectSlug}),
  location: (text) => ({line_1: text}),
}

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

// What people type for values that have fields: the same in a configurator and in a configuration given as JSON.
import {parse} from "../../web/host.js"

const typedEmail = (text) => {
  const [local, domain = ""] = text.toLowerCase().split("@")
  return {original: text, normalized: text.toLowerCase(), domain, root_domain: domain, local_specifier: local}
}
const typedPhone = (text) => ({original: text, normalized: text.replace(/[^\d+]/g, ""), country_code: ""})

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

// A text that was typed, per type of node, as the fields of the value. `contact(kind, text)`: what the platform reads in
// an address or number, as JSON; "" when it is none, and then `otherwise` says what stands in its place: an input does
// not check what is typed.
export function typedTexts(contact, otherwise) {
  const read = (kind, unread) => (text) => {
    const json = contact(kind, text)
    return json === "" ? (otherwise ?? unread)(text) : parse(json)
  }
  return {...plainTexts, "email-address": read("email", typedEmail), "phone-number": read("phone", typedPhone)}
}

const plainTexts = {
  domain,
  "personal-name": personalName,
  currency,
  date: (text) => ({value: text}),
  duration: (text) => ({value: text}),
  "attio-entity-reference": (text, props) => ({object: props.objectSlug, ...pair(text, "recordId", "object")}),
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

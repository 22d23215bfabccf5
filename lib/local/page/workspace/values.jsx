// Values of attributes, by their type: as text, drawn, and as what an input gives back to the API.
import {href} from "../base/route.js"
import {Badge, Time} from "../ui/index.js"

const joined = (...parts) => parts.filter(Boolean).join(", ")

// One value as text, for inputs and for search.
export function textOf(value) {
  switch (value?.attribute_type) {
    case "personal-name": return value.full_name ?? ""
    case "email-address": return value.email_address ?? ""
    case "phone-number": return value.phone_number ?? ""
    case "domain": return value.domain ?? ""
    case "currency": return value.currency_value === null ? "" : String(value.currency_value)
    case "select": return value.option?.title ?? String(value.option ?? "")
    case "status": return value.status?.title ?? String(value.status ?? "")
    case "record-reference": return value.target_record_id ?? ""
    case "actor-reference": return value.referenced_actor_id ?? ""
    case "location": return joined(value.line_1, value.locality, value.region, value.country_code)
    case "interaction": return value.interacted_at ?? ""
    default: return value?.value === undefined || value.value === null ? "" : String(value.value)
  }
}

export const titleOf = (record) =>
  textOf(record.values.name?.[0]) || textOf(record.values.title?.[0]) || textOf(record.values.email_addresses?.[0]) || textOf(record.values.domains?.[0]) || record.id.record_id

function One({value}) {
  const text = textOf(value)
  switch (value.attribute_type) {
    case "email-address": return <a href={`mailto:${text}`}>{text}</a>
    case "checkbox": return <span>{value.value ? "Yes" : "No"}</span>
    case "select": case "status": return <Badge tone="blue">{text}</Badge>
    case "record-reference": return <a href={href([value.target_object, value.target_record_id])}>{value.target_object} {text.slice(0, 8)}</a>
    case "actor-reference": return <Badge>{value.referenced_actor_type} {text.slice(0, 8)}</Badge>
    case "timestamp": case "interaction": return <Time at={text} absolute />
    case "currency": return <span>{text} {value.currency_code}</span>
    case "rating": return <span aria-label={`${text} of 5`}>{"★".repeat(Number(text))}{"☆".repeat(Math.max(0, 5 - Number(text)))}</span>
    default: return <span class="w-text">{text}</span>
  }
}

export const Values = ({values}) => values === undefined || values.length === 0
  ? <span class="u-muted">–</span>
  : <>{values.map((value, index) => <span key={index} class="w-value"><One value={value} /></span>)}</>

// What a person can change in one line of text; the others are shown.
const plain = new Set(["text", "number", "currency", "checkbox", "date", "timestamp", "rating", "select", "status", "domain", "email-address", "phone-number", "personal-name"])

export const editable = (attribute) => attribute.writable && plain.has(attribute.type)

export function inputText(attribute, values = []) {
  if (attribute.type === "personal-name") return values[0] ? joined(values[0].last_name, values[0].first_name) : ""
  return values.map(textOf).join(attribute.multiple ? "; " : "")
}

function parsed(attribute, text) {
  if (["number", "currency", "rating"].includes(attribute.type)) return Number.isNaN(Number(text)) ? text : Number(text)
  if (attribute.type === "checkbox") return text === "true"
  return text
}

// The other way round: what is written at `values[slug]`; nothing takes the value away.
export function writtenValue(attribute, text) {
  const parts = (attribute.multiple ? text.split(";") : [text]).map((part) => part.trim()).filter((part) => part !== "")
  const values = parts.map((part) => parsed(attribute, part))
  return attribute.multiple ? values : (values[0] ?? null)
}

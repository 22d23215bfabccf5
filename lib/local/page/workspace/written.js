// Values of attributes between what the API tells, what a form holds (a draft) and what is written.
import {textOf} from "./text.js"

export const placeFields = [
  ["line_1", "Address"], ["line_2", "Second line"], ["line_3", "Third line"], ["line_4", "Fourth line"], ["locality", "City"], ["region", "Region"],
  ["postcode", "Postcode"], ["country_code", "Country, two letters"], ["latitude", "Latitude"], ["longitude", "Longitude"],
]

// How an attribute is changed: by one line of text, one of some, some of some, a place, records, members.
export function formOf({type, multiple, options}) {
  if (type === "location") return "place"
  if (type === "record-reference") return "records"
  if (type === "actor-reference") return "members"
  if (type === "checkbox" || type === "rating") return "one"
  if (type === "select" || type === "status") return multiple ? "some" : options.length > 0 ? "one" : "text"
  return "text"
}

export const choicesOf = ({type, options}) => (type === "checkbox" ? ["true", "false"] : type === "rating" ? ["0", "1", "2", "3", "4", "5"] : options)

export const hintOf = ({type, multiple}) => {
  const one = {"personal-name": "Last, First", "phone-number": "with the country: +1 555 867 5309", timestamp: "2026-03-31T09:00:00Z", date: "", domain: "example.com", currency: "a number"}[type]
  return [one, multiple && "several with ; between them"].filter(Boolean).join("; ") || undefined
}

// What the form begins with.
export function draftOf(attribute, values = []) {
  switch (formOf(attribute)) {
    case "place": return Object.fromEntries(placeFields.map(([name]) => [name, values[0]?.[name] ?? ""]))
    case "records": return values.map(({target_object: object, target_record_id: id}) => ({object, id}))
    case "members": return values.map(({referenced_actor_id: id}) => id)
    case "some": return values.map(textOf)
    case "one": return values[0] === undefined ? "" : textOf(values[0])
    default: break
  }
  if (attribute.type === "personal-name") return values[0] ? [values[0].last_name, values[0].first_name].filter(Boolean).join(", ") : ""
  return values.map(textOf).join(attribute.multiple ? "; " : "")
}

function parsed({type}, text) {
  if (["number", "currency", "rating"].includes(type)) return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text)
  if (type === "checkbox") return text === "true"
  return text
}

function list(attribute, draft) {
  switch (formOf(attribute)) {
    case "place": {
      const place = Object.fromEntries(placeFields.map(([name]) => [name, draft[name].trim() === "" ? null : draft[name].trim()]))
      return Object.values(place).every((part) => part === null) ? [] : [place]
    }
    case "records": return draft.map(({object, id}) => ({target_object: object, target_record_id: id}))
    case "members": return draft.map((id) => ({referenced_actor_type: "workspace-member", referenced_actor_id: id}))
    case "some": return draft
    default: break
  }
  const parts = (attribute.multiple ? draft.split(";") : [draft]).map((part) => part.trim()).filter((part) => part !== "")
  return parts.map((part) => parsed(attribute, part))
}

// What is written at `values[slug]`; nothing takes the value away.
export function writtenOf(attribute, draft) {
  const all = list(attribute, draft)
  return attribute.multiple ? all : (all[0] ?? null)
}

// Filters of a table in the address, as the REST API's: `where=slug:text`, `q=words`, `sort=slug` or `sort=-slug`.
const exact = new Set(["select", "status", "checkbox", "number", "rating", "currency", "date"])
const parts = {"personal-name": "full_name", "email-address": "email_address", "phone-number": "original_phone_number", domain: "domain", currency: "currency_value"}

export const filterable = ({type}) => type === "text" || exact.has(type) || parts[type] !== undefined
export const sortable = ({type, multiple}) => !multiple && ["text", "number", "currency", "date", "timestamp", "rating", "personal-name", "select", "status"].includes(type)

function condition({slug, type}, text) {
  const value = {number: Number(text), rating: Number(text), currency: Number(text), checkbox: text === "true"}[type] ?? text
  const test = exact.has(type) ? {$eq: value} : {$contains: text}
  return {[slug]: parts[type] ? {[parts[type]]: test} : exact.has(type) ? value : test}
}

// The query of GET /records/OBJECT.
export function queryOf(attributes, {q, where, sort}) {
  const named = (slug) => attributes.find((one) => one.slug === slug)
  const [slug, ...rest] = where.split(":")
  const text = rest.join(":")
  const of = text === "" ? undefined : named(slug)
  const query = new URLSearchParams()
  if (of === undefined && q !== "") query.set("q", q)
  if (of !== undefined) {
    const name = named("name")
    const all = [condition(of, text), ...(q !== "" && name ? [condition({...name, type: name.type === "personal-name" ? name.type : "text"}, q)] : [])]
    query.set("filter", JSON.stringify(all.length === 1 ? all[0] : {$and: all}))
  }
  const by = named(sort.replace(/^-/, ""))
  if (by !== undefined) query.set("sort", JSON.stringify([{attribute: by.slug, direction: sort.startsWith("-") ? "desc" : "asc", ...(by.type === "personal-name" && {field: "full_name"})}]))
  return query.toString()
}

// What app code gave is JSON of any form: these make of it what can be drawn.
export const list = (value) => (Array.isArray(value) ? value : [])

export function text(value) {
  if (value === undefined || value === null) return ""
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

export const isFn = (value) => value !== null && typeof value === "object" && value.$fn === true
export const oneOf = (value, allowed, otherwise) => (allowed.includes(value) ? value : otherwise)

// Addresses that a click may lead to. Others, as javascript:, are shown and lead nowhere.
export function address(value) {
  const href = text(value).trim()
  return /^(https?:|mailto:|tel:)/i.test(href) ? href : undefined
}

export const initials = (name) =>
  text(name)
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("")

// A colour that CSS knows, or nothing: a text of the app never becomes a rule.
export const color = (value) =>
  /^(#[0-9a-f]{3,8}|[a-z]{3,20}|(rgb|hsl)a?\([\d\s.,%/deg]+\))$/i.test(text(value)) ? text(value) : undefined

// Dates of inputs are local, those of values are not.
export function localTime(value) {
  const date = new Date(value ?? NaN)
  if (Number.isNaN(date.getTime())) return ""
  const two = (number) => String(number).padStart(2, "0")
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
export const universalTime = (value) => {
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

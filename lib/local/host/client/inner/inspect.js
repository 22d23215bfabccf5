// The text of console.log's arguments, as a browser's console would show them in one line.
function quoted(value, nested) {
  return nested ? JSON.stringify(value) : value
}

function ofObject(value, seen) {
  const tag = Object.prototype.toString.call(value)
  if (tag === "[object Error]" || value instanceof Error) return String(value.stack || `${value.name}: ${value.message}`)
  if (tag === "[object Date]") return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString()
  if (tag === "[object RegExp]") return String(value)
  if (seen.includes(value)) return "[circular]"
  if (seen.length >= 4) return Array.isArray(value) ? "[…]" : "{…}"
  const inside = [...seen, value]
  const show = (item) => text(item, true, inside)
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`
  if (tag === "[object Map]") return `Map {${[...value].map(([k, v]) => `${show(k)} => ${show(v)}`).join(", ")}}`
  if (tag === "[object Set]") return `Set {${[...value].map(show).join(", ")}}`
  if (tag === "[object Promise]") return "Promise {}"
  const name = Object.getPrototypeOf(value)?.constructor?.name
  const entries = Object.keys(value).map((key) => `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${show(value[key])}`)
  const head = name && name !== "Object" ? `${name} ` : ""
  return entries.length === 0 ? `${head}{}` : `${head}{ ${entries.join(", ")} }`
}

function text(value, nested, seen) {
  if (typeof value === "string") return quoted(value, nested)
  if (typeof value === "function") return value.name ? `[function ${value.name}]` : "[function]"
  if (typeof value === "bigint") return `${value}n`
  if (value === null || typeof value !== "object") return Object.is(value, -0) ? "-0" : String(value)
  return ofObject(value, seen)
}

function one(value, nested) {
  try {
    return text(value, nested, [])
  } catch {
    return "[cannot be shown]"
  }
}

// %s %d %i %f %o %O %j %c of the first argument are filled in, the rest is joined by blanks.
export function inspect(args) {
  const rest = [...args]
  const out = []
  if (typeof rest[0] === "string" && rest.length > 1) {
    const format = rest.shift()
    out.push(
      format.replace(/%([sdifoOjc%])/g, (all, kind) => {
        if (kind === "%") return "%"
        if (rest.length === 0) return all
        const value = rest.shift()
        if (kind === "c") return ""
        if (kind === "d" || kind === "f") return String(Number(value))
        if (kind === "i") return String(Math.trunc(Number(value)))
        return one(value, kind !== "s")
      }),
    )
  }
  for (const value of rest) out.push(one(value, false))
  return out.join(" ")
}

// What JSON loses of a value: a list of {path, kind}, at most `limit` of them. Objects of classes keep their fields
// and lose their methods; a property that is undefined is only left out and is not told.
import {stringify} from "../../web/host.js"

const limit = 20

function kindOf(value) {
  if (typeof value === "function") return "function"
  if (typeof value === "symbol") return "symbol"
  if (typeof value === "number") return Number.isFinite(value) ? null : String(value)
  if (value === null || typeof value !== "object") return null
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  if (["Date", "Map", "Set", "WeakMap", "WeakSet", "RegExp", "Promise", "Error"].includes(tag)) return tag
  if (ArrayBuffer.isView(value) || tag === "ArrayBuffer") return tag
  return null
}

function className(value) {
  const proto = Object.getPrototypeOf(value)
  if (proto === null || proto === Object.prototype || Array.isArray(value)) return null
  const name = proto.constructor?.name
  // An object of another realm has another Object.prototype.
  return name && name !== "Object" ? name : null
}

export function lossy(value, path = "", found = [], seen = []) {
  if (found.length >= limit) return found
  const kind = kindOf(value)
  if (kind !== null) {
    found.push({path: path || "(value)", kind})
    return found
  }
  if (value === null || typeof value !== "object" || seen.includes(value)) return found
  if (typeof value.toJSON === "function") return found
  const name = className(value)
  if (name !== null) found.push({path: path || "(value)", kind: `class ${name}`})
  const inside = [...seen, value]
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (value[i] === undefined) found.push({path: `${path}[${i}]`, kind: "undefined"})
      else lossy(value[i], `${path}[${i}]`, found, inside)
    }
    return found
  }
  for (const key of Object.keys(value)) {
    const step = /^[A-Za-z_$][\w$]*$/.test(key) ? (path ? `.${key}` : key) : `[${stringify(key)}]`
    lossy(value[key], path + step, found, inside)
  }
  return found
}

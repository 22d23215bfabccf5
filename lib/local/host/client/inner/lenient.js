// Globals that Attio's client realm may or may not have (nothing says). With --globals lenient they are there.
import {failure} from "./bridge.js"
import {now, randomHex, startRaw} from "./prelude.js"

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

function btoa(data) {
  const text = String(data)
  let out = ""
  for (let i = 0; i < text.length; i += 3) {
    const codes = [0, 1, 2].map((k) => text.charCodeAt(i + k))
    if (codes.some((code) => code > 255)) throw new Error("btoa takes characters up to U+00FF")
    const [a, b, c] = codes.map((code) => code || 0)
    const bits = (a << 16) | (b << 8) | c
    out += letters[bits >> 18] + letters[(bits >> 12) & 63]
    out += i + 1 < text.length ? letters[(bits >> 6) & 63] : "="
    out += i + 2 < text.length ? letters[bits & 63] : "="
  }
  return out
}

function atob(data) {
  const text = String(data)
    .replace(/[\t\n\f\r ]/g, "")
    .replace(/={1,2}$/, "")
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) throw new Error("atob: the text is not Base64")
  let out = ""
  let bits = 0
  let have = 0
  for (const letter of text) {
    bits = (bits << 6) | letters.indexOf(letter)
    have += 6
    if (have >= 8) {
      have -= 8
      out += String.fromCharCode((bits >> have) & 255)
    }
  }
  return out
}

function clone(value, seen) {
  if (typeof value === "function" || typeof value === "symbol") throw new Error(`${String(value)} could not be cloned`)
  if (value === null || typeof value !== "object") return value
  if (seen.has(value)) return seen.get(value)
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  const keep = (copy) => {
    seen.set(value, copy)
    return copy
  }
  if (tag === "Date") return keep(new Date(value.getTime()))
  if (tag === "RegExp") return keep(new RegExp(value.source, value.flags))
  if (tag === "ArrayBuffer") return keep(value.slice(0))
  if (ArrayBuffer.isView(value)) return keep(value.slice ? value.slice() : new DataView(value.buffer.slice(0)))
  if (tag === "Map") {
    const copy = keep(new Map())
    for (const [key, item] of value) copy.set(clone(key, seen), clone(item, seen))
    return copy
  }
  if (tag === "Set") {
    const copy = keep(new Set())
    for (const item of value) copy.add(clone(item, seen))
    return copy
  }
  if (tag === "Error") return keep(Object.assign(new Error(value.message), {name: value.name}))
  if (["WeakMap", "WeakSet", "Promise"].includes(tag)) throw new Error(`a ${tag} could not be cloned`)
  const copy = keep(Array.isArray(value) ? [] : {})
  for (const key of Object.keys(value)) copy[key] = clone(value[key], seen)
  return copy
}

const bytes = (hex) => hex.match(/../g).map((pair) => parseInt(pair, 16))

const crypto = Object.freeze({
  getRandomValues(view) {
    const raw = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    raw.set(bytes(randomHex(raw.length)))
    return view
  },
  randomUUID() {
    const part = bytes(randomHex(16))
    part[6] = (part[6] & 15) | 64
    part[8] = (part[8] & 63) | 128
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join("")
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
  },
})

const begun = now()
const performance = Object.freeze({timeOrigin: begun, now: () => now() - begun})

class MessagePort {
  onmessage = null
  other = null
  postMessage(value) {
    const data = clone(value, new Map())
    startRaw(
      () => {
        try {
          this.other?.onmessage?.({data})
        } catch (error) {
          failure(error, "MessagePort")
        }
      },
      0,
      false,
      [],
      0,
    )
  }
  start() {}
  close() {
    this.other = null
  }
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort()
    this.port2 = new MessagePort()
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

export const lenientGlobals = {
  atob,
  btoa,
  crypto,
  MessageChannel,
  performance,
  structuredClone: (value) => clone(value, new Map()),
}

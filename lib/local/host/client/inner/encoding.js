// TextEncoder and TextDecoder (UTF-8), made of the realm's own objects.
function bytesOf(text) {
  const out = []
  for (const character of String(text).toWellFormed?.() ?? String(text)) {
    let code = character.codePointAt(0)
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) out.push(code)
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return out
}

export class TextEncoder {
  get encoding() {
    return "utf-8"
  }
  encode(text = "") {
    return Uint8Array.from(bytesOf(text))
  }
  encodeInto(text, target) {
    let read = 0
    let written = 0
    for (const character of String(text)) {
      const bytes = bytesOf(character)
      if (written + bytes.length > target.length) break
      target.set(bytes, written)
      written += bytes.length
      read += character.length
    }
    return {read, written}
  }
}

const labels = new Set(["utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"])

function view(input) {
  if (input === undefined) return new Uint8Array(0)
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  if (Object.prototype.toString.call(input) === "[object ArrayBuffer]") return new Uint8Array(input)
  throw new TypeError("TextDecoder.decode takes an ArrayBuffer or a view of one")
}

// Smallest and largest second byte, by the first one (WHATWG Encoding, UTF-8 decoder).
function bounds(first) {
  if (first === 0xe0) return [0xa0, 0xbf]
  if (first === 0xed) return [0x80, 0x9f]
  if (first === 0xf0) return [0x90, 0xbf]
  if (first === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}

const lengthOf = (first) =>
  first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0

export class TextDecoder {
  #fatal
  #ignoreBOM
  #rest = []
  #begun = false
  constructor(label = "utf-8", {fatal = false, ignoreBOM = false} = {}) {
    if (!labels.has(String(label).trim().toLowerCase()))
      throw new RangeError(`The local platform's TextDecoder only knows utf-8, not "${label}"`)
    this.#fatal = Boolean(fatal)
    this.#ignoreBOM = Boolean(ignoreBOM)
  }
  get encoding() {
    return "utf-8"
  }
  get fatal() {
    return this.#fatal
  }
  get ignoreBOM() {
    return this.#ignoreBOM
  }
  #bad(out) {
    if (this.#fatal) {
      this.#rest = []
      throw new TypeError("The encoded data was not valid for encoding utf-8")
    }
    out.push("\ufffd")
  }
  decode(input, {stream = false} = {}) {
    const bytes = [...this.#rest, ...view(input)]
    this.#rest = []
    const out = []
    for (let i = 0; i < bytes.length;) {
      const first = bytes[i]
      if (first < 0x80) {
        out.push(String.fromCharCode(first))
        i++
        continue
      }
      const length = lengthOf(first)
      const [low, high] = bounds(first)
      let have = 1
      while (have < length && i + have < bytes.length) {
        const next = bytes[i + have]
        if (next < (have === 1 ? low : 0x80) || next > (have === 1 ? high : 0xbf)) break
        have++
      }
      if (length > 0 && have === length) {
        let code = first & (0xff >> (length + 1))
        for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k] & 63)
        out.push(String.fromCodePoint(code))
      } else if (length > 0 && i + have === bytes.length && stream) {
        this.#rest = bytes.slice(i)
        break
      } else this.#bad(out)
      i += have
    }
    let text = out.join("")
    if (!this.#begun && text.length > 0) {
      if (!this.#ignoreBOM && text[0] === "\ufeff") text = text.slice(1)
      this.#begun = true
    }
    if (!stream) this.#begun = false
    return text
  }
}

// The body of a request or an answer as a stream of one chunk: what reads a stream by its reader or in
// a loop works. The class is no global, since the platform is not known to have streams.
import {tag} from "./host.js"

const missing = (name) => () => {
  throw new Error(`ReadableStream.${name} is not available: Attio's runtime has no streams as far as is known`)
}

export class ReadableStream {
  #take
  #locked = false
  #over = false
  constructor(take) {
    if (typeof take !== "function") throw new TypeError("Illegal constructor")
    this.#take = take
  }
  get locked() {
    return this.#locked
  }
  async #read() {
    if (this.#over) return {value: undefined, done: true}
    this.#over = true
    const bytes = this.#take()
    return bytes.length === 0 ? {value: undefined, done: true} : {value: bytes, done: false}
  }
  getReader() {
    if (this.#locked) throw new TypeError("The stream is locked by another reader")
    this.#locked = true
    let closed
    const end = new Promise((done) => (closed = done))
    return {
      closed: end,
      read: async () => {
        const result = await this.#read()
        if (result.done) closed()
        return result
      },
      cancel: async () => {
        this.#over = true
        closed()
      },
      releaseLock: () => {
        this.#locked = false
      },
    }
  }
  async cancel() {
    if (this.#locked) throw new TypeError("The stream is locked by a reader")
    this.#over = true
  }
  async *[Symbol.asyncIterator]() {
    const reader = this.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  }
  values() {
    return this[Symbol.asyncIterator]()
  }
}
for (const name of ["pipeTo", "pipeThrough", "tee"]) {
  Object.defineProperty(ReadableStream.prototype, name, {value: missing(name), writable: true, configurable: true})
}
tag(ReadableStream, "ReadableStream")

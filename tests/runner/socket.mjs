// The WebSocket side of the server that stands for Attio: a connection that follows a script of
// lines. Frames are made by hand, so that bad ones can be sent too (RFC 6455).
import crypto from "node:crypto"
import {compareJson} from "./match.mjs"

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
const TEXT = 1
const CLOSE = 8
const PING = 9

// As a server sends it: never masked.
function frame(opcode, payload, first = 0x80 | opcode) {
  const head = payload.length < 126 ? Buffer.from([first, payload.length]) : Buffer.alloc(payload.length < 65536 ? 4 : 10)
  if (payload.length >= 126) {
    head[0] = first
    head[1] = payload.length < 65536 ? 126 : 127
    if (payload.length < 65536) head.writeUInt16BE(payload.length, 2)
    else head.writeBigUInt64BE(BigInt(payload.length), 2)
  }
  return Buffer.concat([head, payload])
}

// The first whole frame of a client's bytes, and how long it is; undefined: there is none yet.
function readFrame(bytes) {
  if (bytes.length < 2) return undefined
  let at = 2
  let length = bytes[1] & 0x7f
  if (length === 126) [length, at] = [bytes.length < 4 ? Infinity : bytes.readUInt16BE(2), 4]
  else if (length === 127) [length, at] = [bytes.length < 10 ? Infinity : Number(bytes.readBigUInt64BE(2)), 10]
  if (!(bytes[1] & 0x80)) throw new Error("a frame of the client is not masked")
  if (bytes.length < at + 4 + length) return undefined
  const mask = bytes.subarray(at, at + 4)
  const payload = Buffer.from(bytes.subarray(at + 4, at + 4 + length)).map((byte, i) => byte ^ mask[i % 4])
  return {opcode: bytes[0] & 15, payload: Buffer.from(payload), size: at + 4 + length}
}

export function accept(request, socket) {
  const key = request.headers["sec-websocket-key"] ?? ""
  const sum = crypto.createHash("sha1").update(key + GUID).digest("base64")
  const lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
  socket.write(`${lines.join("\r\n")}\r\nSec-WebSocket-Accept: ${sum}\r\n\r\n`)
}

// Plays the lines of a script on an upgraded connection:
//   > TEXT      sends it            < JSON      the client's next text must be this
//   ping        sends one, and waits for its answer
//   split TEXT  sends it in two frames, a ping in between
//   frame HEX   sends these bytes   close CODE  closes; the client must answer
//   drop        cuts the connection  interrupt  sends SIGINT to the command
// What the client sends beyond the script is a problem, but for the leaving of who is interrupted.
export class Script {
  #lines
  #socket
  #bytes = Buffer.alloc(0)
  #tools

  // tools: problem(text), interrupt()
  constructor(lines, socket, tools) {
    this.#lines = lines.filter((line) => line.trim())
    this.#socket = socket
    this.#tools = tools
    socket.on("data", (data) => this.#take(data))
    socket.on("error", () => {})
    this.#go()
  }

  #next() {
    return this.#lines[0]?.split(/ (.*)/s) ?? []
  }

  // Does what can be done without the client.
  #go() {
    for (;;) {
      const [word, rest = ""] = this.#next()
      if (word === undefined || word === "<" || word === "pong" || word === "closed") return
      this.#lines.shift()
      if (word === ">") this.#socket.write(frame(TEXT, Buffer.from(rest)))
      else if (word === "frame") this.#socket.write(Buffer.from(rest.replaceAll(" ", ""), "hex"))
      else if (word === "drop") this.#socket.destroy()
      else if (word === "interrupt") this.#tools.interrupt()
      else if (word === "ping") {
        this.#socket.write(frame(PING, Buffer.from("are you there")))
        this.#lines.unshift("pong")
      } else if (word === "split") {
        const half = Buffer.byteLength(rest) >> 1
        const bytes = Buffer.from(rest)
        this.#socket.write(frame(TEXT, bytes.subarray(0, half), TEXT))
        this.#socket.write(frame(PING, Buffer.alloc(0)))
        this.#socket.write(frame(0, bytes.subarray(half)))
        this.#lines.unshift("pong")
      } else if (word === "close") {
        const code = Buffer.alloc(2)
        code.writeUInt16BE(Number(rest))
        this.#socket.write(frame(CLOSE, code))
        this.#lines.unshift("closed")
      } else throw new Error(`-- socket: no such line: ${word} ${rest}`)
    }
  }

  #take(data) {
    this.#bytes = Buffer.concat([this.#bytes, data])
    try {
      for (let one; (one = readFrame(this.#bytes)); ) {
        this.#bytes = this.#bytes.subarray(one.size)
        this.#check(one)
      }
    } catch (error) {
      this.#tools.problem(error.message)
      this.#socket.destroy()
    }
  }

  #check({opcode, payload}) {
    const [word, rest] = this.#next()
    if (opcode === CLOSE) {
      if (word === "closed") this.#lines.shift()
      else this.#socket.write(frame(CLOSE, payload))
      this.#socket.end()
      return
    }
    if (opcode === TEXT && word === "<") {
      const wrong = compareJson(rest, payload.toString())
      if (wrong) this.#tools.problem(wrong)
    } else if (!(opcode === 10 && word === "pong")) {
      this.#tools.problem(`not in the script: ${opcode === TEXT ? payload : `a frame of kind ${opcode}`}`)
      return
    }
    this.#lines.shift()
    this.#go()
  }

  // What did not come.
  rest() {
    return this.#lines
  }
}

// The server that stands for Attio: answers the requests that a case announces, once each, and
// remembers all others as failures. Any order is fine, because uploads run in parallel.
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import http from "node:http"
import https from "node:https"
import path from "node:path"
import zlib from "node:zlib"
import {compareJson, compareText} from "./match.mjs"
import {words} from "./parse.mjs"
import {accept, Script} from "./socket.mjs"

// "Name: value" lines, an empty line, then the body; or a body alone.
function headersAndBody(lines) {
  const headers = []
  let i = 0
  while (/^(![A-Za-z][\w-]*$|[A-Za-z][\w-]*: )/.test(lines[i] ?? "")) headers.push(lines[i++])
  if (i < lines.length && headers.length > 0 && lines[i].trim()) {
    throw new Error(`an empty line is missing before the body: ${lines[i]}`)
  }
  return {headers, body: lines.slice(headers.length ? i + 1 : 0).join("\n")}
}

function attributes(list) {
  return Object.fromEntries(list.map((word) => word.split(/=(.*)/s)))
}

export function parseRequest(arg, lines) {
  const [method, target, ...rest] = words(arg)
  if (!target?.startsWith("/") && method !== "CONNECT") throw new Error(`-- http needs a method and a path: ${arg}`)
  const {times = "1"} = attributes(rest)
  const left = times === "*" ? Infinity : Number(times)
  if (!(left > 0)) throw new Error(`bad times: ${arg}`)
  return {title: `${method} ${target}`, left, any: times === "*", ...headersAndBody(lines)}
}

export function parseReply(arg, lines) {
  const [kind, ...rest] = words(arg)
  const known = ["close", "garbage", "hang", "cut", "redirect"]
  if (!known.includes(kind) && !/^[1-5]\d\d$/.test(kind)) throw new Error(`bad reply: ${arg}`)
  const where = kind === "redirect" ? rest.shift() : undefined
  return {kind, where, ...attributes(rest), ...headersAndBody(lines)}
}

// A WebSocket that must be opened; instead of a script it may have one line for the answer:
// `status 401 BODY`, `hang`, or `wrong` (an answer that does not fit the key).
export function parseSocket(arg, lines) {
  const [target] = words(arg)
  if (!target?.startsWith("/")) throw new Error(`-- socket needs a path: ${arg}`)
  return {title: `WEBSOCKET ${target}`, lines}
}

function checkRequest(expected, request, body, app) {
  const problems = []
  for (const line of expected.headers) {
    const [, absent, name, value] = /^(!?)([^:]+)(?:: (.*))?$/.exec(line)
    const have = request.headers[name.toLowerCase()]
    if (absent ? have !== undefined : have === undefined || compareText(value, `${have}\n`)) {
      problems.push(`${line}\n  is ${have ?? "missing"}`)
    }
  }
  let wrong
  if (expected.body.startsWith("@")) {
    const file = fs.readFileSync(path.join(app, expected.body.slice(1).trim()))
    if (!file.equals(body)) wrong = `the body (${body.length} bytes) is not ${expected.body}`
  } else if (/^[[{]/.test(expected.body)) {
    wrong = compareJson(expected.body, body.toString())
  } else if (expected.body) {
    wrong = compareText(expected.body, `${body}\n`)
  }
  if (wrong) problems.push(wrong)
  return problems
}

async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  return server.address().port
}

export class Mock {
  #pending = []
  #problems = []
  #seen = []
  #sockets = []
  #scripts = []
  #app
  interrupt = () => {} // sends SIGINT to the command

  async start(app) {
    this.#app = app
    this.server = http.createServer((request, response) => this.#take(request, response))
    this.server.on("connect", (request, socket) => this.#refuseTunnel(request, socket))
    this.server.on("upgrade", (request, socket) => this.#open(request, socket))
    this.url = `http://127.0.0.1:${await listen(this.server)}`
  }

  // The same behind TLS, with a certificate that nobody but the file `ca` vouches for.
  async startSecure(folder) {
    const key = path.join(folder, "mock.key")
    this.ca = path.join(folder, "mock.pem")
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    const files = ["-keyout", key, "-out", this.ca]
    execFileSync("openssl", ["req", "-x509", ...kind, ...subject, ...files], {stdio: "pipe"})
    this.secure = https.createServer(
      {key: fs.readFileSync(key), cert: fs.readFileSync(this.ca)},
      (request, response) => this.#take(request, response),
    )
    this.secure.on("upgrade", (request, socket) => this.#open(request, socket))
    this.secureUrl = `https://localhost:${await listen(this.secure)}`
  }

  stop() {
    for (const server of [this.server, this.secure]) {
      server?.close()
      server?.closeAllConnections?.()
    }
  }

  // As a proxy that lets nobody through; the reply's status says why.
  #refuseTunnel(request, socket) {
    const title = `CONNECT ${request.url}`
    const expected = this.#pending.find((one) => one.title === title)
    this.#seen.push(title)
    if (!expected) this.#problems.push(`unexpected request: ${title}`)
    else if (--expected.left === 0) this.#pending = this.#pending.filter((one) => one !== expected)
    socket.on("error", () => {})
    socket.end(`HTTP/1.1 ${expected?.reply.kind ?? 599} No\r\nContent-Length: 0\r\n\r\n`)
  }

  expectSocket(socket) {
    this.#sockets.push(socket)
  }

  #open(request, socket) {
    const title = `WEBSOCKET ${request.url}`
    const expected = this.#sockets.find((one) => one.title === title)
    socket.on("error", () => {})
    this.#seen.push(title)
    if (!expected) {
      this.#problems.push(`unexpected request: ${title}`)
      socket.end("HTTP/1.1 599 No\r\nContent-Length: 0\r\n\r\n")
      return
    }
    this.#sockets = this.#sockets.filter((one) => one !== expected)
    const [word, status, body = ""] = (expected.lines[0] ?? "").split(/ (\d+) ?(.*)/s)
    if (word === "hang") return
    if (word === "status") {
      const head = `HTTP/1.1 ${status} No\r\nContent-Type: application/json\r\n`
      socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    } else if (word === "wrong") {
      accept({headers: {"sec-websocket-key": "another"}}, socket)
    } else {
      accept(request, socket)
      const problem = (text) => this.#problems.push(`${title}:\n${text}`)
      this.#scripts.push([title, new Script(expected.lines, socket, {problem, interrupt: () => this.interrupt()})])
    }
  }

  expect(request, reply) {
    this.#pending.push({...request, reply})
  }

  // What went wrong since the last call, and expectations that were not met.
  problems() {
    const missed = this.#pending
      .filter((one) => !one.any)
      .concat(this.#sockets)
      .map((one) => `this request did not come: ${one.title}`)
      .concat(this.#scripts.flatMap(([title, script]) => script.rest().map((line) => `${title}:\ndid not come: ${line}`)))
    const found = [...this.#problems, ...missed]
    const seen = this.#seen.length ? `requests that came:\n  ${this.#seen.join("\n  ")}` : ""
    this.#pending = []
    this.#sockets = []
    this.#scripts = []
    this.#problems = []
    this.#seen = []
    return found.length && seen ? [...found, seen] : found
  }

  async #take(request, response) {
    const chunks = []
    request.on("error", () => {})
    for await (const chunk of request) chunks.push(chunk)
    const title = `${request.method} ${request.url}`
    this.#seen.push(title)
    const expected = this.#pending.find((one) => one.title === title)
    if (!expected) {
      this.#problems.push(`unexpected request: ${title}`)
      response.writeHead(599).end()
      return
    }
    if (--expected.left === 0) this.#pending = this.#pending.filter((one) => one !== expected)
    const wrong = checkRequest(expected, request, Buffer.concat(chunks), this.#app)
    this.#problems.push(...wrong.map((text) => `request ${title}:\n${text}`))
    const delay = Number(expected.reply.delay ?? 0)
    if (delay) await new Promise((go) => setTimeout(go, delay))
    this.#answer(expected.reply, response)
  }

  #answer(reply, response) {
    const headers = Object.fromEntries(reply.headers.map((line) => line.split(/: (.*)/s)))
    const type = /^[[{]/.test(reply.body) ? "application/json" : "text/plain"
    if (!Object.keys(headers).some((name) => name.toLowerCase() === "content-type")) {
      headers["Content-Type"] = type
    }
    if (reply.kind === "hang") return
    if (reply.kind === "close") response.socket.destroy()
    else if (reply.kind === "garbage") response.socket.end("\x00\x01 this is not HTTP\r\n")
    else if (reply.kind === "redirect") response.writeHead(302, {Location: reply.where}).end()
    else if (reply.kind === "cut") {
      const length = Buffer.byteLength(reply.body) + 100
      response.writeHead(200, {...headers, "Content-Length": length})
      response.write(reply.body || "{", () => response.socket.destroy())
    } else if (reply.encoding === "gzip") {
      response.writeHead(Number(reply.kind), {...headers, "Content-Encoding": "gzip"})
      response.end(zlib.gzipSync(reply.body))
    } else response.writeHead(Number(reply.kind), headers).end(reply.body)
  }
}

// The fake third party. Each origin that a test expects requests for is led to a path of one server
// here: /https/api.example.com/v1/leads is what the app asked of https://api.example.com/v1/leads.
import assert from "node:assert/strict"
import http from "node:http"
import {AttioError} from "./platform.js"

function bodyOf(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const matches = (wanted, value) =>
  wanted instanceof RegExp ? wanted.test(value) : typeof wanted === "function" ? Boolean(wanted(value)) : wanted === value

// Whether all that `wanted` names is so in `value`; lists are whole.
function contains(wanted, value) {
  if (wanted instanceof RegExp) return wanted.test(String(value))
  if (typeof wanted === "function") return Boolean(wanted(value))
  if (wanted === null || typeof wanted !== "object") return Object.is(wanted, value)
  if (value === null || typeof value !== "object" || Array.isArray(wanted) !== Array.isArray(value)) return false
  if (Array.isArray(wanted) && wanted.length !== value.length) return false
  return Object.entries(wanted).every(([key, one]) => contains(one, value[key]))
}

class Expected {
  constructor(origin, method, path, options, place) {
    Object.assign(this, {origin, method, path, options, place, requests: [], reply: {status: 200, body: {}}})
  }

  // What is answered: a status with a body, or what a function of the request gives.
  answers(status, body, headers) {
    this.reply = typeof status === "function" ? status : {status, body, headers}
    return this
  }

  fits(request) {
    return request.origin === this.origin && request.method === this.method && matches(this.path, request.path)
  }

  full() {
    const {times = 1} = this.options
    return this.requests.length >= times
  }

  toString() {
    return `${this.method} ${this.origin}${this.path}`
  }
}

async function textOf(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString("utf8")
}

export class Outside {
  #expected = []
  #surprises = []
  #server
  #origins = new Set()
  #route

  constructor(route) {
    this.#route = route
  }

  // Over when all origins are led here; what is asked of the platform waits for it.
  ready = Promise.resolve()

  async #lead(origin) {
    const name = origin.replace("://", "/")
    if (this.#server === undefined) {
      this.#server = http.createServer((request, response) => this.#answer(request, response))
      await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve))
      this.#server.unref()
    }
    await this.#route(origin, `http://127.0.0.1:${this.#server.address().port}/${name}`)
  }

  expect(method, url, options, place) {
    if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) {
      throw new AttioError({message: `\`${url}\` is no address`, fix: "write it whole: https://api.example.com/v1/leads"})
    }
    const {origin, pathname} = new URL(url)
    if (!this.#origins.has(origin)) {
      this.#origins.add(origin)
      this.ready = this.ready.then(() => this.#lead(origin))
      this.ready.catch(() => {}) // told by whatever waits for it
    }
    const expected = new Expected(origin, method.toUpperCase(), options.path ?? pathname, options, place)
    this.#expected.push(expected)
    return expected
  }

  #read(request, text) {
    const [, scheme, host, ...rest] = request.url.split("/")
    const url = new URL(`${scheme}://${host}/${rest.join("/")}`)
    const query = Object.fromEntries(url.searchParams)
    return {method: request.method, url: url.href, origin: url.origin, path: url.pathname, query, headers: request.headers, text, body: bodyOf(text)}
  }

  async #answer(request, response) {
    const asked = this.#read(request, await textOf(request))
    const fitting = this.#expected.filter((one) => one.fits(asked))
    const expected = fitting.find((one) => !one.full())
    if (expected === undefined) {
      this.#surprises.push({...asked, again: fitting.length > 0})
      response.writeHead(501, {"content-type": "text/plain"}).end("no test expects this request")
      return
    }
    expected.requests.push(asked)
    const given = typeof expected.reply === "function" ? await expected.reply(asked) : expected.reply
    const {status = 200, body = {}, headers = {}} = given ?? {}
    const plain = typeof body === "string"
    response.writeHead(status, {"content-type": plain ? "text/plain" : "application/json", ...headers})
    response.end(status === 204 ? undefined : plain ? body : JSON.stringify(body))
  }

  // Throws what differs from what was expected, from the line that expected it.
  check() {
    for (const expected of this.#expected) this.#checkOne(expected)
    const surprise = this.surprise()
    if (surprise !== undefined) assert.fail(surprise)
  }

  // The first request that nobody expected, in words.
  surprise() {
    const [first] = this.#surprises
    if (first === undefined) return undefined
    const told = `the app asked for something that no test expects${first.again ? " so often" : ""}`
    return `${told}: ${first.method} ${first.url}${first.text ? `\n${first.text}` : ""}`
  }

  #checkOne(expected) {
    const {requests, options, place} = expected
    const {times = 1, body, headers, query} = options
    try {
      if (times !== Infinity) assert.equal(requests.length, times, `${expected} came ${requests.length} times, not ${times}`)
      for (const request of requests) {
        const parts = [[body, request.body], [headers, request.headers], [query, request.query]]
        for (const [wanted, value] of parts) {
          if (wanted !== undefined && !contains(wanted, value)) assert.deepEqual(value, wanted)
        }
      }
    } catch (error) {
      error.stack = `${error.name}: ${error.message}\n${place}`
      throw error
    }
  }

  async stop() {
    if (this.#server === undefined) return
    this.#server.closeAllConnections?.()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

#!/usr/bin/env node
// Acme Lead Checker, as far as the example app needs it: a real HTTP server that takes leads, keeps a
// list of webhooks, and calls them later. A test holds one in its own process; the demo runs it:
//
//   alc.mjs serve [PORT]             prints its URL
//   alc.mjs finish URL LEAD STATUS   the agent is done with a lead: calls every webhook
//
// Its token is in ALC_TOKEN.
//
// POST   /api/v1/leads       {recordId, name, phoneNumber, callback_url?}   201 {id}
// POST   /api/v1/webhooks    {name, url, event}                             201 {webhook_id}
// GET    /api/v1/webhooks                                                   200 [{webhook_id, ...}]
// DELETE /api/v1/webhooks/ID                                                204
// POST   /api/v1/leads/ID/done  {status, ...}                               200 [answers of the webhooks]
import http from "node:http"
import {fileURLToPath} from "node:url"

const reasons = {"POST leads": "leads", "POST webhooks": "webhooks", "DELETE webhooks": "removals"}

async function bodyOf(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}

// A request by hand: no connection of it is kept, so that nothing stands between two tests.
export function request(method, url, {headers = {}, body} = {}) {
  return new Promise((done, fail) => {
    const sent = http.request(url, {method, headers, agent: false}, async (answer) => {
      const {statusCode: status, statusMessage: statusText, headers} = answer
      try {
        done({status, statusText, headers, text: await bodyOf(answer)})
      } catch (error) {
        fail(error)
      }
    })
    sent.on("error", fail)
    sent.end(body)
  })
}

export class Alc {
  token
  requests = [] // all that came: {method, path, headers, body}
  leads = new Map()
  webhooks = new Map()
  fail = {leads: 0, webhooks: 0, removals: 0} // a status instead of the right answer
  #server
  #waiting = [] // {matches, done}

  constructor(token) {
    this.token = token
  }

  async start(port = 0) {
    this.#server = http.createServer((request, response) => this.#serve(request, response))
    await new Promise((done) => this.#server.listen(port, "127.0.0.1", done))
    this.url = `http://127.0.0.1:${this.#server.address().port}`
    return this
  }

  async stop() {
    await new Promise((done) => {
      this.#server.close(done)
      this.#server.closeAllConnections?.()
    })
  }

  // The next request that fits, or one that has come already.
  async seen(matches) {
    const found = this.requests.find(matches)
    if (found) return found
    return new Promise((done) => this.#waiting.push({matches, done}))
  }

  async #serve(request, response) {
    const body = await bodyOf(request).catch(() => "")
    const one = {method: request.method, path: request.url, headers: request.headers, body}
    this.requests.push(one)
    const [status, answer] = await this.#answer(one)
    const text = answer === undefined ? "" : JSON.stringify(answer)
    response.writeHead(status, {...(text && {"Content-Type": "application/json"})})
    response.end(text)
    for (const waiting of this.#waiting.filter(({matches}) => matches(one))) waiting.done(one)
    this.#waiting = this.#waiting.filter(({matches}) => !matches(one))
  }

  async #answer({method, path, headers, body}) {
    const [, kind, id, done] = /^\/api\/v1\/(\w+)(?:\/([^/]+))?(?:\/(done))?$/.exec(path) ?? []
    if (headers.authorization !== `Bearer ${this.token}`) return [401, {error: "who are you?"}]
    const failing = !done && this.fail[reasons[`${method} ${kind}`]]
    if (failing) return [failing, {error: "as you wished"}]
    const data = body ? parsed(body) : {}
    if (data === undefined) return [400, {error: "no JSON"}]
    if (method === "POST" && kind === "leads" && done) return [200, await this.done(id, data)]
    if (method === "POST" && kind === "leads") return [201, this.#take(data)]
    if (method === "POST" && kind === "webhooks") return [201, this.#register(data)]
    if (method === "GET" && kind === "webhooks") return [200, [...this.webhooks.values()]]
    if (method === "DELETE" && kind === "webhooks") {
      return this.webhooks.delete(decodeURIComponent(id ?? "")) ? [204] : [404, {error: "unknown"}]
    }
    return [404, {error: "unknown"}]
  }

  #take(data) {
    const id = `lead-${this.leads.size + 1}`
    this.leads.set(id, {id, ...data})
    return {id}
  }

  #register(data) {
    const webhook_id = `alc-${this.requests.length}`
    this.webhooks.set(webhook_id, {webhook_id, ...data})
    return {webhook_id}
  }

  // The agent is done with a lead: calls its own address, else every webhook. Gives the answers.
  async done(leadId, report) {
    const lead = this.leads.get(leadId)
    const body = {lead_id: leadId, record_id: lead?.recordId, ...report}
    const urls = lead?.callback_url
      ? [lead.callback_url]
      : [...this.webhooks.values()].map(({url}) => url)
    return Promise.all(urls.map((url) => postJson(url, body)))
  }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function postJson(url, data) {
  const body = typeof data === "string" ? data : JSON.stringify(data)
  return request("POST", url, {headers: {"Content-Type": "application/json"}, body})
}

async function main([command, ...args]) {
  const token = process.env.ALC_TOKEN
  if (command === "serve") {
    const alc = await new Alc(token).start(Number(args[0] ?? 0))
    console.log(alc.url)
  } else if (command === "finish") {
    const [url, lead, status] = args
    const {text} = await request("POST", `${url}/api/v1/leads/${lead}/done`, {
      headers: {Authorization: `Bearer ${token}`, "Content-Type": "application/json"},
      body: JSON.stringify({status}),
    })
    for (const {status} of JSON.parse(text)) console.log(`the app's webhook answered ${status}`)
  } else {
    console.error("usage: alc.mjs serve [PORT] | alc.mjs finish URL LEAD STATUS")
    process.exitCode = 2
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))

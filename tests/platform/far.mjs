// Attio as `attio dev --workspace` sees it: a plain HTTP server that takes dev versions, bundles and
// uploads, and notes each call. A test may hold a call, or answer it itself.
import http from "node:http"
import {accept, Script} from "../runner/socket.mjs"

export const app = "6d2f8e0a-5a1f-4f0e-8d21-0a1b2c3d4e5f"
export const workspace = "a0000000-0000-4000-8000-000000000002"
export const channel = `ecosystem-app-logs:${workspace}:${app}`

export class Far {
  calls = [] // {what: "POST /api/...", body}
  problems = []
  answers = [] // [pattern, function]: asked in order, taken away once used
  script = undefined // of the log service
  installed = true
  #version = 0
  #bundle = 0

  async start() {
    this.server = http.createServer((request, response) => this.#take(request, response))
    this.server.on("upgrade", (request, socket) => this.#open(request, socket))
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.url = `http://127.0.0.1:${this.server.address().port}`
    this.env = {ATTIO_API_URL: `${this.url}/api`, ATTIO_TOKEN: "far-token-1"}
    return this
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections?.()
  }

  #open(request, socket) {
    this.calls.push({what: "WEBSOCKET"})
    socket.on("error", () => {})
    accept(request, socket)
    const tools = {problem: (text) => this.problems.push(text), interrupt: () => {}}
    this.scripted = new Script(this.script ?? [], socket, tools)
  }

  // The next call that fits is answered by `answer(call)`: [status, body], or undefined as ever.
  next(pattern, answer) {
    this.answers.push([pattern, answer])
  }

  count(pattern) {
    return this.calls.filter(({what}) => pattern.test(what)).length
  }

  async #take(request, response) {
    const chunks = []
    request.on("error", () => {})
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const what = `${request.method} ${request.url.replace(/\?.*/, "")}`
    const call = {what, body: /^\{/.test(text) ? JSON.parse(text) : text, headers: request.headers}
    this.calls.push(call)
    const own = this.answers.find(([pattern]) => pattern.test(what))
    if (own) this.answers.splice(this.answers.indexOf(own), 1)
    const [status, body] = (await own?.[1](call)) ?? this.#answer(request.method, request.url, call)
    if (status === 0) return response.socket.destroy()
    response.writeHead(status, {"Content-Type": "application/json"}).end(JSON.stringify(body))
  }

  #answer(method, url, call) {
    if (method === "PUT") return [200, {}]
    if (call.headers.authorization !== "Bearer far-token-1") return [401, {message: "who are you"}]
    if (url.startsWith("/api/apps/by-slug/")) return [200, {app: {app_id: app, title: "My App"}}]
    if (url === "/api/dev-workspaces") return [200, {workspaces: [{workspace_id: workspace, slug: "acme", name: "Acme", logo_url: null}]}]
    if (url.endsWith("/dev-installation")) return this.installed ? [200, {app_id: app, workspace_id: workspace}] : [404, {}]
    if (url.endsWith("/dev-versions")) return [200, {app_id: app, app_dev_version_id: `v${++this.#version}`}]
    if (url.endsWith("/complete")) return [200, {success: true}]
    if (url.endsWith("/bundles")) return [200, this.#begin(call)]
    if (url.endsWith("/ably/auth")) return this.script ? [200, {token: "far-log-1", clientId: "me"}] : [403, {message: "no logs"}]
    return [599, {}]
  }

  #begin({body}) {
    const at = (name) => `${this.url}/up/${name}?sig=far-secret`
    const id = ++this.#bundle
    return {
      app_dev_version_id: "00000000-0000-4000-8000-000000000000",
      app_dev_version_bundle_id: `b${id}`,
      client_bundle_upload_url: at(`b${id}/client`),
      server_bundle_upload_url: at(`b${id}/server`),
      workflow_block_bundle_upload_urls: Object.fromEntries(body.workflow_block_ids.map((block) => [block, at(`b${id}/${block}`)])),
    }
  }

  // What was uploaded for the bundle number `id`.
  uploaded(id, name) {
    return this.calls.find(({what}) => what === `PUT /up/b${id}/${name}`)?.body
  }
}

// A server that plays Attio (identity, developer API, storage, log service) for two clients one after
// the other, answers both alike, and keeps what each has sent.
import {createRequire} from "node:module"
import http from "node:http"
import path from "node:path"
import {sdkModules} from "../probes/probe.mjs"

const require = createRequire(path.join(sdkModules, "ably/package.json"))

export const patience = 120_000 // ms for anything that must come; only reached by what is broken
export const app = "0c0ffee0-0000-4000-8000-000000000001"
export const workspace = "0c0ffee0-0000-4000-8000-000000000002"
const version = "0c0ffee0-0000-4000-8000-000000000003"
const bundle = "0c0ffee0-0000-4000-8000-000000000004"
export const token = {access_token: "access-1", refresh_token: "refresh-1", token_type: "Bearer", expires_in: 3600}

// Addresses for the uploads, with a signature that must come back as it was given.
const uploads = (origin, ids) => ({
  client_bundle_upload_url: `${origin}/storage/client?X-Signature=a%2Fb%3D&e=1`,
  server_bundle_upload_url: `${origin}/storage/server?X-Signature=c+d`,
  workflow_block_bundle_upload_urls: Object.fromEntries(ids.map((id) => [id, `${origin}/storage/block/${id}?s=1`])),
})

const released = {created_at: "2026-01-01T00:00:00.000Z", released_at: null, is_published: false, num_installations: 3}

const routes = [
  ["GET", /^\/oidc\/authorize$/, () => ({})],
  ["POST", /^\/oidc\/token$/, () => token],
  ["GET", /^\/api\/auth\/whoami$/, () => ({user: {id: "u1", email_address: "ada@example.com", name: {full: "Ada Lovelace"}}})],
  ["GET", /^\/api\/apps\/by-slug\//, () => ({app: {app_id: app, title: "My App"}})],
  ["GET", /\/prod-versions$/, () => ({
    app_prod_versions: [
      {major: 2, minor: 4, publication_status: "private", ...released},
      {major: 1, minor: 9, publication_status: "published", ...released},
    ],
  })],
  ["POST", /\/prod-versions$/, (origin, {workflow_block_ids: ids}) => ({app_id: app, major: 2, minor: 5, app_prod_version_bundle_id: bundle, ...uploads(origin, ids)})],
  ["POST", /\/complete$/, () => ({success: true})],
  ["GET", /^\/api\/dev-workspaces$/, () => ({workspaces: [{workspace_id: workspace, slug: "acme", name: "Acme", logo_url: null}]})],
  ["POST", /\/dev-versions$/, () => ({app_id: app, app_dev_version_id: version})],
  ["POST", /\/bundles$/, (origin, {workflow_block_ids: ids}) => ({app_dev_version_id: version, app_dev_version_bundle_id: bundle, ...uploads(origin, ids)})],
  ["GET", /\/dev-installation$/, () => ({app_id: app, workspace_id: workspace})],
  ["POST", /\/ably\/auth$/, (origin, {token_params: {capability}}) => ({token: "log-token", issued: Date.now(), expires: Date.now() + 3600e3, capability, clientId: "client-1"})],
  ["PUT", /^\/storage\//, () => ({})],
]

// What the log service answers to a frame of the client's (Ably's protocol, version 6).
function replies(frame) {
  const {action, channel, msgSerial = 0} = frame
  if (action === 10) return [{action: 11, channel, flags: 0, channelSerial: "s1"}]
  if (action === 14) return [{action: 1, msgSerial, count: 1}]
  if (action === 12) return [{action: 13, channel}]
  if (action === 7) return [{action: 8}]
  return []
}

const connected = {
  action: 4,
  connectionId: "c1",
  connectionKey: "k1",
  connectionDetails: {clientId: "client-1", connectionKey: "k1", maxMessageSize: 65536, maxInboundRate: 250, maxFrameSize: 262144, connectionStateTtl: 120000, maxIdleInterval: 15000, serverId: "s"},
}

export class Recorder {
  requests = [] // {method, path, query, headers, body}
  frames = [] // of the log service
  waiting = []
  meddle = () => false // sees each request first; true: it has answered

  async start() {
    const {WebSocketServer} = require("ws")
    const msgpack = require("@ably/msgpack-js")
    this.server = http.createServer((request, response) => this.answer(request, response))
    const sockets = new WebSocketServer({server: this.server})
    sockets.on("connection", (socket, request) => {
      const binary = new URL(request.url, "http://x").searchParams.get("format") === "msgpack"
      const send = (frame) => socket.send(binary ? msgpack.encode(frame) : JSON.stringify(frame))
      this.keep({method: "WEBSOCKET", ...this.partsOf(request), body: ""})
      send(connected)
      socket.on("error", () => {})
      socket.on("message", (data) => {
        const frame = binary ? msgpack.decode(data) : JSON.parse(data)
        this.frames.push(frame)
        this.wake()
        for (const one of replies(frame)) send(one)
      })
    })
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.origin = `http://127.0.0.1:${this.server.address().port}`
    return this
  }

  partsOf({url, headers}) {
    const [file, query = ""] = url.split("?")
    return {path: file, query, headers}
  }

  keep(one) {
    this.requests.push(one)
    this.wake()
  }

  answer(request, response) {
    const chunks = []
    request.on("data", (chunk) => chunks.push(chunk))
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString()
      const one = {method: request.method, ...this.partsOf(request), body}
      this.keep(one)
      if (this.meddle(one, response)) return
      const route = routes.find(([method, pattern]) => method === one.method && pattern.test(one.path))
      const json = route?.[2](this.origin, request.headers["content-type"] === "application/json" && body ? JSON.parse(body) : {})
      response.writeHead(route ? 200 : 404, {"content-type": "application/json"})
      response.end(JSON.stringify(json ?? {message: "nothing is here"}))
    })
  }

  wake() {
    for (const look of [...this.waiting]) look()
  }

  // Until what has come satisfies the test; a limit of time ends a test that waits for nothing.
  until(test, what) {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`never came: ${what}; came: ${this.requests.map(({method, path}) => `${method} ${path}`).join(", ")}`)), patience)
      const look = () => {
        if (!test(this)) return
        clearTimeout(timer)
        this.waiting = this.waiting.filter((one) => one !== look)
        done()
      }
      this.waiting.push(look)
      look()
    })
  }

  // What came since the last time.
  take() {
    const {requests, frames} = this
    this.requests = []
    this.frames = []
    return {requests, frames}
  }

  stop() {
    this.server.closeAllConnections()
    this.server.close()
  }
}

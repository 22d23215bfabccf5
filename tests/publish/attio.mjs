// A server that plays Attio's developer API and its storage, with a memory: what was begun, uploaded and
// completed can be asked afterwards. `meddle` sees each request before it is taken and may answer in its
// place.
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import http from "node:http"
import http2 from "node:http2"
import path from "node:path"

export const token = "pl4nted-token"
export const signature = "pl4nted-signature"

const appId = "6d2f8e0a-5a1f-4f0e-8d21-0a1b2c3d4e5f"

export class Attio {
  seen = [] // "GET /api/...", in the order of coming
  drafts = [] // {major, minor, uploads: {name: bytes}, complete: times}
  connections = 0
  protocols = new Set()
  meddle = () => undefined

  async start() {
    return this.#listen(http.createServer(this.#serve))
  }

  // HTTP/2 over TLS, for who speaks it.
  async startSecure(folder) {
    const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")]
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", cert], {stdio: "pipe"})
    this.ca = cert
    const pem = {key: fs.readFileSync(key), cert: fs.readFileSync(cert)}
    return this.#listen(http2.createSecureServer({...pem, allowHTTP1: true}, this.#serve), "https://localhost")
  }

  async #listen(server, origin = "http://127.0.0.1") {
    this.server = server
    const event = origin.startsWith("https") ? "secureConnection" : "connection"
    server.on(event, () => this.connections++)
    server.on("sessionError", () => {})
    await new Promise((done) => server.listen(0, "127.0.0.1", done))
    this.origin = `${origin}:${server.address().port}`
    return this
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections?.()
  }

  get env() {
    return {ATTIO_API_URL: `${this.origin}/api`, ATTIO_TOKEN: token}
  }

  get published() {
    return this.drafts.filter((one) => one.complete > 0).map(({major, minor}) => `${major}.${minor}`)
  }

  #serve = async (request, response) => {
    const chunks = []
    request.on("error", () => {})
    response.on("error", () => {})
    for await (const chunk of request) chunks.push(chunk)
    const what = `${request.method} ${request.url}`
    this.seen.push(what)
    this.protocols.add(request.httpVersion)
    const act = () => this.#answer(request, Buffer.concat(chunks))
    const answer = (await this.meddle(what, this.seen.length, act, response)) ?? act()
    if (answer === "nothing") return
    response.writeHead(answer.status ?? 200, {"Content-Type": "application/json"})
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body))
  }

  #answer(request, body) {
    const {pathname, searchParams} = new URL(request.url, this.origin)
    const refused = (status, message) => ({status, body: {message}})
    if (pathname.startsWith("/up/")) return this.#store(pathname, searchParams, request, body)
    if (request.headers.authorization !== `Bearer ${token}`) return refused(401, "who are you")
    if (request.headers["x-attio-platform"] !== "developer-cli") return refused(400, "not a platform")
    if (request.headers["content-type"] !== "application/json") return refused(400, "no type")
    if (pathname === "/api/apps/by-slug/my-app") return {body: {app: {app_id: appId, title: "My App"}}}
    const rest = pathname.slice(`/api/apps/${appId}/prod-versions`.length)
    if (rest === "") return request.method === "GET" ? this.#list() : this.#begin(JSON.parse(body))
    return this.#complete(rest)
  }

  #list() {
    const of = ({major, minor}) => ({
      major,
      minor,
      created_at: "2026-01-01T00:00:00Z",
      is_published: false,
      num_installations: 0,
      publication_status: "private",
    })
    return {body: {app_prod_versions: this.drafts.filter((one) => one.complete > 0).map(of)}}
  }

  #begin({major, workflow_block_ids: blocks}) {
    const draft = {major, minor: this.drafts.length, blocks, uploads: {}, complete: 0}
    const url = (name) => `${this.origin}/up/${draft.minor}/${name}?sig=${signature}`
    this.drafts.push(draft)
    return {
      body: {
        app_id: appId,
        major,
        minor: draft.minor,
        app_prod_version_bundle_id: `b-${draft.minor}`,
        client_bundle_upload_url: url("client"),
        server_bundle_upload_url: url("server"),
        workflow_block_bundle_upload_urls: Object.fromEntries(blocks.map((id) => [id, url(`block-${id}`)])),
      },
    }
  }

  #store(pathname, query, request, body) {
    const [, , minor, name] = pathname.split("/")
    if (query.get("sig") !== signature || request.headers.authorization) return {status: 403, body: ""}
    if (request.headers["content-type"] !== "text/javascript") return {status: 400, body: ""}
    this.drafts[minor].uploads[name] = body.toString()
    return {body: ""}
  }

  #complete(rest) {
    const [, minor] = /^\/\d+\/(\d+)\/bundles\/b-\1\/complete$/.exec(rest) ?? []
    const draft = this.drafts[minor]
    if (!draft) return {status: 404, body: {message: "no such bundle"}}
    const wanted = ["client", "server", ...draft.blocks.map((id) => `block-${id}`)]
    if (!wanted.every((name) => name in draft.uploads)) return {status: 400, body: {message: "a bundle is missing"}}
    draft.complete++
    return {body: {success: true}}
  }
}

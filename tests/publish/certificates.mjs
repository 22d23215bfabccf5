// Servers whose certificate is not to be trusted, made as the test runs: whatever is asked of them, nothing is
// sent, the command ends at once with exit code 6 and says why and what to do.
import {execFileSync, spawn} from "node:child_process"
import fs from "node:fs"
import https from "node:https"
import path from "node:path"
import {Attio, token} from "./attio.mjs"
import {makeApp} from "./deploy.mjs"

const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
const authority = `[ca]
default_ca = own
[own]
new_certs_dir = .
database = index
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
rand_serial = yes
unique_subject = no
[any]
commonName = supplied
`

// What is wrong with each, and the advice.
const wrong = {
  "not begun": {from: "20400101000000Z", to: "20410101000000Z", fix: /clock/},
  expired: {from: "20200101000000Z", to: "20200201000000Z", fix: /clock.*renew/},
  "another name": {name: "other.example", fix: /address is right.*another one/},
  "another authority": {trust: false, fix: /--cacert FILE/},
  "signed by itself": {alone: true, fix: /--cacert FILE/},
  "an old protocol": {tls: {minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0"}, fix: /address is right/},
}

function makeAuthority(folder) {
  const openssl = (...args) => execFileSync("openssl", args, {cwd: folder, stdio: "pipe"})
  fs.writeFileSync(path.join(folder, "ca.cnf"), authority)
  fs.writeFileSync(path.join(folder, "index"), "")
  openssl("req", "-x509", ...curve, "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.pem", "-addext", "basicConstraints=critical,CA:TRUE")
  const read = (name) => fs.readFileSync(path.join(folder, name))
  return (name, {from = "20200101000000Z", to = "20991231235959Z", alone = false, name: host = "localhost"} = {}) => {
    const file = name.replace(/\W/g, "-")
    const words = [...curve, "-subj", "/CN=x", "-keyout", `${file}.key`]
    if (alone) {
      openssl("req", "-x509", ...words, "-days", "2", "-out", `${file}.pem`, "-addext", `subjectAltName=DNS:${host}`)
    } else {
      openssl("req", ...words, "-out", `${file}.csr`)
      fs.writeFileSync(path.join(folder, `${file}.ext`), `subjectAltName=DNS:${host}\n`)
      openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-in", `${file}.csr`, "-out", `${file}.pem`, "-extfile", `${file}.ext`, "-startdate", from, "-enddate", to)
    }
    return {key: read(`${file}.key`), cert: read(`${file}.pem`)}
  }
}

// Counts what has come: nothing may.
async function listen(options) {
  const seen = []
  const server = https.createServer(options, (request, response) => (seen.push(request.url), response.end("{}")))
  server.on("upgrade", (request, socket) => (seen.push(request.url), socket.destroy()))
  server.on("tlsClientError", () => {})
  await new Promise((done) => server.listen(0, "127.0.0.1", done))
  return {seen, server, origin: `https://localhost:${server.address().port}`}
}

function run(bench, args, env) {
  const child = spawn(bench.bin, args, {cwd: bench.app, env: {...bench.env, ATTIO_TOKEN: token, ...env}})
  const out = {stdout: "", stderr: ""}
  child.stdin.end()
  for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => (out[name] += data))
  return new Promise((done) => child.on("close", (code, signal) => done({code, signal, ...out})))
}

// The API itself, the storage of a deploy and the log service: each of them may be somebody else.
async function scene(bench, {what, kind, bad, ca}) {
  const same = (text, wanted, have) => bench.same(`${what}: ${kind.text}: ${text}`, wanted, have)
  const attio = await new Attio().start()
  const url = {api: `${attio.origin}/api`, log: attio.origin.replace("http", "ws")}
  const commands = {
    API: [["whoami"], {ATTIO_API_URL: `${bad.origin}/api`}],
    storage: [["deploy", "--allow-dirty"], {ATTIO_API_URL: url.api}],
    log: [["logs", "--workspace", "acme", "--app", "my-app"], {ATTIO_API_URL: url.api, ATTIO_REALTIME_URL: bad.origin.replace("https", "wss")}],
  }
  attio.meddle = async (request, _, act) => {
    if (/dev-workspaces/.test(request)) return {body: {workspaces: [{workspace_id: "w", slug: "acme", name: "Acme", logo_url: null}]}}
    if (/dev-installation/.test(request)) return {body: {app_id: "a", workspace_id: "w"}}
    if (/ably/.test(request)) return {body: {token: "pl4nted-log", issued: Date.now(), expires: Date.now() + 3600e3, capability: "{}", clientId: "c"}}
    if (!/^POST .*prod-versions$/.test(request)) return undefined
    const answer = act()
    answer.body.server_bundle_upload_url = `${bad.origin}/up?sig=pl4nted-signature`
    return answer
  }
  const [words, env] = commands[what]
  const trust = kind.trust === false ? [] : ["--cacert", ca]
  const {code, signal, stdout, stderr} = await run(bench, [...words, "--json", "--timeout", "20", ...trust], env)
  same(`how it ended (${stderr})`, [6, null], [code, signal])
  const document = JSON.parse(stdout.trim().split("\n").at(-1))
  same("the message", true, document.error.message.startsWith(`no trusted TLS connection to \`${bad.origin.slice(8)}\``))
  same("the cause", true, document.error.why !== undefined && document.error.why !== "")
  same(`the advice: ${document.error.fix}`, true, kind.fix.test(document.error.fix) && (what !== "storage" || /begun but not published/.test(document.error.fix)))
  same("what was sent", [], bad.seen)
  same("what is published", [], attio.published)
  same("a secret is told", false, /pl4nted/.test(stdout + stderr))
  attio.stop()
}

export default {
  "certificates that are not to be trusted": async (bench) => {
    await makeApp(bench)
    const make = makeAuthority(bench.folder)
    const ca = path.join(bench.folder, "ca.pem")
    const fine = await listen(make("fine"))
    const {code, stderr} = await run(bench, ["whoami", "--cacert", ca], {ATTIO_API_URL: `${fine.origin}/api`})
    bench.same(`one that is fine (${stderr})`, [5, ["/api/auth/whoami"]], [code, fine.seen])
    fine.server.close()
    for (const [text, kind] of Object.entries(wrong)) {
      const bad = await listen({...make(text, kind), ...kind.tls})
      for (const what of ["API", "storage", "log"]) await scene(bench, {what, kind: {text, ...kind}, bad, ca})
      bad.server.close()
    }
  },
}

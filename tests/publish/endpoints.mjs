// Every endpoint that is not a deploy's, with everything that can go wrong with it: the exit code, the one
// document, how often it was asked, and that nothing secret is told.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {Recorder, app, token} from "../wire/recorder.mjs"
import {faults} from "./faults.mjs"

const own = "pl4nted-token"
const secrets = [own, token.access_token, token.refresh_token, "log-token", "pl4nted-code", "X-Signature"]

const accounts = {value: [{developer_account_id: app, slug: "me", title: "Me"}]}
const noApp = [/by-slug/, {status: 404, body: {message: "none"}}]

// `before`: what other endpoints answer here in place of the recorder's own.
const endpoints = {
  whoami: {words: ["whoami"], at: /whoami$/},
  token: {words: ["login", "--no-browser"], at: /oidc.token$/, signsIn: true},
  versions: {words: ["version", "list", "--app", "my-app"], at: /prod-versions$/},
  workspaces: {words: ["logs", "-f", "--app", "my-app"], at: /dev-workspaces$/},
  "log token": {words: ["logs", "-w", "acme", "--app", "my-app"], at: /ably.auth$/},
  "dev version": {words: ["dev", "--remote", "--no-check", "-w", "acme", "--app", "my-app"], at: /dev-versions$/},
  accounts: {words: ["link", "--app", "new-app"], at: /developer-accounts$/, before: [noApp]},
  "new app": {words: ["link", "--app", "new-app", "--yes"], at: /accounts.*apps$/, before: [noApp, [/accounts$/, {body: accounts}]]},
}

// The codes of a deploy's calls, but for what means something else here.
function codeOf(name, fault) {
  if (name === "token" && ["400", "401", "403"].includes(fault)) return 3
  if (fault === "404") return name === "versions" || name === "dev version" ? 4 : 5
  return faults[fault][1]
}

const repeated = {500: 5, "no answer": 5, cut: 5}
// A connection that was used before is tried once more, at once.
const asked = (endpoint, fault) => (fault === "429" ? 5 : /whoami|versions|workspaces|accounts/.test(endpoint) && endpoint !== "dev version" ? (repeated[fault] ?? 1) : 1)

function send(response, {status = 200, body}) {
  response.writeHead(status, {"Content-Type": "application/json"})
  response.end(typeof body === "string" ? body : JSON.stringify(body))
}

async function serve({at, before = []}, fault, seen) {
  const recorder = await new Recorder().start()
  recorder.meddle = ({path: file}, response) => {
    response.socket.on("error", () => {})
    response.on("error", () => {})
    const other = before.find(([pattern]) => pattern.test(file))
    if (!at.test(file)) return other !== undefined && (send(response, other[1]), true)
    seen.count++
    const what = faults[fault][0]
    if (typeof what === "function") what(response)
    else send(response, what)
    return true
  }
  return recorder
}

// The browser, as far as it matters.
function goBack(child, text) {
  const url = /open: +(http\S+)/.exec(text)?.[1]
  if (!url || child.went) return
  child.went = true
  const {redirect_uri: back, state} = Object.fromEntries(new URL(url).searchParams)
  fetch(`${back.replace("localhost", "127.0.0.1")}/?code=pl4nted-code&state=${state}`).catch(() => {})
}

function run(bench, home, {words, signsIn}, origin) {
  const env = {...bench.env, HOME: home, ATTIO_API_URL: `${origin}/api`, ATTIO_REALTIME_URL: origin.replace("http", "ws"), ...(signsIn ? {} : {ATTIO_TOKEN: own})}
  const child = spawn(bench.bin, [...words, "--json", "-v", "--timeout", "5"], {cwd: bench.app, env})
  const out = {stdout: "", stderr: ""}
  child.stdin.end()
  child.stdout.on("data", (data) => (out.stdout += data))
  child.stderr.on("data", (data) => {
    out.stderr += data
    if (signsIn) goBack(child, out.stderr)
  })
  return new Promise((done) => child.on("close", (code, signal) => done({code, signal, ...out})))
}

async function scene(bench, name, fault) {
  const seen = {count: 0}
  const recorder = await serve(endpoints[name], fault, seen)
  const home = path.join(bench.folder, `${name} ${fault}`.replace(/\W/g, "-"))
  fs.mkdirSync(home)
  const {code, signal, stdout, stderr} = await run(bench, home, endpoints[name], recorder.origin)
  recorder.stop()
  const same = (what, wanted, have) => bench.same(`${name}: ${fault}: ${what} (${stderr})`, wanted, have)
  same("how it ended", [codeOf(name, fault), null], [code, signal])
  const document = JSON.parse(stdout.trim().split("\n").at(-1))
  same("the document", [false, code], [document.ok, document.exit])
  same("what to do", true, document.error.fix !== undefined && document.error.fix !== "")
  // The log is tried a few times as a whole.
  if (name !== "log token" || document.error.kind !== "network") same("how often it was asked for", true, seen.count >= asked(name, fault) && seen.count <= asked(name, fault) + 1)
  for (const secret of secrets) same(`${secret} is told`, false, (stdout + stderr).includes(secret))
  same("what is stored", [], fs.readdirSync(home, {recursive: true}).filter((file) => /credential/.test(file)))
}

export default {
  "every endpoint, every failure": async (bench) => {
    bench.write({"package.json": "{}", "src/app.ts": "export const app = {}\n"})
    bench.linkSdk()
    const left = Object.keys(endpoints).flatMap((name) => Object.keys(faults).map((fault) => [name, fault]))
    const work = async () => {
      while (left.length > 0) await scene(bench, ...left.shift())
    }
    await Promise.all([work(), work(), work(), work()])
  },
}

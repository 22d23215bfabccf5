// Each credential goes to the server that it is for, and nowhere else: every command that signs requests, led to
// Attio and to two others, signed in at some of them, with tokens that are good, have ended, or are refused; and
// the servers send elsewhere.
import {spawn} from "node:child_process"
import fs from "node:fs"
import http from "node:http"
import path from "node:path"
import {playAttio} from "../runner/attio_names.mjs"
import {makeApp} from "./deploy.mjs"

const commands = [
  ["whoami"],
  ["login", "--json", "--no-input"],
  ["login", "--export", "../exported.json", "--no-input"],
  ["doctor", "--online"],
  ["version", "list"],
  ["version", "show", "1.0"],
  ["link", "--yes"],
  ["deploy", "--dry-run"],
  ["deploy", "--plan"],
  ["deploy"],
  ["logs", "--workspace", "acme"],
  ["dev", "--workspace", "acme", "--port", "0"],
]

const user = {id: "u1", email_address: "ada@example.com", name: {full: "Ada Lovelace"}}

// Plays one of the servers and keeps all that comes. `moved`: where it sends everything on to.
class Server {
  seen = []
  constructor(name) {
    this.name = name
    this.count = 0
  }

  answer = async (request, response) => {
    let body = ""
    for await (const chunk of request) body += chunk
    this.seen.push(`${request.method} ${request.url} ${JSON.stringify(request.rawHeaders)} ${body}`)
    const say = (status, value) => response.writeHead(status, {"content-type": "application/json"}).end(JSON.stringify(value))
    if (this.moved) return response.writeHead(307, {location: this.moved + request.url}).end()
    if (request.url === "/oidc/token") {
      if (this.refuses === "all") return say(400, {error: "invalid_grant"})
      const token = `${this.name}-SECRET-new-${++this.count}`
      return say(200, {access_token: token, refresh_token: `${token}-refresh`, token_type: "Bearer", expires_in: 3600})
    }
    if (this.refuses && !/SECRET-new/.test(request.headers.authorization ?? "")) return say(401, {message: "no"})
    if (request.url === "/api/auth/whoami") return say(200, {user})
    if (request.url.includes("/by-slug/")) return say(200, {app: {app_id: "a-1", title: "My App"}})
    if (request.method === "GET" && request.url.endsWith("/prod-versions")) return say(200, {app_prod_versions: []})
    say(404, {message: "not here"})
  }

  async listen() {
    this.server = http.createServer(this.answer)
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.url = `http://127.0.0.1:${this.server.address().port}`
    return this
  }

  stop() {
    this.server?.close()
    this.server?.closeAllConnections()
  }
}

const fileOf = (server) => (server.url ? `${server.url.replace("://", "-")}.json` : "credential.json")

class World {
  async open(bench, {ended = false, signedIn}) {
    this.bench = bench
    this.home = fs.mkdtempSync(path.join(bench.folder, "home-"))
    this.servers = {attio: new Server("attio"), local: await new Server("local").listen(), third: await new Server("third").listen()}
    this.names = await playAttio(this.home, this.servers.attio.answer)
    const config = path.join(this.home, ".config/attio")
    fs.mkdirSync(config, {recursive: true, mode: 0o700})
    for (const name of signedIn) {
      const token = {access_token: `${name}-SECRET-old`, refresh_token: `${name}-SECRET-old-refresh`, token_type: "Bearer"}
      const text = JSON.stringify({...token, expires_at: ended ? 1000 : Date.now() + 3600_000})
      fs.writeFileSync(path.join(config, fileOf(this.servers[name])), text, {mode: 0o600})
    }
    return this
  }

  close() {
    this.names.close()
    for (const server of Object.values(this.servers)) server.stop()
  }

  run(words, env, input) {
    for (const server of Object.values(this.servers)) server.seen = []
    const all = {...this.bench.env, HOME: this.home, ...this.names.env, ...env}
    const child = spawn(this.bench.bin, words, {cwd: this.bench.app, env: all, stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"]})
    child.stdin?.on("error", () => {}).end(input) // it may be refused before it is read
    let text = ""
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data))
    return new Promise((done) => child.on("close", (code, signal) => done({code: code ?? signal, text})))
  }

  // What came where it must not; "" where all is right.
  strays() {
    const found = []
    for (const [name, server] of Object.entries(this.servers))
      for (const line of server.seen) for (const [secret, owner] of line.matchAll(/(\w+)-SECRET[\w-]*/g)) if (owner !== name) found.push(`${secret} came to ${name}`)
    return found.join("; ")
  }

  signed(name) {
    return this.servers[name].seen.some((line) => line.includes(`${name}-SECRET`))
  }
}

const all = ["attio", "local", "third"]
const envs = (world) => ({
  attio: {},
  local: {ATTIO_API_URL: `${world.servers.local.url}/api`},
  third: {ATTIO_API_URL: `${world.servers.third.url}/api`},
})

async function withWorld(bench, options, act) {
  if (!fs.existsSync(bench.app)) await makeApp(bench)
  const world = await new World().open(bench, options)
  try {
    await act(world)
  } finally {
    world.close()
  }
}

// Every command at every address, in a world of that kind.
async function sweep(bench, what, options, prepare, look) {
  for (const words of commands)
    for (const name of all)
      await withWorld(bench, options, async (world) => {
        prepare?.(world, name)
        const {code, text} = await world.run(words, envs(world)[name])
        const title = `${what}: attio ${words.join(" ")} at ${name}`
        bench.same(`${title}\n${text}`, "", world.strays())
        bench.same(`${title}: a secret is told`, false, text.includes("SECRET"))
        look(world, name, code, title, text)
      })
}

// What `login --export` writes at that address, with what the test changes in it.
async function exportAt(bench, world, name, change = {}) {
  const file = path.join(world.home, `${name}.json`)
  const {code, text} = await world.run(["login", "--export", file, "--no-input"], envs(world)[name])
  bench.same(`export at ${name}\n${text}`, 0, code)
  const credential = {...JSON.parse(fs.readFileSync(file, "utf8")), ...change}
  fs.writeFileSync(file, JSON.stringify(credential), {mode: 0o600})
  return {file, credential}
}

const originOf = (world, name) => world.servers[name].url ?? "https://build.attio.com"

// Nothing of it was sent, and both addresses are told.
function mustRefuse(bench, world, title, {code, text}, owner, asked) {
  bench.same(`${title}\n${text}`, "", world.strays())
  bench.same(`${title}: a secret is told`, false, text.includes("SECRET"))
  bench.same(`${title}\n${text}`, [3, true, true], [code, text.includes(originOf(world, owner)), text.includes(originOf(world, asked))])
}

const mustSign = (bench) => (world, name, code, title, text) => bench.same(`${title}: its own came\n${text}`, true, world.signed(name))

export default {
  "a good one goes to its server alone": (bench) => sweep(bench, "good", {signedIn: all}, undefined, mustSign(bench)),
  "one that has ended is renewed at its server alone": (bench) => sweep(bench, "ended", {signedIn: all, ended: true}, undefined, mustSign(bench)),
  "one that is refused, too": (bench) =>
    sweep(bench, "refused", {signedIn: all}, (world) => Object.values(world.servers).forEach((one) => (one.refuses = "all")), mustSign(bench)),
  "a server that sends elsewhere gets nobody's token there": (bench) =>
    sweep(
      bench,
      "moved",
      {signedIn: all},
      (world, name) => (world.servers[name].moved = world.servers[name === "third" ? "local" : "third"].url),
      (world, name, code, title) => bench.same(`${title}: who is behind`, 0, world.servers[name === "third" ? "local" : "third"].seen.length),
    ),
  "who is signed in elsewhere is not signed in here": async (bench) => {
    for (const here of all) {
      const signedIn = all.filter((one) => one !== here)
      for (const ended of [false, true])
        for (const words of commands)
          await withWorld(bench, {signedIn, ended}, async (world) => {
            const {code, text} = await world.run(words, envs(world)[here])
            const title = `attio ${words.join(" ")} at ${here}, signed in elsewhere`
            bench.same(`${title}\n${text}`, "", world.strays())
            if (words[0] !== "doctor") bench.same(`${title}\n${text}`, words[0] === "login" ? 7 : 3, code)
          })
    }
  },
  "the identity alone at another address is another place, too": async (bench) => {
    for (const words of [["whoami"], ["version", "list"], ["deploy", "--plan"]])
      for (const ended of [false, true])
        await withWorld(bench, {signedIn: all, ended}, async (world) => {
          for (const env of [{}, envs(world).local]) {
            const {code, text} = await world.run(words, {...env, ATTIO_APP_URL: world.servers.third.url})
            bench.same(`attio ${words.join(" ")}\n${text}`, ["", 3], [world.strays(), code])
          }
        })
  },
  "signing in and out here leaves the others alone": async (bench) => {
    for (const here of all)
      await withWorld(bench, {signedIn: all}, async (world) => {
        const config = path.join(world.home, ".config/attio")
        const before = Object.fromEntries(all.map((name) => [name, fs.readFileSync(path.join(config, fileOf(world.servers[name])), "utf8")]))
        const look = (name) => (fs.existsSync(path.join(config, fileOf(world.servers[name]))) ? fs.readFileSync(path.join(config, fileOf(world.servers[name])), "utf8") : "")
        const env = envs(world)[here]
        bench.same(`${here}: logout`, 0, (await world.run(["logout"], env)).code)
        for (const name of all) bench.same(`${here}: ${name} after logout`, name === here ? "" : before[name], look(name))
        bench.same(`${here}: whoami`, 3, (await world.run(["whoami"], env)).code)
        for (const name of all.filter((one) => one !== here)) bench.same(`${here}: whoami at ${name}`, 0, (await world.run(["whoami"], envs(world)[name])).code)
      })
  },
  "an exported one goes to its own address alone": async (bench) => {
    for (const owner of all)
      for (const change of [{}, {expires_at: 1000}])
        for (const words of commands.filter((words) => words[0] !== "login" || words.includes("--export")))
          await withWorld(bench, {signedIn: [owner]}, async (world) => {
            const {file, credential} = await exportAt(bench, world, owner, change)
            for (const asked of all) {
              const env = {...envs(world)[asked], ...(asked === "local" ? {ATTIO_TOKEN: fs.readFileSync(file, "utf8")} : {ATTIO_TOKEN_FILE: file})}
              const title = `attio ${words.join(" ")} at ${asked} with what ${owner} gave, until ${credential.expires_at}`
              const ran = await world.run(words, env)
              if (asked === owner) bench.same(`${title}\n${ran.text}`, ["", true], [world.strays(), world.signed(owner)])
              else if (words[0] !== "doctor") mustRefuse(bench, world, title, ran, owner, asked)
              else bench.same(`${title}\n${ran.text}`, ["", true], [world.strays(), ran.text.includes("for another address")])
              bench.same(`${title}: whose the file is`, originOf(world, owner), JSON.parse(fs.readFileSync(file, "utf8")).platform)
            }
          })
  },
  "an exported one that is piped in, too, and what is stored has the official form": async (bench) => {
    for (const owner of all)
      for (const asked of all)
        await withWorld(bench, {signedIn: [owner]}, async (world) => {
          const {credential} = await exportAt(bench, world, owner)
          const stored = path.join(world.home, ".config/attio", fileOf(world.servers[asked]))
          fs.rmSync(stored, {force: true})
          const ran = await world.run(["login", "--token-stdin"], envs(world)[asked], JSON.stringify(credential))
          if (asked !== owner) mustRefuse(bench, world, `login --token-stdin at ${asked}, from ${owner}`, ran, owner, asked)
          const members = fs.existsSync(stored) ? Object.keys(JSON.parse(fs.readFileSync(stored, "utf8"))) : []
          bench.same(ran.text, asked === owner ? ["access_token", "refresh_token", "token_type", "expires_at"] : [], members)
        })
  },
  "an exported one and the identity at another address": async (bench) => {
    await withWorld(bench, {signedIn: all}, async (world) => {
      for (const owner of ["attio", "local"]) {
        const {file} = await exportAt(bench, world, owner, {expires_at: 1000})
        const env = {...envs(world)[owner], ATTIO_APP_URL: world.servers.third.url, ATTIO_TOKEN_FILE: file}
        mustRefuse(bench, world, `identity of ${owner} at third`, await world.run(["whoami"], env), owner, "third")
      }
    })
  },
  "one that does not say whose it is goes where the environment says": async (bench) => {
    for (const asked of all)
      for (const platform of [undefined, null])
        await withWorld(bench, {signedIn: [asked]}, async (world) => {
          const {file} = await exportAt(bench, world, asked, {platform})
          const {code, text} = await world.run(["whoami"], {...envs(world)[asked], ATTIO_TOKEN_FILE: file})
          bench.same(`${asked}: ${text}`, ["", true, 0], [world.strays(), world.signed(asked), code])
        })
  },
  "a token that the environment names goes where the environment says": async (bench) => {
    for (const name of all)
      await withWorld(bench, {signedIn: all}, async (world) => {
        const file = path.join(world.home, "given")
        fs.writeFileSync(file, `${name}-SECRET-of-file`, {mode: 0o600})
        for (const given of [{ATTIO_TOKEN: `${name}-SECRET-given`}, {ATTIO_TOKEN_FILE: file}]) {
          const {code, text} = await world.run(["whoami"], {...envs(world)[name], ...given})
          bench.same(`${name}: ${text}`, ["", true, 0], [world.strays(), world.signed(name), code])
        }
      })
  },
}

// `attio dev` in a test: started in an app's folder, waited for by what it says and never by the
// clock, driven by the commands and over HTTP, and gone at the end with all its processes.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {run} from "../probes/probe.mjs"
import {request} from "./alc.mjs"

const patience = 30000 // ms for anything that must come; only reached by what is broken
export const alcOrigin = "https://api.acmeleadchecker.ai"
const running = new Set()

process.on("exit", () => {
  for (const dev of running) dev.killAll()
})

export async function within(what, promise, ms = patience) {
  let timer
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what}: nothing within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

// The processes of a group that live, by number; those that wait to be asked about are dead.
export function groupMembers(group) {
  if (!fs.existsSync("/proc/self/stat")) {
    try {
      process.kill(-group, 0)
      return [group]
    } catch {
      return []
    }
  }
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8")
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      return Number(pgrp) === group && state !== "Z"
    } catch {
      return false // gone meanwhile
    }
  })
}

// Whether a process lives, whichever group it has put itself in.
export function lives(pid) {
  try {
    if (fs.existsSync("/proc/self/stat")) {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8")
      return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z"
    }
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export async function until(what, check, ms = patience) {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    const value = await check()
    if (value) return value
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error(`${what}: not within ${ms} ms`)
}

export class Dev {
  lines = [] // all events of its stdout
  text = {stdout: "", stderr: ""}
  #waiting = []

  // `options`: {args, alc, env, eager}; with `alc` its origin is routed to that server.
  constructor(bench, {args = [], alc, routes = {}, env = {}} = {}, command = ["dev", "--json", "--port", "0"]) {
    this.bench = bench
    const all = {...routes, ...(alc && {[alcOrigin]: alc.url})}
    const words = Object.entries(all).flatMap(([from, to]) => ["--route", `${from}=${to}`])
    this.child = spawn(bench.bin, [...command, ...words, ...args], {
      cwd: bench.app,
      env: {...bench.env, ...env},
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a group of its own, in which nobody may be left
    })
    running.add(this)
    let rest = ""
    this.child.stdout.setEncoding("utf8").on("data", (text) => {
      this.text.stdout += text
      const lines = (rest + text).split("\n")
      rest = lines.pop()
      for (const line of lines) this.#take(line)
    })
    this.child.stderr.setEncoding("utf8").on("data", (text) => (this.text.stderr += text))
    this.ended = new Promise((done) => {
      this.child.on("close", (code, signal) => {
        this.code = code ?? signal
        for (const {fail} of this.#waiting) fail(this.trouble(`ended with ${this.code}`))
        done(this.code)
      })
    })
  }

  #take(line) {
    if (line === "") return
    let event
    try {
      event = JSON.parse(line)
    } catch {
      event = {event: "no JSON", line}
    }
    this.lines.push(event)
    const fits = ({matches}) => matches(event)
    for (const one of this.#waiting.filter(fits)) one.done(event)
    this.#waiting = this.#waiting.filter((one) => !fits(one))
  }

  trouble(what) {
    return new Error(`attio dev: ${what}\n${this.text.stdout.slice(-2000)}${this.text.stderr}`)
  }

  // The next event of a kind after the first `from` ones.
  event(kind, matches = () => true, from = 0) {
    const fits = (event) => event.event === kind && matches(event)
    const found = this.lines.slice(from).find(fits)
    if (found) return Promise.resolve(found)
    if (this.code !== undefined) return Promise.reject(this.trouble(`ended with ${this.code}`))
    const coming = new Promise((done, fail) => this.#waiting.push({matches: fits, done, fail}))
    return within(`event ${kind}`, coming).catch((error) => {
      throw this.trouble(error.message)
    })
  }

  async ready() {
    const {url} = await this.event("ready")
    this.url = url
    this.runFile = path.join(this.bench.app, ".attio/local/run.json")
    Object.assign(this, JSON.parse(fs.readFileSync(this.runFile, "utf8")))
    this.url = url
    return this
  }

  // A command with --json: {code, ...the document}.
  attio(...args) {
    return this.bench.json(...args)
  }

  // The control API.
  api(method, where, body) {
    return this.http(method, `/__attio/api${where}`, {token: this.secret, body})
  }

  rest(method, where, body, token = this.api_token) {
    return this.http(method, where, {token, body})
  }

  async http(method, where, {token, body, headers = {}} = {}) {
    const answer = await request(method, new URL(where, this.url), {
      headers: {
        ...(token && {Authorization: `Bearer ${token}`}),
        ...(body !== undefined && {"Content-Type": "application/json"}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    try {
      answer.json = JSON.parse(answer.text)
    } catch {
      answer.json = undefined
    }
    return answer
  }

  hostPid() {
    return this.api("GET", "/status").then(({json}) => json?.host?.pid)
  }

  // As Ctrl-C does it. Nothing may be left.
  async stop(signal = "SIGINT") {
    if (this.code !== undefined) throw this.trouble(`had ended with ${this.code}`)
    const host = this.url && (await this.hostPid())
    this.child.kill(signal)
    await within("the end of attio dev", this.ended).catch(() => {
      throw this.trouble(`does not end on ${signal}`)
    })
    const {bench} = this
    bench.same("exit code of attio dev", true, [0, 130].includes(this.code))
    bench.same("run file after the end", false, fs.existsSync(this.runFile ?? ""))
    await this.nobodyLeft(host)
  }

  async nobodyLeft(...more) {
    const {pid} = this.child
    const left = () => [...groupMembers(pid), ...more.filter((one) => one && lives(one))]
    await until("the end of its processes", () => left().length === 0, 5000).catch(() => {
      this.bench.wrong(`processes are left: ${left()}`)
    })
    running.delete(this)
  }

  killAll() {
    try {
      process.kill(-this.child.pid, "SIGKILL")
    } catch {
      // they are gone
    }
    running.delete(this)
  }
}

// Starts, gives the platform to `use`, and stops it whatever happens.
export async function withDev(bench, options, use) {
  const dev = new Dev(bench, options)
  try {
    await dev.ready()
    await use(dev)
    await dev.stop()
  } finally {
    if (dev.code === undefined) dev.killAll()
  }
  return dev
}

// The exit code and the document of a command, when it is wanted that it fails.
export async function command(bench, ...args) {
  const {code, stdout, stderr} = await run(bench.bin, args, {cwd: bench.app, env: bench.env})
  return {code, stdout, stderr}
}

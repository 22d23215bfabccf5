// The official CLI of the SDK package as a program, led to a local platform.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {root, sdkModules} from "../../probes/probe.mjs"
import {within} from "../dev.mjs"

const entry = path.join(sdkModules, "attio/dist/cli/index.js")
const here = path.join(root, "tests/platform/official")
const running = new Set()

process.on("exit", () => {
  for (const one of running) one.kill("SIGKILL")
})

export const isInstalled = () => fs.existsSync(entry) && fs.existsSync(path.join(sdkModules, "ably"))

export class Official {
  constructor(bench, dev) {
    this.bench = bench
    this.keychain = path.join(bench.folder, "keychain.json")
    this.env = {
      ...bench.env,
      OFFICIAL_ORIGIN: dev.url,
      OFFICIAL_SECRET: dev.secret,
      OFFICIAL_KEYCHAIN: this.keychain,
      BROWSER: path.join(here, "browser.mjs"),
    }
  }

  start(args, {cwd = this.bench.app} = {}) {
    const child = spawn(process.execPath, ["--require", path.join(here, "preload.cjs"), entry, ...args], {cwd, env: this.env, stdio: ["pipe", "pipe", "pipe"]})
    const one = {child, text: "", waiting: []}
    const take = (text) => {
      one.text += text
      for (const wait of one.waiting) wait()
    }
    running.add(child)
    child.stdout.setEncoding("utf8").on("data", take)
    child.stderr.setEncoding("utf8").on("data", take)
    one.ended = new Promise((done) => {
      child.on("close", (code, signal) => {
        running.delete(child)
        one.code = code ?? signal
        take("")
        done(one.code)
      })
    })
    // Until the pattern stands in what it has printed, behind what was waited for before.
    let from = 0
    one.says = (pattern) =>
      within(`attio ${args[0]} saying ${pattern}`, new Promise((done, fail) => {
        const look = () => {
          const found = one.text.slice(from).match(pattern)
          if (found) from += found.index + found[0].length
          else if (one.code === undefined) return
          one.waiting = one.waiting.filter((wait) => wait !== look)
          if (found) done(found)
          else fail(new Error(`attio ${args[0]} ended with ${one.code} and not with ${pattern}`))
        }
        one.waiting.push(look)
        look()
      })).catch((error) => {
        child.kill("SIGKILL")
        throw new Error(`${error.message}\n${one.text}`)
      })
    one.stop = () => {
      child.kill("SIGINT")
      return within(`the end of attio ${args[0]}`, one.ended)
    }
    return one
  }

  // To its end: {code, text}. `answers` are given to its prompts, one after the other.
  async run(args, {answers = [], ...options} = {}) {
    const one = this.start(args, options)
    for (const [prompt, answer] of answers) {
      await one.says(prompt)
      one.child.stdin.write(`${answer}\n`)
    }
    if (answers.length === 0) one.child.stdin.end()
    const code = await within(`attio ${args.join(" ")}`, one.ended).catch((error) => {
      one.child.kill("SIGKILL")
      throw new Error(`${error.message}\n${one.text}`)
    })
    return {code, text: one.text}
  }
}

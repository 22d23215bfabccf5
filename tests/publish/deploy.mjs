// One deploy of one app against one server, and what must be true whatever happens: nothing secret is
// told or left on the disk.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {Attio, signature, token} from "./attio.mjs"

// The process that waits for an answer may be writing.
function readIfThere(name) {
  try {
    return fs.readFileSync(name)
  } catch (error) {
    if (error.code !== "ENOENT") throw error
    return ""
  }
}

// The app is made once; each scene works on a copy.
export async function makeApp(bench, template = "minimal") {
  const {code, stderr} = await bench.attio("init", bench.app, "--app", "my-app", "--template", template, "--no-git")
  if (code !== 0) throw new Error(`init ends with ${code}\n${stderr}`)
  bench.linkSdk()
}

export class Scene {
  constructor(bench, name) {
    this.bench = bench
    this.name = name
    this.folder = path.join(bench.folder, name.replace(/\W+/g, "-"))
  }

  async open() {
    fs.cpSync(this.bench.app, this.folder, {recursive: true})
    this.attio = await new Attio().start()
    return this
  }

  close() {
    this.attio.stop()
  }

  same(what, wanted, have) {
    this.bench.same(`${this.name}: ${what}`, wanted, have)
  }

  // Runs it to its end; `this.child` is there meanwhile.
  deploy(...args) {
    return this.deployWith({}, ...args)
  }

  deployWith(more, ...args) {
    const env = {...this.bench.env, ...this.attio.env, ...more}
    const child = spawn(this.bench.bin, ["deploy", ...args], {cwd: this.folder, env})
    const out = {stdout: "", stderr: ""}
    this.child = child
    child.stdin.end()
    for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => (out[name] += data))
    return new Promise((done) => {
      child.on("close", (code, signal) => {
        this.#checkSecrets(out)
        done({code, signal, ...out})
      })
    })
  }

  get unfinished() {
    const folder = path.join(this.folder, ".attio/deploy")
    return fs.existsSync(folder) ? fs.readdirSync(folder).filter((one) => one.startsWith("unfinished-")) : []
  }

  #checkSecrets(out) {
    const told = out.stdout + out.stderr
    const own = path.join(this.folder, ".attio")
    const files = fs.existsSync(own) ? fs.readdirSync(own, {recursive: true, withFileTypes: true}) : []
    for (const secret of [token, signature]) {
      if (told.includes(secret)) this.bench.wrong(`${this.name}: ${secret} is told:\n${told}`)
      for (const file of files) {
        if (!file.isFile()) continue
        const name = path.join(file.parentPath ?? file.path, file.name)
        if (readIfThere(name).includes(secret)) this.bench.wrong(`${this.name}: ${secret} is in ${name}`)
      }
    }
  }

  // The next run ends well, with one version, and nothing is left to be remembered.
  async again(version, what = "the next run") {
    this.attio.meddle = () => undefined
    const {code, stdout, stderr} = await this.deploy()
    this.same(`${what} (${stderr})`, [0, `${version}\n`], [code, stdout])
    this.same(`${what}: what is published`, [version], this.attio.published)
    this.same(`${what}: what is remembered`, [], this.unfinished)
  }
}

// Several at a time: most of them wait.
export async function eachScene(bench, names, use) {
  const left = [...names]
  const work = async () => {
    while (left.length > 0) {
      const scene = await new Scene(bench, left.shift()).open()
      await use(scene)
      scene.close()
    }
  }
  await Promise.all([work(), work(), work(), work()])
}

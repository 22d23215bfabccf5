#!/usr/bin/env node
// A repository from somebody else: its links lead to the machine's files, and its folders hold
// programs where tools look for some. No command may show or ship what is behind such a link,
// change anything outside, or start a program of the repository.
//   hostile.mjs [--bin PATH] [WORD...]   WORD: only attempts whose name contains it
import {execFileSync, spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const words = process.argv.slice(2)
const named = words.indexOf("--bin")
const bin = path.resolve(named < 0 ? path.join(root, "build/attio") : words.splice(named, 2)[1])
const sdk = path.join(root, "tests/sdk/node_modules")
const base = fs.mkdtempSync(path.join(os.tmpdir(), "attio-hostile-"))
const CANARY = /CANARY_\w+/

const folder = "src/app/extensions/say-hello"
const imports = (specifier) =>
  `import * as hostile from "${specifier}"\nconsole.log(JSON.stringify(hostile))\n`

execFileSync(bin, ["init", path.join(base, "app"), "--no-git", "--template", "minimal"], {stdio: "ignore"})

function write(file, text) {
  fs.mkdirSync(path.dirname(file), {recursive: true})
  fs.writeFileSync(file, text)
}

// A place with an app in a repository or in none, a home, and files outside of both.
class Place {
  constructor(name, repository = true) {
    this.name = name
    this.top = fs.mkdtempSync(path.join(base, "place-"))
    this.outside = path.join(this.top, "outside")
    this.home = path.join(this.top, "home")
    this.app = path.join(this.top, "repo/apps/one")
    this.problems = []
    fs.mkdirSync(this.home)
    fs.cpSync(path.join(base, "app"), this.app, {recursive: true})
    if (repository) fs.mkdirSync(path.join(this.top, "repo/.git"))
    // A folder of its own, so that an attempt can put something into it.
    fs.mkdirSync(path.join(this.app, "node_modules"))
    for (const entry of fs.readdirSync(sdk))
      if (!entry.startsWith(".")) fs.symlinkSync(path.join(sdk, entry), path.join(this.app, "node_modules", entry))
    write(path.join(this.outside, "text"), "CANARY_text_1 = CANARY_text_2 x { {{ <CANARY_text_3\n")
    write(path.join(this.outside, "word"), "CANARY_word\n")
    write(path.join(this.outside, "good.json"), `{"name": "CANARY_name", "compilerOptions": {"CANARY_option": "CANARY_value"}}\n`)
    write(path.join(this.outside, "bad.json"), `{"name": CANARY_bad}\n`)
    write(path.join(this.outside, "good.ts"), `export const secret = "CANARY_good"; export const n: number = "CANARY_wrong"\n`)
    write(path.join(this.outside, ".env"), "TOKEN=CANARY_env\n")
    write(path.join(this.outside, "q.graphql"), "query q { CANARY_field }\n")
    write(path.join(this.outside, "baseline.json"), `{"version": CANARY_baseline}\n`)
  }

  write(name, text) {
    write(path.join(this.app, name), text)
  }

  add(name, text) {
    fs.appendFileSync(path.join(this.app, name), text)
  }

  link(name, target) {
    const file = path.join(this.app, name)
    fs.rmSync(file, {recursive: true, force: true})
    fs.mkdirSync(path.dirname(file), {recursive: true})
    fs.symlinkSync(target, file)
  }

  copyPackage(name) {
    const copy = path.join(this.app, "node_modules", name)
    fs.rmSync(copy)
    fs.cpSync(path.join(sdk, name), copy, {recursive: true})
    return this
  }

  // Names and contents of everything outside.
  state() {
    return execFileSync("bash", ["-c", "find . -printf '%p %l\\n' | sort; find . -type f | sort | xargs cat"], {cwd: this.outside}).toString()
  }

  async run(command, wrapper = [], more = {}) {
    const env = {PATH: more.PATH ?? process.env.PATH, HOME: this.home, TMPDIR: this.top, TERM: "dumb", CANARY_NAME: "CANARY_environment", ...more}
    const all = [...wrapper, bin, ...command.split(" ")]
    const child = spawn(all[0], all.slice(1), {cwd: this.app, env, stdio: ["ignore", "pipe", "pipe"], timeout: 120000})
    let text = ""
    child.stdout.on("data", (piece) => (text += piece))
    child.stderr.on("data", (piece) => (text += piece))
    return new Promise((resolve) => child.on("close", (code, signal) => resolve({code, signal, text, command})))
  }

  wrong(text) {
    this.problems.push(text)
  }

  // Nothing that a run printed or wrote holds what only lies outside.
  check({code, signal, text, command}) {
    if (signal || code > 8) this.wrong(`${command}: ends with ${signal ?? code}: ${text.slice(0, 300)}`)
    if (CANARY.test(text)) this.wrong(`${command}: shows ${text.split("\n").find((line) => CANARY.test(line))}`)
    for (const file of execFileSync("find", [".", "-type", "f", "-print"], {cwd: this.app}).toString().split("\n")) {
      if (file && CANARY.test(fs.readFileSync(path.join(this.app, file), "latin1"))) this.wrong(`${command}: ${file} holds it`)
    }
  }

  done() {
    fs.rmSync(this.top, {recursive: true, force: true})
    return this.problems
  }
}

const QUICK = ["validate --json --report sarif=r.sarif", "build"]
const READING = ["validate --baseline attio-baseline.json", "validate --fix --diff", "types", "build --json --sourcemap=inline --no-check", "deploy --local --app my-app", ...QUICK]

// [name, link, what is put into the app besides, build must fail]
const readers = [
  ["a source", `${folder}/hostile.ts`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile")), true],
  ["a source with JSX", `${folder}/hostile.tsx`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile")), true],
  ["a JavaScript source", `${folder}/hostile.mjs`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile.mjs")), true],
  ["a source that nothing imports", "src/hostile.ts", () => {}, true],
  ["a declaration file", "src/hostile.d.ts", () => {}, true],
  ["JSON", `${folder}/hostile.json`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile.json")), true],
  ["text", `${folder}/hostile.txt`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile.txt")), true],
  ["an image", `${folder}/hostile.png`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile.png")), true],
  ["a style sheet", `${folder}/hostile.css`, (p) => p.add(`${folder}/extension.ts`, `import "./hostile.css"\n`), true],
  ["a document", `${folder}/hostile.graphql`, (p) => p.add(`${folder}/extension.ts`, imports("./hostile.graphql")), true],
  ["JSON of the root", "hostile.json", (p) => p.add(`${folder}/extension.ts`, imports("../../../../hostile.json")), true],
  ["text by import attribute", "hostile", (p) => p.add(`${folder}/extension.ts`, `import hostile from "../../../../hostile" with {type: "text"}\nconsole.log(hostile)\n`), true],
  ["a server function", `${folder}/hostile.server.ts`, (p) => p.add(`${folder}/extension.ts`, `import hostile from "./hostile.server"\nconsole.log(hostile)\n`), true],
  ["a webhook", "src/app/webhooks/hostile.webhook.ts", () => {}, true],
  ["an event", "src/app/events/connection-added.event.ts", () => {}, true],
  ["an extension", "src/app/extensions/hostile/extension.ts", () => {}, true],
  ["a block", "src/app/blocks/hostile/block.ts", () => {}, true],
  ["the entry", "src/app.ts", () => {}, true],
  ["package.json", "package.json", () => {}, true],
  ["tsconfig.json", "tsconfig.json", () => {}, true],
  ["package.json among the sources", `${folder}/package.json`, () => {}, true],
  ["tsconfig.json among the sources", `${folder}/tsconfig.json`, () => {}, true],
  ["what tsconfig.json extends", "base.json", (p) => p.write("tsconfig.json", `{"extends": "./base.json", "compilerOptions": {"target": "es2022", "strict": true}, "include": ["src"]}`)],
  ["what tsconfig.json includes", "other/hostile.ts", (p) => p.write("tsconfig.json", `{"compilerOptions": {"target": "es2022", "module": "esnext", "moduleResolution": "bundler", "strict": true, "skipLibCheck": true}, "include": ["src", "other"]}`)],
  ["an environment", ".env", (p) => p.add(`${folder}/extension.ts`, "console.log(process.env.CANARI)\n")],
  ["a local environment", ".env.local", () => {}],
  ["a baseline", "attio-baseline.json", () => {}],
  ["generated declarations", ".attio/env.d.ts", () => {}],
  ["declarations of a document", `${folder}/q.graphql.d.ts`, (p) => p.write(`${folder}/q.graphql`, "query q { __typename }\n")],
  ["the schema", "node_modules/attio/schema.graphql", (p) => p.copyPackage("attio").write(`${folder}/q.graphql`, "query q { __typename }\n")],
  ["a package's source", "node_modules/hostile/index.js", (p) => (p.write("node_modules/hostile/package.json", "{}"), p.add(`${folder}/extension.ts`, imports("hostile")))],
  ["a package's JSON", "node_modules/hostile/index.json", (p) => (p.write("node_modules/hostile/package.json", "{}"), p.add(`${folder}/extension.ts`, imports("hostile/index.json")))],
  ["a package's package.json", "node_modules/hostile/package.json", (p) => (p.write("node_modules/hostile/index.js", ""), p.add(`${folder}/extension.ts`, imports("hostile")))],
  ["the compiler's package.json", "node_modules/typescript/package.json", (p) => p.copyPackage("typescript")],
]

const targets = {
  "text": (p) => path.join(p.outside, "text"),
  "a word": (p) => path.join(p.outside, "word"),
  "TypeScript": (p) => path.join(p.outside, "good.ts"),
  "JSON": (p) => path.join(p.outside, "good.json"),
  "bad JSON": (p) => path.join(p.outside, "bad.json"),
  "the environment": () => "/proc/self/environ",
  "a relative path": (p) => path.relative("/", path.join(p.outside, "text")).replace(/^/, "../".repeat(30)),
  "a link": (p) => (fs.symlinkSync(path.join(p.outside, "text"), path.join(p.top, "repo/step")), path.join(p.top, "repo/step")),
}

const attempts = []

for (const [name, link, prepare, fails] of readers) {
  for (const [target, resolve] of Object.entries(targets)) {
    // Every target with the readers that tell most, the others with two.
    if (!["a source", "JSON", "text", "package.json", "tsconfig.json"].includes(name) && !["text", "the environment"].includes(target)) continue
    const repository = target !== "a relative path"
    attempts.push({
      name: `read: ${name} that is a link to ${target}`,
      async run() {
        const place = new Place(this.name, repository)
        prepare(place)
        place.link(link, resolve(place))
        const before = place.state()
        for (const command of target === "text" ? READING : QUICK) {
          const result = await place.run(command)
          place.check(result)
          if (fails && command.startsWith("build") && result.code !== 1) place.wrong(`${command}: exit ${result.code}`)
        }
        if (place.state() !== before) place.wrong("what is outside has changed")
        return place.done()
      },
    })
  }
}

// What a command writes, behind links: [name, what is made, the command]
const writers = [
  ["dist", (p) => p.link("dist", p.outside), "build --no-check"],
  ["a new dist", (p) => p.link("dist", path.join(p.outside, "new")), "build --no-check"],
  ["the folder of the output", (p) => p.link("linked", p.outside), "build --no-check --out linked/bundles"],
  [".attio", (p) => p.link(".attio", p.outside), "types"],
  [".attio for a build", (p) => p.link(".attio", p.outside), "build"],
  ["a declaration in .attio", (p) => p.link(".attio/env.d.ts", path.join(p.outside, "text")), "types"],
  ["a project file", (p) => (p.link("node_modules/.cache", path.join(p.outside, "none")), p.link(".attio/tsconfig.json", path.join(p.outside, "text"))), "build"],
  ["declarations of a document", (p) => (p.write(`${folder}/q.graphql`, "query q { __typename }\n"), p.link(`${folder}/q.graphql.d.ts`, path.join(p.outside, "text"))), "types"],
  ["a folder of documents", (p) => p.link(`${folder}/linked`, p.outside), "types"],
  ["the local platform", (p) => p.link(".attio/local", p.outside), "deploy --local --app my-app"],
  ["the local store", (p) => p.link(".attio/local/platform.db", path.join(p.outside, "db")), "deploy --local --app my-app"],
  ["what lies beside the local store", (p) => p.link(".attio/local/platform.db-wal", path.join(p.outside, "text")), "deploy --local --app my-app"],
  ["the cache of packages", (p) => p.link("node_modules/.cache", p.outside), "build"],
  ["our cache", (p) => p.link("node_modules/.cache/attio", p.outside), "build"],
  ["the compiler's cache", (p) => p.link("node_modules/.cache/attio/types-attio.tsbuildinfo", path.join(p.outside, "text")), "build"],
  ["a source to repair", (p) => p.link("src/fix.server.ts", path.join(p.outside, "fix.server.ts")), "validate --fix"],
  ["a folder of sources to repair", (p) => p.link(`${folder}/linked`, p.outside), "validate --fix=unsafe"],
  ["a report", (p) => p.link("reports", p.outside), "validate --report sarif=reports/text"],
  ["a page", (p) => p.link("reports", p.outside), "build --no-check --report treemap=reports/text"],
  ["a metafile", (p) => p.link("reports", p.outside), "build --no-check --metafile reports/text"],
  ["a baseline", (p) => p.link("reports", p.outside), "validate --write-baseline=reports/text"],
]

for (const [name, prepare, command] of writers) {
  for (const repository of [true, false])
    attempts.push({
      name: `write: ${name} behind a link${repository ? "" : ", without a repository"}`,
      async run() {
        const place = new Place(this.name, repository)
        write(path.join(place.outside, "fix.server.ts"), "export default async (id: string) => id\n")
        write(path.join(place.outside, "doc.graphql"), "query doc { __typename }\n")
        prepare(place)
        const before = place.state()
        for (let i = 0; i < 2; i++) place.check(await place.run(command))
        if (place.state() !== before) place.wrong(`${command}: what is outside has changed`)
        return place.done()
      },
    })
}

// Programs of the repository, in every place where a tool may look for one. Each leaves a mark.
const hasStrace = (() => {
  try {
    execFileSync("strace", ["-f", "-o", "/dev/null", "true"], {stdio: "ignore"})
    return true
  } catch {
    return false
  }
})()

function plant(place) {
  const mark = path.join(place.top, "mark")
  const shell = `#!/bin/sh\necho "$0 $*" >> ${mark}\n`
  const script = `#!/usr/bin/env node\nrequire("fs").appendFileSync(${JSON.stringify(mark)}, __filename + "\\n")\n`
  const program = (name, text) => {
    const file = path.join(place.app, name)
    fs.rmSync(file, {force: true})
    write(file, text)
    fs.chmodSync(file, 0o755)
  }
  const platform = `${process.platform}-${process.arch}`
  for (const name of ["typescript", "@typescript", "esbuild", "@esbuild"]) fs.rmSync(path.join(place.app, "node_modules", name), {recursive: true, force: true})
  for (const name of ["attio", "attio-net", "esbuild", "git", "node", "npm", "npx", "sh", "ssh", "tsc"]) program(`node_modules/.bin/${name}`, shell)
  for (const name of ["typescript/lib/tsc.js", "typescript/bin/tsc", "typescript/lib/typescript.js", "esbuild/lib/main.js", "attio-plugin/index.js"]) program(`node_modules/${name}`, script)
  for (const name of [`@typescript/typescript-${platform}/lib/tsc`, `@esbuild/${platform}/bin/esbuild`, "esbuild/bin/esbuild"]) program(`node_modules/${name}`, shell)
  place.write("node_modules/typescript/package.json", `{"name": "typescript", "version": "5.9.3", "main": "lib/typescript.js", "bin": {"tsc": "bin/tsc"}}`)
  place.write(`node_modules/@typescript/typescript-${platform}/package.json`, `{"name": "@typescript/typescript-${platform}", "version": "7.0.2"}`)
  for (const name of ["tsc", "esbuild", "git", "node", "attio-net"]) program(name, shell)
  program("evil.js", script)
  place.write(".env", "NODE_OPTIONS=--require ./evil.js\nESBUILD_BINARY_PATH=./esbuild\nLD_PRELOAD=./evil.so\nGIT_DIR=./evil\n")
  place.write(".npmrc", "node-options=--require ./evil.js\nscript-shell=./tsc\n")
  const scripts = Object.fromEntries(["preinstall", "install", "postinstall", "prepare", "prebuild", "build", "postbuild", "pretypes"].map((name) => [name, "./tsc"]))
  place.write("package.json", JSON.stringify({name: "my-app", version: "1.0.0", scripts, browser: {fs: "./evil.js"}, imports: {"#x": "./evil.js"}}))
  // Options that name programs, or that write or print; and those that only an old compiler knows.
  place.write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        ...{module: "esnext", moduleResolution: "bundler", jsx: "react-jsx", strict: true, skipLibCheck: true, types: ["*"], noEmit: false},
        ...{plugins: [{name: "attio-plugin"}, {transform: "./evil.js"}], generateTrace: "trace", generateCpuProfile: "profile", traceResolution: true},
        ...{diagnostics: true, extendedDiagnostics: true, listFiles: true, listEmittedFiles: true, explainFiles: true, pprofDir: "pprof"},
        ...{incremental: true, composite: true, tsBuildInfoFile: "info", declaration: true, declarationDir: "declared", outDir: "out", sourceMap: true},
      },
      include: ["src"],
    }),
  )
  execFileSync("git", ["init", "-q", "."], {cwd: place.app})
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", "x"], {cwd: place.app})
  const evil = path.join(place.app, "tsc")
  place.write(".git/more", `[core]\n\tfsmonitor = ${evil}\n\tpager = ${evil}\n`)
  place.add(
    ".git/config",
    `[core]\n\tfsmonitor = ${evil}\n\thooksPath = ${place.app}/hooks\n\tpager = ${evil}\n\teditor = ${evil}\n\tsshCommand = ${evil}\n\tgitProxy = ${evil}\n` +
      `[include]\n\tpath = more\n[includeIf "gitdir:**"]\n\tpath = more\n[diff]\n\texternal = ${evil}\n[filter "x"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n\tprocess = ${evil}\n\trequired = true\n` +
      `[diff "x"]\n\ttextconv = ${evil}\n\tcommand = ${evil}\n[merge "x"]\n\tdriver = ${evil}\n[credential]\n\thelper = ${evil}\n[gpg]\n\tprogram = ${evil}\n[commit]\n\tgpgSign = true\n`,
  )
  place.write(".gitattributes", "* filter=x diff=x merge=x\n")
  for (const hook of ["pre-commit", "post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction"]) {
    program(`.git/hooks/${hook}`, shell)
    program(`hooks/${hook}`, shell)
  }
  return mark
}

for (const [name, tsconfig] of [["", {target: "es2022"}], [", with options that only an old compiler knows", {target: "es5", moduleResolution: "node"}]])
  attempts.push({
    name: `run: nothing of the repository${name}`,
    async run() {
      const place = new Place(this.name, false)
      const mark = plant(place)
      const options = JSON.parse(fs.readFileSync(path.join(place.app, "tsconfig.json")))
      Object.assign(options.compilerOptions, tsconfig)
      place.write("tsconfig.json", JSON.stringify(options))
      const before = new Set(fs.readdirSync(place.app))
      const log = path.join(place.top, "strace")
      const wrapper = hasStrace ? ["strace", "-f", "-qq", "-e", "trace=execve", "-e", "status=successful", "-o", log] : []
      const PATH = `${place.app}/node_modules/.bin:${process.env.PATH}`
      for (const command of ["validate", "validate --since HEAD", "validate --staged", "types", "build", "build --json --out dist", "deploy --local --app my-app"]) {
        fs.rmSync(log, {force: true})
        const {code, signal, text} = await place.run(command, wrapper, {PATH})
        if (signal || (code !== 0 && code !== 1)) place.wrong(`${command}: ends with ${signal ?? code}: ${text.slice(0, 500)}`)
        if (tsconfig.target === "es5" && command === "build" && (code !== 1 || !text.includes("--tsc=app"))) place.wrong(`${command}: exit ${code} without the hint`)
        if (tsconfig.target !== "es5" && code !== 0) place.wrong(`${command}: exit ${code}: ${text.slice(0, 500)}`)
        if (fs.existsSync(mark)) place.wrong(`${command}: ran ${fs.readFileSync(mark)}`)
        fs.rmSync(mark, {force: true})
        if (!hasStrace) continue
        const programs = fs.readFileSync(log, "latin1").match(/execve\("[^"]*/g) ?? []
        if (programs.length === 0) place.wrong(`${command}: strace saw no program`)
        for (const program of programs.map((text) => fs.realpathSync(path.resolve(place.app, text.slice('execve("'.length)))))
          if (!program.startsWith(root + path.sep) && !program.startsWith(path.dirname(bin))) place.wrong(`${command}: started ${program}`)
      }
      for (const entry of fs.readdirSync(place.app)) if (!before.has(entry) && entry !== "dist" && entry !== ".attio") place.wrong(`wrote ${entry}`)
      return place.done()
    },
  })

// What is right: links that stay in the repository, and packages wherever they are.
attempts.push({
  name: "right: links inside a repository, linked packages and workspaces",
  async run() {
    const place = new Place(this.name)
    write(path.join(place.top, "repo/shared/text.ts"), `export const text: string = "shared"\n`)
    write(path.join(place.top, "repo/shared/data.json"), `{"a": "data"}\n`)
    write(path.join(place.top, "linked/package.json"), `{"name": "linked", "main": "index.js", "types": "index.d.ts"}\n`)
    write(path.join(place.top, "linked/index.js"), `import {inner} from "inner"; export const linked = "linked" + inner\n`)
    write(path.join(place.top, "linked/index.d.ts"), `export declare const linked: string\n`)
    write(path.join(place.top, "linked/node_modules/inner/index.js"), `export const inner = "inner"\n`)
    place.link("src/shared", "../../../shared")
    place.link(`${folder}/data.json`, path.join(place.top, "repo/shared/data.json"))
    place.link("node_modules/linked", path.join(place.top, "linked"))
    place.add(`${folder}/extension.ts`, `import {text} from "../../../shared/text"\nimport {linked} from "linked"\nconsole.log(text, linked)\n`)
    place.add("src/data.ts", `import data from "./app/extensions/say-hello/data.json"\nexport const a: string = data.a\n`)
    for (const command of ["validate", "build", "deploy --local --app my-app"]) {
      const result = await place.run(command)
      if (result.code !== 0) place.wrong(`${command}: exit ${result.code}: ${result.text}`)
    }
    return place.done()
  },
})

const chosen = attempts.filter(({name}) => words.length === 0 || words.some((word) => name.includes(word)))
let passed = 0
let next = 0

async function work() {
  while (next < chosen.length) {
    const attempt = chosen[next++]
    let problems
    try {
      problems = await attempt.run()
    } catch (error) {
      problems = [error.stack]
    }
    if (problems.length === 0) passed++
    else console.log(`FAIL  ${attempt.name}\n    ${problems.join("\n    ")}`)
  }
}

await Promise.all(Array.from({length: Math.max(2, os.availableParallelism())}, work))
fs.rmSync(base, {recursive: true, force: true})
console.log(`${passed} passed, ${chosen.length - passed} failed`)
process.exit(passed === chosen.length ? 0 : 1)

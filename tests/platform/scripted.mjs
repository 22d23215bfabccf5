// The client package of tests (`scripts/`): all that it has, and the mistakes of newcomers, in an app as rich as those in
// Attio's store; by `attio test`, by `node --test` and by vitest; and what `attio check` makes of it.
import fs from "node:fs"
import path from "node:path"
import {root, run, sdkModules} from "../probes/probe.mjs"
import {templateApp} from "./apps.mjs"
import {groupMembers, within} from "./dev.mjs"
import {spawn} from "node:child_process"

const script = (name) => fs.readFileSync(path.join(root, "tests/platform/scripts", name), "utf8")
const vitestModules = path.join(root, "tests/vitest/node_modules")

function edit(bench, name, change) {
  const file = path.join(bench.app, name)
  const json = JSON.parse(fs.readFileSync(file, "utf8"))
  change(json)
  fs.writeFileSync(file, JSON.stringify(json, null, 2))
}

// The desk, with the script under a name of the test's own.
function deskApp(bench, files) {
  fs.cpSync(path.join(root, "tests/platform/desk"), bench.app, {recursive: true})
  bench.linkSdk()
  bench.write(files)
  edit(bench, "package.json", (json) => (json.imports = {"#attio/testing": "./.attio/.testing/index.js"}))
}

const nothing = 'import {test} from "node:test"\ntest("nothing", () => {})\n'
const failures = ({tests = []}) => tests.filter((one) => one.status !== "passed").map((one) => [one.name, one.message])

// What another runner says of the app's tests, with our program in the PATH.
function other(bench, words) {
  const env = {...bench.env, PATH: `${path.dirname(path.resolve(bench.bin))}:${bench.env.PATH}`}
  return run(process.env.NODE20 ?? process.execPath, words, {cwd: bench.app, env})
}

const tests = {
  "all of the package, in TypeScript": async (bench) => {
    deskApp(bench, {"tests/desk.test.ts": script("desk.test.ts"), "tests/nothing.test.mjs": nothing})
    const none = await bench.json("test", "tests/nothing.test.mjs", "--cover=1")
    bench.same("too little", [1, 0, 0], [none.code, none.summary.failed, none.cover.percent])
    const kinds = ["block", "event", "server function", "surface", "webhook"]
    bench.same("kinds", kinds, [...new Set(none.cover.items.map(({kind}) => kind))].sort())
    const text = await bench.attio("test", "tests/nothing.test.mjs", "--cover")
    bench.same("as text", [0, none.cover.items.length], [text.code, text.stdout.match(/^not run /gm)?.length])
    const all = await bench.json("test", "tests/desk.test.ts", "--cover=100")
    bench.same("passed", [0, [], 100], [all.code, failures(all), all.cover?.percent])
  },

  "each mistake of a newcomer is told": async (bench) => {
    deskApp(bench, {"tests/mistakes.test.mjs": script("mistakes.test.mjs")})
    bench.same("failures", [], failures(await bench.json("test")))
  },

  "a failure of the app is told with its place in the app, then in the test": async (bench) => {
    await templateApp(bench, "minimal")
    const file = path.join(bench.app, "src/app/extensions/say-hello/extension.ts")
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("showToast({", "showTost({"))
    const {code, stdout} = await bench.attio("test", "tests/say-hello.test.mjs")
    bench.same(`failed: ${stdout}`, [1, true], [code, /showTost is not defined\n +at .*\(src\/app\/extensions\/say-hello\/extension\.ts:\d+:\d+\)\n +at .*say-hello\.test\.mjs:/.test(stdout)])
  },

  "attio check tells slips in the use of the package, and asks nothing else of it": async (bench) => {
    const good = script("desk.test.ts")
    deskApp(bench, {"tests/desk.test.ts": good})
    edit(bench, "tsconfig.json", ({compilerOptions, include}) => {
      include.push("tests")
      delete compilerOptions.rootDir
      Object.assign(compilerOptions, {types: ["attio/client", "node"], noEmit: true})
    })
    const codes = ({diagnostics = []}) => diagnostics.map((one) => [one.file, one.code])
    bench.same("as it is", [0, []], await bench.json("check").then((one) => [one.code, codes(one)]))
    const slips = {"moveClock(": "moveClok(", 'type: "oauth"': 'type: "ouath"', ".answer(false)": ".answer(7)", "{record}": "{recrd: record}", "start(options)": "start({stat: 1})"}
    for (const [right, wrong] of Object.entries(slips)) {
      bench.write({"tests/desk.test.ts": good.replace(right, wrong)})
      const {code, diagnostics} = await bench.json("check")
      bench.same(wrong, [1, ["tests/desk.test.ts"]], [code, [...new Set(diagnostics.map((one) => one.file))]])
    }
  },

  "the package is no part of the app's own type check": async (bench) => {
    await templateApp(bench, "minimal")
    await bench.json("build")
    const file = path.join(bench.app, "tsconfig.json")
    const before = fs.readFileSync(file, "utf8")
    const variants = [
      {allowJs: true},
      {allowJs: true, checkJs: true},
      {allowJs: true, rootDir: "src"},
      {composite: true, declaration: true, isolatedModules: false},
      {skipLibCheck: false},
      {target: "ES2019", lib: ["ES2020", "DOM", "DOM.Iterable"]},
      {module: "NodeNext", moduleResolution: "nodenext"},
      {exactOptionalPropertyTypes: true, noPropertyAccessFromIndexSignature: true, noUnusedLocals: true, noUnusedParameters: true},
    ]
    for (const options of variants) {
      fs.writeFileSync(file, before)
      edit(bench, "tsconfig.json", (json) => {
        Object.assign(json.compilerOptions, options)
        json.include = ["src", ".attio/**/*"]
      })
      const {code, diagnostics} = await bench.json("check")
      bench.same(JSON.stringify(options), [0, []], [code, diagnostics.map((one) => `${one.file} ${one.message}`)])
    }
  },

  "node --test, vitest and attio test say the same": async (bench) => {
    await templateApp(bench, "minimal")
    const text = script("hello.test.mjs")
    fs.rmSync(path.join(bench.app, "tests"), {recursive: true})
    bench.write({"tests/hello.test.mjs": text, "vi/hello.test.mjs": text.replace("node:test", "vitest")})
    const modules = path.join(bench.app, "node_modules")
    const sdk = fs.realpathSync(modules)
    fs.rmSync(modules)
    fs.mkdirSync(modules)
    for (const from of [sdk, vitestModules]) {
      for (const name of fs.readdirSync(from)) if (!fs.existsSync(path.join(modules, name))) fs.symlinkSync(path.join(from, name), path.join(modules, name))
    }
    for (const folder of ["tests", "vi"]) {
      const {code, summary} = await bench.json("test", folder)
      bench.same(`attio test ${folder}`, [0, 2, 0], [code, summary?.passed, summary?.failed])
    }
    bench.same("node --test", 0, (await other(bench, ["--test", "tests/"])).code)
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "vi"]
    bench.same("vitest", 0, (await other(bench, vitest)).code)
    bench.write({"tests/hello.test.mjs": text.replace("My App", "me"), "vi/hello.test.mjs": text.replace("node:test", "vitest").replace("My App", "me")})
    for (const words of [["--test", "tests/"], vitest]) {
      const {code, stdout, stderr} = await other(bench, words)
      bench.same(`a difference by ${words[0]}`, [1, true], [code, `${stdout}${stderr}`.includes("Hello from me")])
    }
    const found = await bench.json("test", "vi")
    bench.same("the same by vitest through attio test", [1, ["says hello"]], [found.code, failures(found).map(([name]) => name)])
  },

  "saved states and worlds": async (bench) => {
    await templateApp(bench, "minimal")
    await bench.json("records", "create", "people", "--values", '{"name": "Saved, Sam"}')
    await bench.json("state", "save", "before")
    await bench.json("state", "reset")
    const head = 'import assert from "node:assert/strict"\nimport {test} from "node:test"\nimport {withApp} from "#attio/testing"\n'
    const world = {records: {companies: [{name: "Acme World"}]}}
    bench.write({
      "tests/world.json": JSON.stringify(world),
      "tests/states.test.mjs": `${head}
const names = async (app, object) => JSON.stringify(await app.records.list(object))
test("a saved one, twice, each a copy", withApp({state: "before"}, async (app) => {
  assert.ok((await names(app, "people")).includes("Saved"))
  for (const one of await app.records.list("people")) await app.records.delete("people/" + one.id.record_id)
}))
test("again", withApp({state: "before"}, async (app) => assert.ok((await names(app, "people")).includes("Saved"))))
test("the seed", withApp(async (app) => assert.ok(!(await names(app, "people")).includes("Saved"))))
test("a world", withApp({state: "tests/world.json"}, async (app) => assert.ok((await names(app, "companies")).includes("Acme World"))))
test("a world as an object", withApp({state: ${JSON.stringify(world)}}, async (app) => assert.ok((await names(app, "companies")).includes("Acme World"))))
`,
    })
    bench.same("failures", [], failures(await bench.json("test", "tests/states.test.mjs")))
  },

  "--watch runs them again after a change": (bench) =>
    watched(bench, ["tests/say-hello.test.mjs"], async (says) => {
      await says("1 passed, 0 failed", 1)
      const source = path.join(bench.app, "src/app/extensions/say-hello/extension.ts")
      const kept = fs.readFileSync(source, "utf8").replace("Hello from", "Good evening from")
      fs.writeFileSync(source, kept)
      await says("0 passed, 1 failed", 1)
      const file = path.join(bench.app, "tests/say-hello.test.mjs")
      fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("Hello from", "Good evening from"))
      await says("1 passed, 0 failed", 2)
      fs.writeFileSync(source, "const =")
      await says("0 passed, 1 failed", 2)
      fs.writeFileSync(source, kept)
      await says("1 passed, 0 failed", 3)
    }),

  "--watch knows tests that come and go": (bench) =>
    watched(bench, [], async (says) => {
      await says("2 passed, 0 failed", 1)
      const text = fs.readFileSync(path.join(bench.app, "tests/say-hello.test.mjs"), "utf8")
      bench.write({"tests/deep/er/more.test.mjs": text})
      await says("3 passed, 0 failed", 1)
      fs.rmSync(path.join(bench.app, "tests/deep"), {recursive: true})
      await says("2 passed, 0 failed", 2)
      fs.rmSync(path.join(bench.app, "tests"), {recursive: true})
      await says("there are no tests", 1)
      bench.write({"tests/back.test.mjs": text})
      await says("1 passed, 0 failed", 1)
    }),
}

// A run that watches, while `then` changes what it watches; it leaves nothing behind.
async function watched(bench, words, then) {
  await templateApp(bench, "minimal")
  const child = spawn(bench.bin, ["test", ...words, "--watch"], {cwd: bench.app, env: bench.env, stdio: ["ignore", "pipe", "pipe"], detached: true})
  let text = ""
  let look = () => {}
  for (const out of [child.stdout, child.stderr]) {
    out.setEncoding("utf8").on("data", (more) => {
      text += more
      look()
    })
  }
  const says = (what, count) =>
    within(`${what} ${count} times`, new Promise((done) => {
      look = () => text.split(what).length > count && done()
      look()
    }))
  try {
    await then(says)
  } catch (error) {
    bench.wrong(`${error.message}\n${text}`)
  }
  child.kill("SIGINT")
  await within("the end", new Promise((done) => child.once("exit", done)))
  bench.same("processes left", [], groupMembers(child.pid))
  bench.same("folders left", [], fs.readdirSync(path.join(bench.app, ".attio/.runs")))
}

// Files that end in ways of their own: the names and words of what is told.
const endings = {
  "an endless wait": ['test("good", () => {})\ntest("never", () => new Promise((done) => setTimeout(done, 1e6)))', {good: "", never: "--timeout"}],
  "an endless loop": ['test("never", () => { for (;;); })', {"end.test.mjs|never": "did not end"}],
  "throws when it is read": ['test("good", () => {})\nthrow new Error("at import")', {"end.test.mjs": "at import"}],
  "a syntax error": ["const = 7", {"end.test.mjs": "SyntaxError"}],
  "ends itself": ['test("leaves", () => process.exit(3))', {"leaves|end.test.mjs": "exit code 3"}],
  "no tests in it": ["export const x = 1", {"end.test.mjs": "has no tests"}],
  "two of a name": ['test("a", () => {})\ntest("a", () => { throw new Error("second") })', {a: "", "a (2)": "second"}],
  "forgets its platform": ['import {start} from "#attio/testing"\ntest("forgets", async () => void (await start()))', {forgets: "", "end.test.mjs": "was never stopped"}],
  "names and messages that no document can hold": ['test("a \\ud800 <b>", () => { throw new Error("no \\0 end ]]>") })', {"a \ufffd <b>": "no \u2400 end ]]>"}],
  "a process that it leaves behind": ['import {spawn} from "node:child_process"\ntest("leaves", () => void spawn("sleep", ["20"], {stdio: "inherit"}).unref())\ntest("bad", () => { throw new Error("told") })', {leaves: "", bad: "told"}],
  "asks for a package that is not there": ['import "nowhere"', {"end.test.mjs": "nowhere"}],
}
for (const [name, [text, told]] of Object.entries(endings)) {
  tests[`a file that ends in its own way: ${name}`] = async (bench) => {
    await templateApp(bench, "minimal")
    bench.write({"tests/end.test.mjs": `import {test} from "node:test"\n${text}\n`})
    const found = await bench.json("test", "tests/end.test.mjs", "--timeout", "5")
    bench.same("exit code, count", [1, Object.keys(told).length], [found.code, found.tests.length])
    for (const [names, part] of Object.entries(told)) {
      const one = found.tests.find((test) => names.split("|").includes(test.name))
      bench.same(`${names}: ${part || "passed"}`, part === "" ? "passed" : true, part === "" ? one?.status : one?.message?.includes(part))
    }
  }
}

// The steps of the templates' CI workflow, literally, each in a shell of its own as GitHub runs them. The toolchain's
// source is a stand-in of two make goals, sudo is nobody, and the packages are there.
async function runWorkflow(bench, vars) {
  const {default: yaml} = await import(`${sdkModules}/js-yaml/dist/js-yaml.mjs`)
  const {jobs} = yaml.load(fs.readFileSync(path.join(bench.app, ".github/workflows/attio.yml"), "utf8"))
  const bin = path.join(bench.folder, "bin")
  fs.mkdirSync(bin, {recursive: true})
  for (const [name, text] of [["sudo", 'exec "$@"'], ["npm", "exit 0"]]) fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, {mode: 0o755})
  const variable = (text) => text.replace(/\$\{\{ vars\.(\w+) \}\}/g, (all, name) => vars[name] ?? "")
  for (const step of jobs.app.steps.filter((one) => one.run !== undefined)) {
    const given = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, variable(value)]))
    const env = {...bench.env, PATH: `${bin}:${bench.env.PATH}`, BIN: bin, ...given}
    const {code, stdout, stderr} = await run("bash", ["-e", "-c", step.run], {cwd: bench.app, env})
    if (code !== 0) return {code, step: step.run, text: `${stdout}${stderr}`}
  }
  return {code: 0}
}

tests["the CI workflow of the templates, run step by step"] = async (bench) => {
  await templateApp(bench, "minimal")
  const source = path.join(bench.folder, "toolchain")
  fs.mkdirSync(source)
  fs.writeFileSync(path.join(source, "Makefile"), `deps:\n\ninstall:\n\tln -sf ${path.resolve(bench.bin)} $(BIN)/attio-native\n`)
  const git = "git -c user.name=t -c user.email=t@t.example"
  const made = await run("bash", ["-e", "-c", `git init -q -b main . && git add . && ${git} commit -q -m x && git tag v1`], {cwd: source, env: bench.env})
  bench.same("the source", 0, made.code)
  const unset = await runWorkflow(bench, {})
  bench.same("without the variable", [1, true], [unset.code, unset.text.includes("::error::the variable ATTIO_REPOSITORY is not set")])
  for (const vars of [{}, {ATTIO_REVISION: "v1"}]) {
    fs.rmSync(path.join(bench.folder, "attio-toolchain"), {recursive: true, force: true})
    const {code, step, text} = await runWorkflow(bench, {ATTIO_REPOSITORY: source, ...vars})
    bench.same(`all steps ${JSON.stringify(vars)}`, [0, undefined, undefined], [code, step, text])
  }
  bench.same("the report", true, fs.readFileSync(path.join(bench.app, "tests.xml"), "utf8").includes('failures="0"'))
}

tests["README.md shows the default template's test as it is"] = async (bench) => {
  const shown = fs.readFileSync(path.join(root, "README.md"), "utf8").replace(/^ {4}/gm, "")
  const text = fs.readFileSync(path.join(root, "templates/lead-checker/tests/send-to-alc.test.mjs"), "utf8")
  bench.same("the text", true, shown.includes(text))
}

tests["without the import in package.json"] = async (bench) => {
  await templateApp(bench, "minimal")
  edit(bench, "package.json", (json) => delete json.imports)
  const found = await bench.json("test", "tests/say-hello.test.mjs")
  bench.same("the remedy", [1, true], [found.code, found.tests[0].message.includes("./.attio/.testing/index.js")])
}

export default tests

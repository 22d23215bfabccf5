#!/usr/bin/env node
// The generated declarations beside those of the official CLI, and in use, with two compilers.
import fs from "node:fs"
import {createRequire} from "node:module"
import path from "node:path"
import {probeNames, readProbe, writeFiles} from "../probes/apps.mjs"
import {checkTypes, compilers} from "../probes/compilers.mjs"
import {listFiles, root, run, sdkModules} from "../probes/probe.mjs"
import {runTests} from "../probes/suite.mjs"
import {compare, directions, exportedTypes} from "./compare.mjs"
import {usage} from "./usage.mjs"

const here = path.join(root, "tests/types")
const deviations = JSON.parse(fs.readFileSync(path.join(here, "deviations.json"), "utf8"))
const ours = (app) => (name) => fs.readFileSync(path.join(app, name), "utf8")
const isHidden = (name) => name.split("/").some((part) => part.startsWith("."))
const isQuery = (name) => /\.(graphql|gql)\.d\.ts$/.test(name)

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    module: "ESNext",
    moduleResolution: "bundler",
    jsx: "react-jsx",
    types: ["attio/client"],
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["src", ".attio/**/*"],
})

// What is wrong once the named deviations are taken off, and those that do not occur.
function judge(bench, compiler, found, files) {
  const key = (one) => `${one.file} ${one.name} ${one.direction}`
  const known = new Set()
  for (const one of found) {
    if (one.other) bench.wrong(`${compiler.name}: ${one.file} ${one.other}`)
    else if (deviations[key(one)]) known.add(key(one))
    else bench.wrong(`${compiler.name}: ${key(one)}: ${directions[one.direction]}`)
  }
  for (const name of Object.keys(deviations)) {
    if (files.includes(name.split(" ")[0]) && !known.has(name)) {
      bench.wrong(`${compiler.name}: the deviation does not occur any more; remove it: ${name}`)
    }
  }
}

async function compareAll(bench, pairs) {
  if (pairs.length === 0) throw new Error("there is nothing to compare")
  for (const {name, official, ours} of pairs) {
    const missing = exportedTypes(official).filter((one) => !exportedTypes(ours).includes(one))
    if (missing.length) bench.wrong(`${name} does not export ${missing}`)
    if (/\bany\b/.test(ours)) bench.wrong(`${name} has an any`)
  }
  for (const compiler of compilers()) {
    const found = await compare(path.join(bench.folder, "compare"), pairs, compiler)
    judge(bench, compiler, found, pairs.map((pair) => pair.name))
  }
}

// --- the probes ------------------------------------------------------------------------------

function copyProbe(bench, {files}) {
  fs.rmSync(bench.app, {recursive: true, force: true})
  writeFiles(files, bench.app)
  bench.linkSdk()
}

async function buildOfficially(bench) {
  const cli = path.join(sdkModules, "attio/dist/cli/index.js")
  const {code, stderr} = await run(process.execPath, [cli, "build"], {cwd: bench.app, env: bench.env})
  if (code !== 0) throw new Error(`the official CLI refuses the app\n${stderr}`)
}

// For which documents the official CLI wrote declarations: those in dist are ours to write.
const queriesOf = ({official}) =>
  official.files
    .filter((name) => isQuery(name) && !name.startsWith("dist/"))
    .map((name) => name.slice(0, -".d.ts".length))

// All documents in one app, which the official CLI builds once: what it writes depends on nothing
// but the document and its name. Without a tsconfig.json it does not check types.
async function officialDeclarations(bench, probes) {
  const names = probes.flatMap((probe) => queriesOf(probe).map((file) => `${probe.name}/${file}`))
  const documents = probes.flatMap(({name, files}) =>
    Object.entries(files).filter(([file]) => names.includes(`${name}/${file}`)).map(([file, bytes]) => [`${name}/${file}`, bytes]),
  )
  fs.rmSync(bench.app, {recursive: true, force: true})
  fs.mkdirSync(path.join(bench.app, "src/app"), {recursive: true})
  writeFiles(Object.fromEntries(documents), path.join(bench.app, "src"))
  bench.linkSdk()
  await buildOfficially(bench)
  const read = ours(path.join(bench.app, "src"))
  return Object.fromEntries(names.map((name) => [name, read(`${name}.d.ts`)]))
}

const allProbes = probeNames().names.map((name) => ({name, ...readProbe(name)}))

async function checkProbes(bench) {
  const probes = allProbes.filter((probe) => queriesOf(probe).length > 0)
  const official = await officialDeclarations(bench, probes)
  const pairs = []
  for (const probe of probes) {
    copyProbe(bench, probe)
    await bench.json("types")
    for (const file of queriesOf(probe)) {
      const name = `${probe.name}/${file}`
      const full = path.join(bench.app, `${file}.d.ts`)
      const made = fs.existsSync(full)
      // Names that begin with a dot are no part of an app (lib/app/documents.h), as they are to the official CLI.
      if (made === isHidden(file)) bench.wrong(`${probe.name} has ${made ? "a" : "no"} ${file}.d.ts`)
      else if (made) pairs.push({name, official: official[name], ours: fs.readFileSync(full, "utf8")})
    }
  }
  await compareAll(bench, pairs)
}

// --- our own documents, by the official CLI and by ours --------------------------------------

function writeDocuments(bench) {
  bench.write({"tsconfig.json": tsconfig, "package.json": '{"name": "x", "version": "1.0.0"}'})
  fs.mkdirSync(path.join(bench.app, "src/app"), {recursive: true})
  const documents = path.join(here, "documents")
  for (const name of fs.readdirSync(documents)) {
    fs.copyFileSync(path.join(documents, name), path.join(bench.app, "src", name))
  }
  bench.linkSdk()
}

async function checkDocuments(bench) {
  writeDocuments(bench)
  await buildOfficially(bench)
  const read = ours(path.join(bench.app, "src"))
  const names = fs.readdirSync(path.join(here, "documents")).sort()
  const texts = Object.fromEntries(names.map((name) => [name, read(`${name}.d.ts`)]))
  const {code, files} = await bench.json("types")
  bench.same("types", 0, code)
  // Those of the official CLI are replaced, not taken for somebody's own.
  const states = files.filter(({path: one}) => isQuery(one)).map(({state}) => state)
  bench.same("states", names.map(() => "different"), states)
  // Ours also hold when libraries are checked, with the strictest options.
  const strict = ["--skipLibCheck", "false", "--verbatimModuleSyntax", "--exactOptionalPropertyTypes"]
  for (const compiler of compilers()) {
    const {stdout} = await checkTypes(compiler, bench.app, "--pretty", "false", ...strict)
    const mistakes = stdout.split("\n").filter((line) => /^(src|\.attio)\//.test(line))
    bench.same(`${compiler.name}: mistakes in our files`, [], mistakes)
  }
  await compareAll(
    bench,
    names.map((name) => ({name, official: texts[name], ours: read(`${name}.d.ts`)})),
  )
}

// --- what is in .attio/ ----------------------------------------------------------------------

// Merging interfaces demands that properties of one name have the very same type.
async function mergeErrors(bench, texts) {
  const files = Object.keys(texts).map((name) => [`.attio/official-${path.basename(name)}`, texts[name]])
  bench.write(Object.fromEntries(files))
  const found = []
  for (const compiler of compilers()) {
    const {stdout} = await checkTypes(compiler, bench.app, "--pretty", "false", "--skipLibCheck", "false")
    for (const line of stdout.split("\n").filter((one) => one.startsWith(".attio/"))) {
      found.push(`${compiler.name}: ${line}`)
    }
  }
  return found
}

const isAttio = (name) => /^\.attio\/(settings|register)\.d\.ts$/.test(name)

const tests = {
  "the probes' queries": checkProbes,
  "our documents": checkDocuments,
  "every deviation has its reason": async (bench) => {
    for (const [name, reason] of Object.entries(deviations)) {
      const [, , ...direction] = name.split(" ")
      if (!directions[direction.join(" ")]) bench.wrong(`no direction: ${name}`)
      if (typeof reason !== "string" || reason.length < 20) bench.wrong(`no reason: ${name}`)
    }
  },
  "the environment": async (bench) => {
    fs.mkdirSync(path.join(bench.app, "src/app"), {recursive: true})
    bench.linkSdk()
    bench.write({"tsconfig.json": tsconfig, ".env": "ALC_KEY=1\n", ".env.local": "ALC_KEY=2\nOther_1: x\n", ".env.test": "NO=1\n"})
    await bench.json("types")
    const text = ours(bench.app)(".attio/env.d.ts")
    bench.same("keys", ["ALC_KEY", "Other_1"], [...text.matchAll(/^ {2}(\w+)\?:/gm)].map((one) => one[1]))
    // The type that the official CLI gives `process`.
    const official = "{readonly env: Record<string, string | undefined>}"
    bench.write({
      "src/check.ts": `declare const official: ${official}
export const one: typeof process = official
export const two: typeof official = process
`,
    })
    for (const compiler of compilers()) {
      const {code, stdout} = await checkTypes(compiler, bench.app)
      bench.same(compiler.name, [0, ""], [code, stdout])
    }
    fs.appendFileSync(path.join(bench.app, "src/check.ts"), "export const three: string = process.env.X\n")
    const {code} = await checkTypes(compilers()[0], bench.app)
    bench.same("a variable that is not set is undefined", true, code !== 0)
  },
}

// Declarations that say what the official CLI's say, from the facts that are kept of them.
function officialAttio({official: {settings, register}}) {
  const texts = {}
  const augment = (module, line) => `import "${module}"\n${line}`
  if (settings) {
    const [from, key] = settings
    const line = `export interface AppSettingsSchema {\n  workspace: (typeof schema)["${key}"]\n}`
    const text = `import type schema from "${from}"\ndeclare module "attio" {\n${line}\n}\n`
    texts[".attio/settings.d.ts"] = augment("attio", text)
  }
  if (register) {
    const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ")
    const lines = Object.entries(register).map(([key, names]) => `  ${key}: ${union(names)}\n`)
    const text = `declare module "attio/client" {\nexport interface Register {\n${lines.join("")}}\n}\n`
    texts[".attio/register.d.ts"] = augment("attio/client", text)
  }
  return texts
}

for (const probe of allProbes) {
  // Where the official CLI refuses, it can leave files that do not belong to the app.
  const texts = probe.official.refuses ? {} : officialAttio(probe)
  if (Object.keys(texts).length === 0) continue
  tests[`${probe.name}: ${Object.keys(texts).join(", ")}`] = async (bench) => {
    copyProbe(bench, probe)
    const {files} = await bench.json("types")
    const have = files.map((file) => file.path).filter(isAttio)
    bench.same("files", Object.keys(texts).sort(), have)
    bench.same("differences", [], await mergeErrors(bench, texts))
    // The check itself can fail.
    const change = (text) => text.replace(/"fields"/, '"other"').replace(/"([\w-]+)"$/m, '"$1x"')
    const other = Object.fromEntries(Object.entries(texts).map(([one, text]) => [one, change(text)]))
    const wrong = await mergeErrors(bench, other)
    bench.same("another text is noticed", true, wrong.length >= 2 * have.length)
  }
}

// --- in use ----------------------------------------------------------------------------------

// A line that must not compile says which errors it can give: `// TS2345 TS2741`, of which the
// compilers choose differently.
const mark = (line) => / \/\/ (TS[\dTS ]+)$/.exec(line)?.[1] ?? ""

const marks = (files) =>
  Object.entries(files)
    .flatMap(([file, text]) =>
      text.split("\n").flatMap((line, n) => (mark(line) ? [`${file}:${n + 1} as marked`] : [])),
    )
    .sort()

function told(files, [, file, line, code]) {
  const marked = mark(files[file].split("\n")[line - 1]).split(" ").includes(code)
  return `${file}:${line} ${marked ? "as marked" : code}`
}

for (const [name, files] of Object.entries(usage)) {
  tests[name] = async (bench) => {
    bench.write({"tsconfig.json": tsconfig, "package.json": '{"name": "x", "version": "1.0.0"}'})
    bench.write(files)
    bench.linkSdk()
    const {code, diagnostics} = await bench.json("types")
    bench.same("types", [0, []], [code, diagnostics])
    for (const compiler of compilers()) {
      const {stdout} = await checkTypes(compiler, bench.app, "--pretty", "false")
      const found = stdout.matchAll(/^(src\/[^(]+)\((\d+),\d+\): error (TS\d+)/gm)
      bench.same(compiler.name, marks(files), [...found].map((one) => told(files, one)).sort())
    }
  }
}

// An editor asks TypeScript 5.9 for what can stand in a string.
tests["names of webhooks are offered while typing"] = async (bench) => {
  const text = 'import {createWebhookHandler} from "attio/server"\nexport const x = () => createWebhookHandler({fileName: ""})\n'
  const hook = "export default async function hook() {\n  return new Response()\n}\n"
  bench.write({
    "tsconfig.json": tsconfig,
    "src/app/webhooks/lead-processed.webhook.ts": hook,
    "src/app/webhooks/nested/deep.webhook.ts": hook,
    "src/x.ts": text,
  })
  bench.linkSdk()
  await bench.json("types")
  const ts = createRequire(path.join(sdkModules, "x.js"))("typescript")
  const config = ts.getParsedCommandLineOfConfigFile(path.join(bench.app, "tsconfig.json"), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (one) => bench.wrong(one.messageText),
  })
  const service = ts.createLanguageService({
    getScriptFileNames: () => config.fileNames,
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) =>
      fs.existsSync(file) ? ts.ScriptSnapshot.fromString(fs.readFileSync(file, "utf8")) : undefined,
    getCurrentDirectory: () => bench.app,
    getCompilationSettings: () => config.options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
  })
  const at = text.indexOf('""') + 1
  const offered = service.getCompletionsAtPosition(path.join(bench.app, "src/x.ts"), at, {})
  bench.same("offered", ["lead-processed", "nested/deep"], offered?.entries.map((one) => one.name))
}

// The same app gives the same bytes wherever it is, and a second run touches nothing.
tests["the same bytes in another folder, and nothing is written twice"] = async (bench) => {
  writeDocuments(bench)
  await bench.json("types")
  const stamp = () =>
    listFiles(bench.app).map((name) => [name, fs.statSync(path.join(bench.app, name)).mtimeMs])
  const before = stamp()
  const {files} = await bench.json("types")
  bench.same("states", true, files.length > 10 && files.every(({state}) => state === "current"))
  bench.same("times", before, stamp())
  const far = path.join(bench.folder, "a/b/far away")
  fs.cpSync(bench.app, far, {recursive: true, verbatimSymlinks: true})
  for (const {path: one} of files) fs.rmSync(path.join(far, one))
  await bench.json("types", far)
  for (const {path: one} of files) bench.same(one, ours(bench.app)(one), ours(far)(one))
}

await runTests(tests)

// Apps that mix all ways in which one module can lead to another. A seed always gives the same app:
// a map of paths to texts, and of links to their targets, relative to the app's folder.
//
// The modules form a line in which each imports some of those after it. What a module is called, in
// what folder it lies and what leads there is its shape; how it is imported is drawn for each pair.

import {seeded} from "../runner/random.mjs"

export function random(seed) {
  const next = seeded(seed)
  return {
    chance: (p) => next() < p,
    below: (n) => Math.floor(next() * n),
    pick: (list) => list[Math.floor(next() * list.length)],
  }
}

const relative = (from, to) => {
  const a = from.split("/").slice(0, -1)
  const b = to.split("/")
  while (a.length && b.length > 1 && a[0] === b[0]) a.shift(), b.shift()
  return (a.length ? "../".repeat(a.length) : "./") + b.join("/")
}
const without = (path, ending) => path.slice(0, -ending.length)

// Each gives files and the specifiers that lead to the module, as functions of the importer's path.
// `packages` and `config` are merged into package.json and tsconfig.json.
const shapes = {
  plain(n, r) {
    const ending = r.pick([".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs"])
    const path = `src/${r.pick(["lib", "lib/deep", "app/extensions/go", "ui"])}/m${n}${ending}`
    const ways = [(from) => relative(from, path)]
    if (/^\.[jt]sx?$/.test(ending)) ways.push((from) => without(relative(from, path), ending))
    if (/^\.tsx?$/.test(ending)) ways.push((from) => `${without(relative(from, path), ending)}.js`)
    if (ending === ".ts") ways.push((from) => `${without(relative(from, path), ending)}.jsx`)
    if (ending === ".mts") ways.push((from) => `${without(relative(from, path), ending)}.mjs`)
    if (ending === ".cts") ways.push((from) => `${without(relative(from, path), ending)}.cjs`)
    ways.push((from) => `${relative(from, path)}?raw`, (from) => `${relative(from, path)}#top`)
    return {path, ways}
  },
  // One that stands beside others of its name.
  rivals(n, r) {
    const all = [".tsx", ".ts", ".jsx", ".js"]
    const first = r.below(all.length)
    const files = {}
    for (const ending of all.slice(first)) files[`src/rivals/m${n}${ending}`] = null
    files[`src/rivals/m${n}/index.ts`] = null
    const path = `src/rivals/m${n}${all[first]}`
    return {
      path,
      files,
      ways: [(from) => without(relative(from, path), all[first])],
    }
  },
  index(n, r) {
    const ending = r.pick([".ts", ".tsx", ".js"])
    const path = `src/folders/m${n}/index${ending}`
    const folder = (from) => relative(from, `src/folders/m${n}`)
    return {path, ways: [folder, (from) => `${folder(from)}/`, (from) => `${folder(from)}/index`, (from) => `${folder(from)}/.`]}
  },
  // A folder that stands beside a file of its name: a slash at the end tells them apart.
  beside(n) {
    const path = `src/beside/m${n}/index.ts`
    return {
      path,
      files: {[`src/beside/m${n}.ts`]: null},
      ways: [(from) => `${relative(from, `src/beside/m${n}`)}/`],
    }
  },
  main(n, r) {
    const field = r.pick(["main", "module", "browser"])
    const value = r.pick(["./entry.ts", "entry", "./entry.js", "./inner", "./inner/"])
    const path = `src/mains/m${n}/${value.includes("inner") ? "inner/index" : "entry"}.ts`
    const other = {main: {}, module: {}, browser: {main: "./never.ts"}}[field]
    return {
      path,
      files: {
        [`src/mains/m${n}/package.json`]: JSON.stringify({...other, [field]: value}),
        ...(field === "module" ? {} : {[`src/mains/m${n}/index.ts`]: null}),
        [`src/mains/m${n}/never.ts`]: null,
      },
      ways: [(from) => relative(from, `src/mains/m${n}`)],
    }
  },
  browserMap(n, r) {
    const path = `src/browser/m${n}/there.ts`
    return {
      path,
      files: {
        [`src/browser/m${n}/package.json`]: JSON.stringify({
          main: "./here.ts",
          browser: r.pick([{"./here.ts": "./there.ts"}, {"./here": "./there"}, {"./here.ts": "./there.ts", fs: false}]),
        }),
        [`src/browser/m${n}/here.ts`]: null,
      },
      ways: [(from) => relative(from, `src/browser/m${n}`), (from) => relative(from, `src/browser/m${n}/here`)],
    }
  },
  paths(n, r) {
    const path = `src/aliased/m${n}.ts`
    const [key, value, use] = r.pick([
      ["@/*", ["./src/*"], `@/aliased/m${n}`],
      ["~/*", ["./no/*", "./src/*"], `~/aliased/m${n}`],
      [`exact${n}`, [`./src/aliased/m${n}.ts`], `exact${n}`],
      [`pre*post${n}`, ["./src/aliased/*"], `prem${n}post${n}`],
      [`#al${n}/*`, ["./src/aliased/*.d.ts", "./src/aliased/*"], `#al${n}/m${n}`],
    ])
    return {path, config: {paths: {[key]: value}}, ways: [() => use, () => (key.endsWith("/*") ? `${use}.ts` : use)]}
  },
  baseUrl(n) {
    return {path: `src/based/m${n}.ts`, config: {baseUrl: "."}, ways: [() => `src/based/m${n}`, () => `src/based/m${n}.js`]}
  },
  imports(n, r) {
    const path = `src/hashed/m${n}.ts`
    const [key, value, use] = r.pick([
      [`#h${n}`, `./${path}`, `#h${n}`],
      ["#hashed/*", "./src/hashed/*.ts", `#hashed/m${n}`],
      [`#c${n}`, {node: "./never.ts", browser: {import: `./${path}`, default: `./${path}`}}, `#c${n}`],
      [`#j${n}`, `./src/hashed/m${n}.js`, `#j${n}`],
      [`#list${n}`, ["never", `./${path}`].slice(r.below(1) + 1), `#list${n}`],
      [`#p${n}/*`, {default: "./src/hashed/*"}, `#p${n}/m${n}.ts`],
    ])
    return {path, package: {imports: {[key]: value}}, ways: [() => use]}
  },
  exports(n, r) {
    const path = `src/own/m${n}.ts`
    const [key, value, use] = r.pick([
      [`./e${n}`, `./${path}`, `e${n}`],
      ["./own/*", "./src/own/*.ts", `own/m${n}`],
      [`./c${n}`, {node: "./never.ts", module: `./${path}`, default: "./never.ts"}, `c${n}`],
      ["./dir/", "./src/own/", `dir/m${n}.ts`],
    ])
    return {path, package: {exports: {[key]: value}}, ways: [() => `the-app/${use}`]}
  },
  // A package of the workspace: its real folder is beside the app's sources.
  linked(n, r) {
    const folder = `packages/p${n}`
    const [manifest, path, use] = r.pick([
      [{main: "lib/main.js"}, `${folder}/lib/main.js`, `@team/p${n}`],
      [{module: "./esm.mjs"}, `${folder}/esm.mjs`, `@team/p${n}`],
      [{}, `${folder}/index.ts`, `@team/p${n}`],
      [{exports: {".": {types: "./x.d.ts", import: "./main.ts", require: "./main.ts"}}}, `${folder}/main.ts`, `@team/p${n}`],
      [{exports: {"./sub/*": "./src/*.tsx"}}, `${folder}/src/a.tsx`, `@team/p${n}/sub/a`],
      [{main: "no.js"}, `${folder}/src/b.ts`, `@team/p${n}/src/b`],
    ])
    return {
      path,
      files: {
        [`${folder}/package.json`]: JSON.stringify({name: `@team/p${n}`, ...manifest}),
        [`${folder}/tsconfig.json`]: JSON.stringify({compilerOptions: {paths: {"@/*": ["./nowhere/*"]}}}),
      },
      links: {[`node_modules/@team/p${n}`]: `../../${folder}`},
      ways: [() => use],
    }
  },
  link(n, r) {
    const path = `shared/m${n}.ts`
    return r.chance(0.5)
      ? {path, links: {[`src/linked-m${n}.ts`]: `../${path}`}, ways: [(from) => relative(from, `src/linked-m${n}`)], outside: true}
      : {path, links: {"src/linked": "../shared"}, ways: [(from) => relative(from, `src/linked/m${n}`)], outside: true}
  },
  data(n, r) {
    const ending = r.pick([".json", ".txt"])
    const path = `src/data/m${n}${ending}`
    const ways = [(from) => relative(from, path)]
    if (ending === ".json") ways.push((from) => without(relative(from, path), ending))
    return {path, text: ending === ".json" ? '{"v": 1}' : "text", data: true, ways}
  },
}

// What stands in the importer, and what it makes of names that are not used as values.
const uses = {
  value: (s, k) => `import {v as v${k}} from "${s}"; use(v${k})`,
  fallback: (s, k) => `import d${k} from "${s}"; use(d${k})`,
  all: (s, k) => `import * as n${k} from "${s}"; use(n${k}.v)`,
  bare: (s) => `import "${s}"`,
  options: (s) => `use(import("${s}", {}), import("${s}", use as any), require("${s}", 1))`,
  unused: (s, k) => `import {v as v${k}} from "${s}"`,
  typed: (s, k) => `import {T as T${k}} from "${s}"; export let x${k}: T${k} | undefined`,
  inline: (s, k) => `import {type T as T${k}} from "${s}"; export let x${k}: T${k} | undefined`,
  types: (s, k) => `import type {T as T${k}} from "${s}"; export let x${k}: T${k} | undefined`,
  empty: (s) => `import {} from "${s}"`,
  emptyAndDefault: (s, k) => `import d${k}, {} from "${s}"`,
  mixed: (s, k) => `import {type T as T${k}, v as v${k}} from "${s}"; use(v${k} as T${k})`,
  mixedUnused: (s, k) => `import d${k}, {type T as T${k}} from "${s}"; export let x${k}: T${k} | undefined`,
  reexport: (s, k) => `export {v as r${k}} from "${s}"`,
  reexportType: (s, k) => `export {type T as R${k}} from "${s}"`,
  reexportTypes: (s, k) => `export type {T as R${k}} from "${s}"`,
  reexportNothing: (s) => `export {} from "${s}"`,
  star: (s) => `export * from "${s}"`,
  starAs: (s, k) => `export * as s${k} from "${s}"`,
  starTypes: (s) => `export type * from "${s}"`,
  passedOn: (s, k) => `import {v as v${k}} from "${s}"; export {v${k}}`,
  dynamic: (s) => `use(import("${s}"))`,
  dynamicTemplate: (s) => `use(import(\`${s}\`))`,
  dynamicSum: (s) => `use(import("${s.slice(0, 2)}" + "${s.slice(2)}"))`,
  dynamicEither: (s) => `use(import(Math.random() > 2 ? "${s}" : ("${s}" as string)))`,
  awaited: (s) => `export async function load${s.length}_${hash(s)}() { return (await import("${s}", {with: {}})).v }`,
  required: (s) => `use(require("${s}"))`,
  importEquals: (s, k) => `import q${k} = require("${s}"); use(q${k})`,
  importEqualsUnused: (s, k) => `import q${k} = require("${s}")`,
  importEqualsType: (s, k) => `import type q${k} = require("${s}")`,
  dead: (s) => `if (process.env.NODE_ENV !== "production") use(require("${s}"))`,
  deadElse: (s) => `if (!(process.env["NODE_ENV"] === "development")) use(1); else use(import("${s}"))`,
  deadAnd: (s) => `use(false && import("${s}"), true || import("${s}"), null ?? 1, "x" ?? import("${s}"))`,
  deadArm: (s) => `use(true ? 1 : require("${s}"))`,
  alive: (s) => `if (process.env.NODE_ENV === "production" && use) use(require("${s}"))`,
  ownRequire: (s) => `export function own_${hash(s)}(require: (name: string) => unknown) { return require("${s}") }`,
  resolved: (s) => `use(() => require.resolve("${s}"))`,
  typeOnlyImport: (s, k) => `export let i${k}: import("${s}").T | undefined`,
  inDeadStatic: (s, k) => `import {v as v${k}} from "${s}"; if (false) use(v${k})`,
  decorated: (s, k) => `import {v as v${k}} from "${s}"; export class C${k}<T = typeof v${k}> { x?: T }`,
  shadowed: (s, k) => `import {v as v${k}} from "${s}"; export function f${k}(v${k}: number) { return v${k} }`,
}
// What a file of plain JavaScript can hold.
const scriptUses = ["value", "fallback", "all", "bare", "unused", "empty", "reexport", "star", "starAs", "dynamic", "required", "dead", "passedOn"]
const dataUses = ["fallback", "bare", "dynamic", "required", "all"]

function hash(text) {
  let h = 0
  for (const c of text) h = (h * 31 + c.charCodeAt(0)) >>> 0
  return h.toString(36)
}

const isScript = (path) => /\.[cm]?jsx?$/.test(path)
const body = (path) =>
  isScript(path)
    ? "export const v = 1\nexport default v\n"
    : "export const v = 1\nexport type T = 1\nexport default v\n"

const switches = [
  {},
  {},
  {verbatimModuleSyntax: true},
  {preserveValueImports: true},
  {importsNotUsedAsValues: "preserve"},
  {preserveValueImports: true, importsNotUsedAsValues: "error"},
  {isolatedModules: true, verbatimModuleSyntax: false},
]

function addTo(target, more) {
  for (const [key, value] of Object.entries(more ?? {})) {
    if (value && typeof value === "object" && !Array.isArray(value)) addTo((target[key] ??= {}), value)
    else target[key] = value
  }
}

function globs(n, r) {
  const folder = `src/globs/g${n}`
  const files = {}
  for (const name of ["a.ts", "b.ts", "c.tsx", "deep/a.ts", "deep/er/b.ts", "note.txt"]) files[`${folder}/${name}`] = null
  files[`${folder}/note.txt`] = "note"
  const use = r.pick([
    (s) => `use(import(\`${s}/\${use.name}.ts\`))`,
    (s) => `use(import(\`${s}/\${use.name}/b.ts\`))`,
    (s) => `use(require("${s}/" + use.name + ".ts"))`,
    (s) => `use(import("${s}/a" + use.name))`,
    (s) => `use(import(\`${s}/\${use.name}\${use.length}.tsx\`))`,
    (s) => `use(import(use.name + "${s}/a.ts"))`,
  ])
  return {files, use: (from) => use(relative(from, folder))}
}

// With `broken` some specifiers lead nowhere.
export function generate(seed, broken = false) {
  const r = random(seed)
  const damage = (specifier) => {
    const at = 1 + r.below(specifier.length - 1)
    return r.pick([
      () => `${specifier}x`,
      () => `${specifier.slice(0, at)}y${specifier.slice(at)}`,
      () => `${specifier}/z`,
      () => (specifier.includes("linked") ? `${specifier}q` : specifier.toUpperCase()),
      () => specifier.replace(/^\.\//, "../"),
    ])()
  }
  const files = {}
  const links = {}
  const manifest = {name: "the-app", version: "1.0.0", dependencies: {}}
  const options = {...r.pick(switches)}
  const modules = []
  const names = Object.keys(shapes)

  for (let n = 0; n < 6 + r.below(10); n++) {
    const shape = shapes[r.pick(names)](n, r)
    modules.push(shape)
    files[shape.path] = shape.text ?? body(shape.path)
    for (const [path, text] of Object.entries(shape.files ?? {})) files[path] ??= text ?? body(path)
    Object.assign(links, shape.links)
    addTo(manifest, shape.package)
    addTo(options, shape.config)
  }

  const entry = {path: "src/app/extensions/go/extension.ts", ways: []}
  const server = {path: "src/work.server.ts", ways: []}
  files[entry.path] = 'import {Extensions} from "attio/client"\nexport default Extensions.defineExtension({id: "go", type: "record-action"})\n'
  files[server.path] = "export default async function work() { return 1 }\n"
  const importers = [entry, server, ...modules.filter((one) => !one.data)]
  importers.forEach((importer, i) => {
    let text = ""
    const later = modules.slice(Math.max(0, i - 1))
    for (let k = 0; k < Math.min(later.length, 1 + r.below(3)); k++) {
      const target = r.pick(later)
      if (target === importer) continue
      const allowed = target.data ? dataUses : isScript(importer.path) ? scriptUses : Object.keys(uses)
      // Outside of the app's sources its aliases do not hold.
      const local = /^(packages|shared|src\/(mains|browser))\//.test(importer.path)
      const way = r.pick(target.ways)
      const whole = way(importer.path)
      const specifier = broken && r.chance(0.3) ? damage(whole) : whole
      if (local && !whole.startsWith(".")) continue
      const use = r.pick(allowed)
      if (isScript(importer.path) && !scriptUses.includes(use)) continue
      text += `${uses[use](specifier, `${i}_${k}`)}\n`
    }
    if (r.chance(0.15) && !/^(packages|shared|src\/(mains|browser))\//.test(importer.path)) {
      const glob = globs(i, r)
      for (const [path, content] of Object.entries(glob.files)) files[path] = content ?? body(path)
      text += `${glob.use(importer.path)}\n`
    }
    const declare = isScript(importer.path) ? "const use = (...x) => x" : "const use = (...x: unknown[]) => x"
    files[importer.path] = `${text}${declare}\n${files[importer.path]}`
  })

  if (r.chance(0.3)) files["src/lib/tsconfig.json"] = JSON.stringify({extends: "../../tsconfig.json", compilerOptions: r.pick(switches)})
  const extended = r.chance(0.4)
  if (extended) {
    const base = r.pick(["./base.json", "./conf/base", "@team/config/base", "@team/config"])
    const folder = base.startsWith("@") ? "packages/config" : "."
    const path = base.startsWith("@") ? `packages/config/${base.endsWith("base") ? "base" : "tsconfig"}.json` : `${base.slice(2).replace(/\.json$/, "")}.json`
    const up = base.startsWith("@") ? "../../" : base.includes("conf/") ? "../" : ""
    // Where `paths` and baseUrl stand is where they are seen from.
    const moved = JSON.parse(JSON.stringify(options), (key, value) =>
      typeof value === "string" && (key === "baseUrl" || (value.startsWith("./") && !options.baseUrl)) ? `./${up}${value.replace(/^\.\//, "")}` : value,
    )
    files[path] = JSON.stringify({compilerOptions: moved})
    if (folder !== ".") {
      files["packages/config/package.json"] = '{"name": "@team/config"}'
      links["node_modules/@team/config"] = "../../packages/config"
    }
    files["tsconfig.json"] = JSON.stringify({extends: r.chance(0.5) ? base : ["./other.json", base]})
    files["other.json"] = "{}"
  } else files["tsconfig.json"] = JSON.stringify({compilerOptions: options})
  files["package.json"] = JSON.stringify(manifest)
  return {files, links}
}

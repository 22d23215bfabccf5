// Small apps, each for a way from one module to another that generate.mjs does not draw. The entry is
// an extension that begins with `text`; `m(...)` are modules that export a value, a type and a default.
const module = "export const v = 1\nexport type T = 1\nexport default v\n"
const m = (...paths) => Object.fromEntries(paths.map((path) => [path, module]))
const json = (value) => JSON.stringify(value)

function app(text, files, {links, manifest, options, config} = {}) {
  return {
    files: {
      "package.json": json({name: "the-app", ...manifest}),
      "tsconfig.json": json(config ?? {compilerOptions: options ?? {}}),
      "src/app/extensions/go/extension.ts": `const use = (...x: any[]) => x\n${text}
import {Extensions} from "attio/client"
export default Extensions.defineExtension({id: "go", type: "record-action"})
`,
      ...files,
    },
    links,
  }
}

export const apps = {
  "a file before a folder, TypeScript before JavaScript": app('import "../../../lib/a"', {
    ...m("src/lib/a.tsx", "src/lib/a.ts", "src/lib/a/index.ts", "src/lib/a.d.ts"),
  }),
  "the name as it is before its endings": app('import "../../../lib/a.js"; import "../../../lib/b.data"', {
    ...m("src/lib/a.js.ts", "src/lib/a.ts", "src/lib/b.data.ts", "src/lib/b.ts"),
  }),
  "a JavaScript name for TypeScript in a folder of its name": app('import "../../../lib/a.js"', m("src/lib/a.js/index.ts", "src/lib/a.ts")),
  "the folder itself, and the one above": app('import "../../../lib/in/x"', {
    ...m("src/lib/index.ts", "src/lib/in/index.ts", "src/lib.ts", "src/lib/in.ts"),
    "src/lib/in/x.ts": 'import "."; import ".."; import "./"; import "../in/"; import "./."',
  }),
  "no folder may stand where a file must": app('import "@pkg/x"', m("src/x/index.ts", "src/x.ts"), {options: {paths: {"@pkg/*": ["./src/*/"]}}}),
  "dots and empty parts in a path": app('import ".././go/../../../lib/./a"', m("src/lib/a.ts")),
  "hidden files are found by their names alone": app('import "./.hidden"; import "../../../.deep/a"', m("src/app/extensions/go/.hidden.ts", "src/.deep/a.ts", "src/.deep/b.ts")),
  "characters that mean something elsewhere": app('import "../../../lib/a+b (c) [d]"; import "../../../lib/50%25"; import "../../../lib/ü"; import "../../../lib/a?b"', {
    ...m("src/lib/a+b (c) [d].ts", "src/lib/50%25.ts", "src/lib/ü.ts", "src/lib/a?b.ts"),
  }),
  "a query that is part of a name": app('import "../../../lib/a.ts?x"; import "../../../lib/b#y"', m("src/lib/a.ts", "src/lib/b.ts")),
  "escapes in a specifier": app('import "../../../l\\x69b/\\u{61}"; use(import(`../../../lib/\\u0062`))', m("src/lib/a.ts", "src/lib/b.ts")),

  "paths: exact before patterns, the longest prefix, then the longest end": app(
    'import "@/a"; import "@/deep/b"; import "@/c-x"; import "only"',
    m("src/exact.ts", "src/deep2/b.ts", "src/end.ts", "src/a.ts", "src/deep/b.ts", "src/c.ts", "src/only.ts"),
    {options: {paths: {"@/a": ["./src/exact"], "@/*": ["./src/*"], "@/deep/*": ["./src/deep2/*"], "@/*-x": ["./src/end"], only: ["./no", "./src/only.ts"]}}},
  ),
  "paths: a miss is looked for as a package and from baseUrl": app('import "@/a"; import "lib/b"; import "p"', {
    ...m("src/@/a.ts", "src/lib/b.ts"),
    "node_modules/p/index.js": "export {}",
  }, {options: {baseUrl: "./src", paths: {"@/*": ["./no/*"], p: ["./no"]}}}),
  "paths: targets without a dot hold with baseUrl": app('import "h"', m("src/lib/h.ts"), {options: {baseUrl: ".", paths: {h: ["src/lib/h.ts"]}}}),
  "paths: an absolute specifier": app('import "/abs/a"', m("src/lib/a.ts"), {options: {paths: {"/abs/*": ["./src/lib/*"]}}}),
  "paths: of what is extended, seen from baseUrl of what extends": app('import "@/a"', {
    ...m("src/lib/a.ts", "conf/lib/a.ts"),
    "conf/base.json": json({compilerOptions: {paths: {"@/*": ["./lib/*"]}}}),
  }, {
    config: {extends: "./conf/base.json", compilerOptions: {baseUrl: "./src"}},
  }),
  "extends: the last of a list wins": app('import "@/a"', {
    ...m("src/one/a.ts", "src/two/a.ts"),
    "one.json": json({compilerOptions: {paths: {"@/*": ["./src/one/*"]}}}),
    "two.json": json({compilerOptions: {paths: {"@/*": ["./src/two/*"]}}}),
  }, {config: {extends: ["./one", "./two.json"]}}),
  "extends: a package, its folder, its field tsconfig, its exports": app('import "@a/a"; import "@b/b"', {
    ...m("src/a.ts", "src/b.ts"),
    "node_modules/cfg/package.json": json({name: "cfg", exports: {"./base": {require: "./base.json"}}}),
    "node_modules/cfg/base.json": json({extends: "other", compilerOptions: {paths: {"@a/*": ["../../src/*"], "@b/*": ["../../src/*"]}}}),
    "node_modules/other/package.json": json({name: "other", tsconfig: "x.json"}),
    "node_modules/other/x.json": json({compilerOptions: {verbatimModuleSyntax: true}}),
  }, {config: {extends: "cfg/base"}}),
  "extends: ${configDir}, and a folder that ends like a file": app('import "@/a"', {
    ...m("src/a.ts"),
    "conf/base.json": json({compilerOptions: {paths: {"@/*": ["${configDir}/src/*"]}}}),
    "conf/base/x.txt": "",
  }, {config: {extends: "./conf/base"}}),
  "extends: .. means the tsconfig.json of the folder above": app('import "../../../in/x"', {
    ...m("src/a.ts"),
    "src/in/x.ts": 'import "@/a"',
    "src/in/tsconfig.json": json({extends: ".."}),
    "src/tsconfig.json": json({compilerOptions: {paths: {"@/*": ["./*"]}}}),
  }),
  "a tsconfig.json in a folder holds for what is in it, and a jsconfig.json": app('import "../../../in/x"; import "../../../js/y"', {
    ...m("src/in/a.ts", "src/js/a.ts"),
    "src/in/x.ts": 'import "~a"; import {v} from "./unused"',
    "src/in/unused.ts": module,
    "src/in/tsconfig.json": json({compilerOptions: {paths: {"~a": ["./a"]}, verbatimModuleSyntax: true}}),
    "src/js/y.ts": 'import "~a"',
    "src/js/jsconfig.json": json({compilerOptions: {paths: {"~a": ["./a"]}}}),
  }),

  "imports: the most specific pattern, null, conditions within conditions": app('import "#a/x"; import "#a/deep/y"; import "#c"', {
    ...m("src/one/x.ts", "src/two/y.ts", "src/c.ts"),
  }, {manifest: {imports: {"#a/*": "./src/one/*.ts", "#a/deep/*": "./src/two/*.ts", "#a/private/*": null, "#c": {node: null, browser: {require: null, import: "./src/c.ts"}}}}}),
  "imports: another package, and one of the workspace": app('import "#zod"; import "#team"', {
    "packages/team/package.json": json({name: "team", main: "./a.ts"}),
    ...m("packages/team/a.ts"),
    "node_modules/zod/index.js": "export {}",
  }, {manifest: {imports: {"#zod": "zod", "#team": "team"}}, links: {"node_modules/team": "../packages/team"}}),
  "imports: of the folder's own package.json": app('import "../../../in/x"', {
    ...m("src/in/a.ts", "src/a.ts"),
    "src/in/x.ts": 'import "#a"',
    "src/in/package.json": json({imports: {"#a": "./a.ts"}}),
  }, {manifest: {imports: {"#a": "./src/a.ts"}}}),
  "exports: a text, conditions alone, required otherwise": app('import "the-app"; use(require("the-app"))', m("src/a.ts", "src/b.ts"), {
    manifest: {exports: {import: "./src/a.ts", require: "./src/b.ts"}},
  }),
  "exports: a list, stars in the middle, blanks by their escapes": app('import "the-app/list"; import "the-app/x/mid/y"; import "the-app/blank"', {
    ...m("src/list.ts", "src/mid.ts", "src/b l.ts"),
  }, {manifest: {exports: {"./list": ["not-relative", "./src/list.ts"], "./x/*/y": "./src/*.ts", "./blank": "./src/b%20l.ts"}}}),
  "a package of another name is none of ours": app('use(import("the-apple/x").catch(() => 1))', {}, {manifest: {exports: {"./x": "./src/x.ts"}}}),

  "browser: names, files, endings, nothing at all": app('import "fs"; import "../../../lib/a"; import "../../../lib/off"; import "swap"', {
    ...m("src/fs.ts", "src/lib/a.ts", "src/lib/b.ts", "src/lib/off.ts", "src/swap.ts"),
  }, {manifest: {browser: {fs: "./src/fs.ts", "./src/lib/a": "./src/lib/b", "./src/lib/off.ts": false, swap: "./src/swap", path: false}}}),
  "browser: a name in the folder": app('import "../../../lib/x"', {
    ...m("src/lib/near.ts"),
    "src/lib/x.ts": 'import "dep"',
  }, {manifest: {browser: {"./src/lib/dep": "./src/lib/near.ts"}}}),
  "main: browser before module before main; required by main": app('import "../../../a"; use(require("../../../b"))', {
    ...m("src/a/b.ts", "src/a/m.ts", "src/a/x.ts", "src/b/m.ts", "src/b/x.ts"),
    "src/a/package.json": json({browser: "./b", module: "./m", main: "./x"}),
    "src/b/package.json": json({module: "./m", main: "./x"}),
  }),
  "main: one that leads nowhere is passed over": app('import "../../../a"', {...m("src/a/index.ts"), "src/a/package.json": json({main: "./dist/index.js"})}),

  "workspace: a package that leads to another one, through its real folder": app('import "one"', {
    "packages/one/package.json": json({name: "one"}),
    "packages/one/index.ts": 'import "two/x"; import "./near"',
    ...m("packages/one/near.ts", "packages/two/x.ts"),
    "packages/two/package.json": json({name: "two", exports: {"./*": "./*.ts"}}),
  }, {links: {"node_modules/one": "../packages/one", "packages/one/node_modules/two": "../../two"}}),
  "workspace: compiled before source below node_modules, source first in ours": app('import "one/x"', {
    "packages/one/package.json": json({name: "one"}),
    ...m("packages/one/x.ts"),
    "packages/one/x.js": "import './y'",
    ...m("packages/one/y.ts"),
    "packages/one/y.js": "export {}",
  }, {links: {"node_modules/one": "../packages/one"}}),
  "links: of a file and of a folder, by two names, from where they lead": app('import "../../../one"; import "../../../two"; import "../../../dir/a"', {
    "shared/a.ts": 'import "./b"; import "../near"',
    ...m("shared/b.ts", "near.ts"),
  }, {links: {"src/one.ts": "../shared/a.ts", "src/two.ts": "../shared/a.ts", "src/dir": "../shared"}}),

  "server functions, webhooks, events, blocks": {
    files: {
      ...app('import run from "../../../run.server"; use(run); use(import("../../../late.server"))', {}).files,
      "src/run.server.ts": 'import "./lib/a"\nexport default async function run() {}',
      "src/late.server.ts": 'export {type T} from "./lib/e"\nexport default async function late() { return import(`./globs/${process.env.X}.ts`) }',
      "src/app/webhooks/lead.webhook.ts": 'import "../../lib/b"\nexport default async () => new Response("")',
      "src/app/events/connection-added.event.ts": 'import "../../lib/c"\nexport default async () => {}',
      "src/app/blocks/b/block.ts": 'import {Workflows} from "attio"\nimport "../../../lib/d"\nexport default Workflows.defineWorkflowBlock({id: "b", type: "step", title: "B"} as any)',
      "src/app/blocks/b/execute.ts": 'export default async () => require("../../../lib/e")',
      ...m("src/lib/a.ts", "src/lib/b.ts", "src/lib/c.ts", "src/lib/d.ts", "src/lib/e.ts", "src/globs/x.ts", "src/globs/y.ts", "src/lib/unused.ts"),
    },
  },
  "a module for the client that imports itself and goes in circles": app('import "./a"', {
    "src/app/extensions/go/a.ts": 'import "./a"; import "./b"',
    "src/app/extensions/go/b.ts": 'import "./a"; import "./extension"',
  }),
}

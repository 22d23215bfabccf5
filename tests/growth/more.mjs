// Shapes of what is no module: package.json, tsconfig.json, GraphQL documents, .env files, comments
// that suppress; and of many findings.
import {base, boundaries, client, depths, list, lists, manifest, modules, nest, query, server, shared} from "./shapes.mjs"

const tsconfig = (options, more = {}) => ({
  "tsconfig.json": JSON.stringify({...JSON.parse(base["tsconfig.json"]), ...more, compilerOptions: {...JSON.parse(base["tsconfig.json"]).compilerOptions, ...options}}),
})
const record = (n, entry) => Object.fromEntries(Array.from({length: n}, (_, i) => entry(i)))

export const texts = {
  dependencies: (n) => manifest({dependencies: record(n, (i) => [`package-${i}`, "1.0.0"])}),
  "dependencies and imports": (n) => ({
    ...manifest({dependencies: record(n, (i) => [`package-${i}`, "1.0.0"])}),
    ...shared(list(n, (i) => `import p${i} from "package-${i}"\nconsole.log(p${i})`)),
  }),
  "scripts of package.json": (n) => manifest({scripts: record(n, (i) => [`script-${i}`, "true"])}),
  "keys of one name in package.json": (n) => ({"package.json": `{"name": "shape", ${list(n, () => '"a": 1', ", ")}}`}),
  "a deep package.json": (n) => ({"package.json": `{"name": "shape", "x": ${nest(n, "[", "", "]")}}`}),
  "a wrong package.json": (n) => ({"package.json": `{"name": "shape", ${list(n, (i) => `"k${i}": 1`, ", ")}, }`}),
  "imports of package.json": (n) => ({
    ...manifest({imports: record(n, (i) => [`#name-${i}`, "./src/shared/other.ts"])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "#name-${i}"`)),
  }),
  "patterns in imports of package.json": (n) => ({
    ...manifest({imports: record(n, (i) => [`#name-${i}/*`, "./src/shared/*.ts"])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "#name-${i}/other"`)),
  }),
  paths: (n) => tsconfig({paths: record(n, (i) => [`name-${i}`, ["./src/shared/shape"]])}),
  "paths and imports": (n) => ({
    ...tsconfig({paths: record(n, (i) => [`name-${i}`, ["./src/shared/other"]])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "name-${i}"`)),
  }),
  "patterns in paths and imports": (n) => ({
    ...tsconfig({paths: record(n, (i) => [`name-${i}/*`, ["./src/shared/*"]])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "name-${i}/other"`)),
  }),
  "paths that no import takes": (n) => ({
    ...tsconfig({paths: record(n, (i) => [`name-${i}/*`, ["./src/shared/*"]])}),
    ...shared(list(n, (i) => `import "other-${i}/other"`)),
  }),
  "targets of a path": (n) => ({
    ...tsconfig({paths: {name: Array.from({length: n}, (_, i) => `./src/nowhere${i}`)}}),
    ...shared('import "name"'),
  }),
  "folders of tsconfig": (n) => tsconfig({}, {include: Array.from({length: n}, (_, i) => `folder-${i}`)}),
  "ends in paths and imports": (n) => ({
    ...tsconfig({paths: record(n, (i) => [`name/*-${i}`, ["./src/shared/*"]])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "name/other-${i}"`)),
  }),
  "beginnings of beginnings in paths": (n) => ({
    ...tsconfig({paths: record(Math.ceil(Math.sqrt(n)), (i) => [`${"a".repeat(i)}*`, ["./src/nowhere/*"]])}),
    ...shared(list(n, (i) => `import "${"a".repeat(i % Math.sqrt(n))}b${i}"`)),
  }),
  "folders in imports of package.json": (n) => ({
    ...manifest({imports: record(n, (i) => [`#name-${i}/`, "./src/shared/"])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "#name-${i}/other"`)),
  }),
  "exports of the app's own name": (n) => ({
    ...manifest({exports: record(n, (i) => [`./name-${i}/*.js`, "./src/shared/*.ts"])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "shape/name-${i}/other.js"`)),
  }),
  "a browser map and imports": (n) => ({
    ...manifest({browser: record(n, (i) => [`name-${i}`, "./src/shared/other.ts"])}),
    "src/shared/other.ts": "export {}\n",
    ...shared(list(n, (i) => `import "name-${i}"`)),
  }),
  "a chain of extends": (n) => ({
    ...record(n, (i) => [`config/t${i}.json`, `{"extends": "./t${i + 1}.json"}`]),
    [`config/t${n}.json`]: "{}",
    ...tsconfig({}, {extends: "./config/t0.json"}),
  }),
  "exports of a package and extends": (n) => ({
    ...manifest({exports: record(n, (i) => [`./config-${i}.json`, "./config/t.json"])}),
    "config/t.json": "{}",
    ...tsconfig({}, {extends: Array.from({length: n}, (_, i) => `shape/config-${i}.json`)}),
  }),
  "patterns in exports of a package and extends": (n) => ({
    ...manifest({exports: record(n, (i) => [`./config-${i}/*`, "./config/*"])}),
    "config/t.json": "{}",
    ...tsconfig({}, {extends: Array.from({length: n}, (_, i) => `shape/config-${i}/t.json`)}),
  }),
  "exports of an installed package and extends": (n) => ({
    "node_modules/other/package.json": JSON.stringify({name: "other", version: "1.0.0", exports: record(n, (i) => [`./config-${i}.json`, "./t.json"])}),
    "node_modules/other/t.json": "{}",
    ...tsconfig({}, {extends: Array.from({length: n}, (_, i) => `other/config-${i}.json`)}),
  }),
  "a list of extends": (n) => ({
    "config/t.json": "{}",
    ...tsconfig({}, {extends: Array.from({length: n}, () => "./config/t.json")}),
  }),
  "comments in tsconfig": (n) => ({"tsconfig.json": `// comment\n`.repeat(n) + base["tsconfig.json"]}),
  "fields of a query": (n) => query(`query one { ${list(n, (i) => `f${i}: currentUser { id }`)} }`),
  "fields of one name": (n) => query(`query one { ${list(n, () => "currentUser { id }")} }`),
  "fields that differ": (n) => query(`query one { ${list(n, (i) => `person(id: "${i}") { id }`)} }`),
  "fields that do not exist": (n) => query(`query one { ${list(n, (i) => `nothing${i}`)} }`),
  "fields of a fragment": (n) => query(`query one { ...F } fragment F on Query { ${list(n, () => "currentUser { id }")} }`),
  "deep fields": (n) => query(`query one ${nest(n, "{ currentUser ", "{ id }", "}")}`),
  "deep introspection": (n) => query(`query one { __schema { types ${nest(n, "{ fields { type ", "{ name }", "} }")} } }`),
  "inline fragments": (n) => query(`query one { ${list(n, () => "... on Query { currentUser { id } }")} }`),
  "inline fragments, deep": (n) => query(`query one { ${nest(n, "... on Query { ", "currentUser { id }", " }")} }`),
  fragments: (n) => query(`query one { ${list(n, (i) => `...F${i}`)} }\n${list(n, (i) => `fragment F${i} on Query { currentUser { id } }`)}`),
  "fragments that differ": (n) => query(`query one { ${list(n, (i) => `...F${i}`)} }\n${list(n, (i) => `fragment F${i} on Query { a${i}: currentUser { id } }`)}`),
  "a chain of fragments": (n) => query(`query one { ...F0 }\n${list(n, (i) => `fragment F${i} on Query { ...F${i + 1} }`)}\nfragment F${n} on Query { currentUser { id } }`),
  "a diamond of fragments": (n) => query(`query one { ...F0 }\n${list(n, (i) => `fragment F${i} on Query { ...F${i + 1} a${i}: currentUser { id } ...F${i + 1} }`)}\nfragment F${n} on Query { currentUser { id } }`),
  "a ring of fragments": (n) => query(`query one { ...F0 }\n${list(n, (i) => `fragment F${i} on Query { ...F${(i + 1) % n} }`)}`),
  "fragments that all know each other": (n) => {
    const m = Math.ceil(Math.sqrt(n))
    return query(`query one { ...F0 }\n${list(m, (i) => `fragment F${i} on Query { ${list(m, (j) => `...F${j}`, " ")} }`)}`)
  },
  "fragments that are missing": (n) => query(`query one { ${list(n, (i) => `...F${i}`)} }`),
  "fragments of no use": (n) => query(`query one { currentUser { id } }\n${list(n, (i) => `fragment F${i} on Query { currentUser { id } }`)}`),
  "fragments of one name": (n) => query(`query one { ...F }\n${list(n, () => `fragment F on Query { currentUser { id } }`)}`),
  variables: (n) => query(`query one(${list(n, (i) => `$v${i}: String!`, ", ")}) { ${list(n, (i) => `f${i}: person(id: $v${i}) { id }`)} }`),
  "variables of no use": (n) => query(`query one(${list(n, (i) => `$v${i}: String!`, ", ")}) { currentUser { id } }`),
  "variables that are missing": (n) => query(`query one { ${list(n, (i) => `f${i}: person(id: $v${i}) { id }`)} }`),
  "variables of one name": (n) => query(`query one(${list(n, () => "$v: String!", ", ")}) { person(id: $v) { id } }`),
  "variables in fragments": (n) => query(`query one(${list(n, (i) => `$v${i}: String!`, ", ")}) { ...F }\nfragment F on Query { ${list(n, (i) => `f${i}: person(id: $v${i}) { id }`)} }`),
  "lists of a type": (n) => query(`query one($v: ${nest(n, "[", "String", "]")}) { currentUser { id } }`),
  "items of a list value": (n) => query(`query one { person(id: [${list(n, (i) => `${i}`, ", ")}]) { id } }`),
  "fields of an object value": (n) => query(`query one { person(id: {${list(n, (i) => `k${i}: 1`, ", ")}}) { id } }`),
  "fields of one name in a value": (n) => query(`query one { person(id: {${list(n, () => "k: 1", ", ")}}) { id } }`),
  "a deep value": (n) => query(`query one { person(id: ${nest(n, "[", "1", "]")}) { id } }`),
  "arguments of two fields": (n) => query(`query one { ${list(2, () => `person(${list(n, (i) => `a${i}: 1`, ", ")}) { id }`)} }`),
  "arguments of two fields, turned around": (n) => query(`query one { person(${list(n, (i) => `a${i}: 1`, ", ")}) { id } person(${list(n, (i) => `a${n - 1 - i}: 1`, ", ")}) { id } }`),
  "arguments": (n) => query(`query one { person(${list(n, (i) => `a${i}: 1`, ", ")}) { id } }`),
  "arguments of one name": (n) => query(`query one { person(${list(n, () => "id: 1", ", ")}) { id } }`),
  directives: (n) => query(`query one { currentUser ${"@include(if: true) ".repeat(n)} { id } }`),
  queries: (n) => query(list(n, (i) => `query q${i} { currentUser { id } }`)),
  "queries without a name": (n) => query("{ currentUser { id } }\n".repeat(n)),
  "type definitions": (n) => query(list(n, (i) => `type T${i} { id: ID }`)),
  "comments in a query": (n) => query(`${"# comment\n".repeat(n)}query one { currentUser { id } }`),
  "commas in a query": (n) => query(`query one { currentUser${",".repeat(n)} { id } }`),
  "a block string": (n) => query(`query one { person(id: """${"  text\n".repeat(n)}""") { id } }`),
  documents: (n) => record(n, (i) => [`src/shared/q${i}.graphql`, `query q${i} { currentUser { id } }\n`]),
  "documents of one query name": (n) => record(n, (i) => [`src/shared/q${i}.graphql`, `query same { currentUser { id } }\n`]),
  "variables that a query is given": (n) => ({
    "src/shared/q.graphql": `query q(${list(n, (i) => `$v${i}: String!`, ", ")}) { ${list(n, (i) => `f${i}: person(id: $v${i}) { id }`)} }`,
    ...client(`import {runQuery} from "attio/client"\nimport q from "../../../shared/q.graphql"\nexport const f = () => runQuery(q, {${list(n, (i) => `v${i}: "a"`, ", ")}})`),
  }),
  "variables that a query is not given": (n) => ({
    "src/shared/q.graphql": `query q(${list(n, (i) => `$v${i}: String!`, ", ")}) { ${list(n, (i) => `f${i}: person(id: $v${i}) { id }`)} }`,
    ...client(`import {runQuery} from "attio/client"\nimport q from "../../../shared/q.graphql"\nexport const f = () => runQuery(q, {${list(n, (i) => `w${i}: "a"`, ", ")}})`),
  }),
  "calls of one query": (n) => ({
    "src/shared/q.graphql": "query q($v: String!) { person(id: $v) { id } }",
    ...client(`import {runQuery} from "attio/client"\nimport q from "../../../shared/q.graphql"\nexport const f = () => { ${list(n, () => `runQuery(q, {v: "a"})`)} }`),
  }),
  "queries in source": (n) => shared(`import {runQuery} from "attio/client"\n${list(n, (i) => `runQuery(\`query q${i} { currentUser { id } }\`)`)}`),
  "environment variables": (n) => ({".env": list(n, (i) => `NAME_${i}=value`)}),
  "environment variables of one name": (n) => ({".env": list(n, () => `NAME=value`)}),
  "environment variables that are refused": (n) => ({".env": list(n, (i) => `ATTIO_${i}=value\n1x${i}=a`)}),
  "environment variables that name the one before": (n) => ({".env": `N0=value\n${list(n, (i) => `N${i + 1}=\${N${i}}`)}`}),
  "a long value": (n) => ({".env": `NAME="${"line\n".repeat(n)}"`}),
  "comments in .env": (n) => ({".env": "# comment\n".repeat(n)}),
  "uses of environment variables": (n) => ({
    ".env": list(n, (i) => `NAME_${i}=value`),
    ...server(list(n, (i) => `console.log(process.env.NAME_${i})`)),
  }),
  "uses of undeclared variables": (n) => server(list(n, (i) => `console.log(process.env.NAME_${i})`)),
  "undeclared variables, nearly right": (n) => ({
    ".env": list(n, (i) => `NAME_${i}=value`),
    ...server(list(n, (i) => `console.log(process.env.NAM_${i})`)),
  }),
  "secrets of .env in source": (n) => ({
    ".env": list(n, (i) => `SECRET_${i}=a8f5f167f44f4964e6c998dee827110c${i}`),
    ...server(list(n, (i) => `console.log("a8f5f167f44f4964e6c998dee827110c${i}")`)),
  }),
  "secrets of .env and other strings": (n) => ({
    ".env": list(n, (i) => `SECRET_${i}=a8f5f167f44f4964e6c998dee827110c${i}`),
    ...server(list(n, (i) => `console.log("b8f5f167f44f4964e6c998dee827110c${i}")`)),
  }),
  "secrets that begin alike": (n) => ({
    ".env": list(n, (i) => `SECRET_${i}=${"a8f5".repeat(20)}${i}`),
    ...server(`console.log("${"a8f5".repeat(n)}")`),
  }),
  "suppressions": (n) => shared(list(n, (i) => `// attio-ignore ATT2001 -- reason ${i}`)),
  "suppressions that are used": (n) => shared(list(n, (i) => `fetch("${i}") // attio-ignore ATT2001 -- reason`)),
  "suppressions on one line": (n) => shared(`fetch("x") ${"/* attio-ignore ATT2001 -- reason */ ".repeat(n)}`),
  "suppressions without a reason": (n) => shared(list(n, () => `// attio-ignore ATT2001`)),
  "suppressions of what is unknown": (n) => shared(list(n, (i) => `// attio-ignore ATT0${i} -- reason`)),
  "suppressions of many codes": (n) => shared(`// attio-ignore ${list(n, () => "ATT2001", ", ")} -- reason\nfetch("x")`),
  "suppressions of a file": (n) => shared(`${list(n, () => `// attio-ignore-file ATT2001 -- reason`)}\nfetch("x")`),
  "suppressions of a file that are used": (n) => shared(`// attio-ignore-file ATT2001 -- reason\n${list(n, () => `fetch("x")`)}`),
  "settings and their uses": (n) => ({
    "src/app/settings/schema.ts": `import {Settings} from "attio"\nexport default Settings.defineWorkspaceSchema({${list(n, (i) => `s${i}: Settings.Schema.string()`, ", ")}})\n`,
    ...client(`import {Settings} from "attio/client"\nimport schema from "../../settings/schema"\nexport function C() {\nconst values = Settings.useSettings(schema)\nconst {TextInput} = Settings.useForm(schema)\nreturn <>${list(n, (i) => `<TextInput name="s${i}" label={values.s${i}} />`)}</>\n}`),
  }),
  "settings that are not there": (n) => ({
    "src/app/settings/schema.ts": `import {Settings} from "attio"\nexport default Settings.defineWorkspaceSchema({${list(n, (i) => `s${i}: Settings.Schema.string()`, ", ")}})\n`,
    ...client(`import {Settings} from "attio/client"\nimport schema from "../../settings/schema"\nexport function C() {\nconst values = Settings.useSettings(schema)\nreturn <>${list(n, (i) => `{values.t${i}}{values.t${i}}`)}</>\n}`),
  }),
  "settings": (n) => ({
    "src/app/settings/schema.ts": `import {Settings} from "attio"\nexport default Settings.defineSettings({workspace: {${list(n, (i) => `s${i}: Settings.string()`, ", ")}}})\n`,
  }),
  "outcomes of a block": (n) => ({
    "src/app/blocks/b/block.ts": `import {Workflows} from "attio"\nexport default Workflows.defineWorkflowBlock({type: "step", id: "b", title: "B", description: "B", configSchema: Workflows.ConfigSchema.struct({${list(n, (i) => `f${i}: Workflows.ConfigSchema.string()`, ", ")}})})\n`,
    "src/app/blocks/b/configurator.tsx": `import {Workflows} from "attio/client"\nimport block from "./block"\nexport default Workflows.defineConfigurator(block, (block) => {\nconst {TextInput, Outcome} = Workflows.useConfigurator(block)\nreturn <>${list(n, (i) => `<TextInput name="f${i}" label="a" /><Outcome id="o${i}" label="b" />`)}</>\n})\n`,
    "src/app/blocks/b/execute.ts": `import {Workflows} from "attio/server"\nimport block from "./block"\nexport default Workflows.defineWorkflowBlockExecute(block, async () => {\n${list(n, (i) => `if (Math.random() > 1) return {type: "outcome", id: "o${i}", data: {}}`)}\nreturn {type: "outcome", id: "none", data: {}}\n})\n`,
  }),
  "objects of an extension": (n) => ({
    "src/app/extensions/two/extension.ts": `import {Extensions} from "attio/client"\nexport default Extensions.defineExtension({type: "record-action", id: "two", label: "E", objects: [${list(n, (i) => `"o${i}"`, ", ")}], onTrigger: async () => {}})\n`,
  }),
  "keys of an extension": (n) => ({
    "src/app/extensions/two/extension.ts": `import {Extensions} from "attio/client"\nexport default Extensions.defineExtension({type: "record-action", id: "two", label: "E", ${list(n, (i) => `k${i}: ${i}`, ", ")}, onTrigger: async () => {}})\n`,
  }),
  "widgets of an app": (n) => ({
    "src/app.ts": `import type {App} from "attio"\n${list(n, (i) => `import {a${i}} from "./a${i}"`)}\nexport const app: App = {record: {actions: [${list(n, (i) => `a${i}`, ", ")}], bulkActions: [], widgets: []}, callRecording: {insight: {textActions: []}, summary: {textActions: []}, transcript: {textActions: []}}}\n`,
    ...record(n, (i) => [`src/a${i}.ts`, `import type {RecordAction} from "attio/client"\nexport const a${i}: RecordAction = {id: "a${i}", label: "A", onTrigger: async () => {}}\n`]),
  }),
}

// What the compiler says and means nothing, because something else is wrong (lib/check/hollow.c).
const lost = (n) => ({[`src/shared/m${n}.ts`]: 'import {lost} from "./nowhere"\nexport const a = lost\n'})
export const hollow = {
  "a chain of modules behind a wrong import": (n) => ({
    ...record(n, (i) => [`src/shared/m${i}.ts`, `import {a as b} from "./m${i + 1}"\nexport const a: string = b.x\n`]),
    ...lost(n),
    ...shared('import {a} from "./m0"\nconsole.log(a)'),
  }),
  "a chain of export * behind a wrong import": (n) => ({
    ...record(n, (i) => [`src/shared/m${i}.ts`, `export * from "./m${i + 1}"\n`]),
    ...lost(n),
    ...shared('import {a} from "./m0"\nexport const b: number = a'),
  }),
  "modules that all take from a wrong one": (n) => ({
    ...record(n, (i) => [`src/shared/m${i}.ts`, `import {a as b} from "./m${n}"\nexport const a: string = b.x\n`]),
    ...lost(n),
    ...shared(list(n, (i) => `import "./m${i}"`)),
  }),
  "a ring behind a wrong import": (n) => ({
    ...record(n, (i) => [`src/shared/m${i}.ts`, `import {a as b} from "./m${(i + 1) % n}"\nimport {a as c} from "./m${n}"\nexport const a: any = b + c\n`]),
    ...lost(n),
    ...shared('import {a} from "./m0"\nconsole.log(a)'),
  }),
  "statements that use a wrong name": (n) => shared(`import {lost} from "./nowhere"\n${list(n, (i) => `export const a${i} = lost + ${i}`)}`),
  "statements with a slip of the SDK's": (n) => shared(`import {Settings} from "attio/client"\n${list(n, (i) => `export const a${i} = Settings.useSetting`)}`),
}

// Many findings: what makes them, sorts them, suppresses them and tells them.
export const findings = {
  "on one line": (n) => shared(list(n, () => `fetch("x")`, ";")),
  "on many lines": (n) => shared(list(n, () => `fetch("x")`)),
  "in many files": (n) => ({
    ...record(n, (i) => [`src/shared/m${i}.ts`, `export const a = () => fetch("x")\n`]),
    ...shared(list(n, (i) => `import "./m${i}"`)),
  }),
  "with fixes": (n) => client(`import {Button} from "attio/client"\nexport const e = <>${list(n, () => `<p>text</p>`)}</>`),
  "with fixes on one line": (n) => client(`export const e = <>${list(n, () => `<p>text</p>`, "")}</>`),
  "on one line, wide": (n) => shared(list(n, () => `fetch("漢")`, ";")),
  "of promises": (n) => server(list(n, () => `fetch("x")`)),
  "of promises on one line": (n) => server(list(n, () => `fetch("x")`, ";")),
  "of globals": (n) => shared(list(n, () => "console.log(window.x, document.y, process.env)")),
  "of HTML": (n) => client(`export const e = <>${list(n, () => "<div>text</div>")}</>`),
  "of experimental parts": (n) => shared(`import {experimental_searchRecords} from "attio/server"\n${list(n, () => "experimental_searchRecords()")}`),
  "of credentials": (n) => shared(list(n, (i) => `export const k${i} = "sk_live_4eC39HqLyjWDarjtT1zdp7d${i}"`)),
  "of tokens that are logged": (n) => server(list(n, () => "console.log(getWorkspaceConnection().value)"), 'import {getWorkspaceConnection} from "attio/server"'),
  "of syntax, in many files": (n) => record(n, (i) => [`src/shared/m${i}.ts`, "const = 1\n"]),
}

export const formats = ["json", "ndjson", "unix", "agent", "github", "sarif", "junit", "gitlab", "rdjson"]

// What still grows faster, and why.
export const unfinished = {
  "lists: comments without an end": "the grammar's lexer looks for the end at each, until the time of the text is over",
  "lists: regular expressions without an end": "as above",
  "lists: quotes": "tree-sitter repairs at each, until the time is over",
}

// Where what is done at most shows from this size on only: `check_merge` has a budget.
export const sizes = {
  "texts: fragments that all know each other": 6400,
  "types: fragments that all know each other": 6400,
  "types: fields that differ": 1600,
  // 200 names are looked for among others, no more.
  "modules: named imports, nearly right": 800,
  "modules: imports that nearly lead somewhere": 800,
  "modules: webhooks, nearly right": 800,
  "texts: settings that are not there": 800,
  "texts: undeclared variables, nearly right": 800,
}

// Sizes that people meet, and more steps than any of them takes: a machine makes them in under half a second (605 million in
// 0.29 s, measured).
const MOST = 700_000_000
export const wanted = {
  "a type of 300 kB": [() => shared(`export type T = {\n${list(12000, (i) => `  member${i}?: "value"`)}\n}`), MOST],
  "20,000 named imports": [() => modules["named imports"](20000), MOST],
  "a union of 20,000 literals": [() => lists["members of a union"](20000), MOST],
  "a parameter's union of 20,000 literals": [() => boundaries["a parameter's union"](20000), MOST],
  "24 layers of diamonds": [() => modules["diamonds of export *"](24), MOST],
  "3,000 nested templates": [() => depths.templates(3000), MOST],
  "16,000 suppressions": [() => texts.suppressions(16000), MOST],
  "16,000 findings on one line": [() => findings["on one line"](8000), MOST],
}

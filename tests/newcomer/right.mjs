// Rows of mistakes.mjs that are none: code and files that are right and look odd. Nothing is to be said.
import fs from "node:fs"
import path from "node:path"

const folder = "src/app/extensions/say-hello"
const button = `${folder}/extension.ts`

// Modules of the client, each of which exports `use`; the names that end in x hold JSX.
const client = {
  "satisfies + as const": "export const use = {a: 1, b: [1, 2]} as const satisfies Record<string, unknown>\n",
  "generic const type params": "export const use = <const T extends readonly string[]>(x: T): T => x\n",
  "overloads": "export function use(a: string): string\nexport function use(a: number): number\nexport function use(a: string | number) {\n  return a\n}\n",
  "abstract classes, private fields, accessors, static blocks": "abstract class A {\n  static #n = 0\n  static {\n    A.#n = 1\n  }\n  #p = 1\n  get p() {\n    return this.#p + A.#n\n  }\n  abstract go(): void\n}\nclass B extends A {\n  override go() {}\n}\nexport const use = () => new B().p\n",
  "enum and namespace": "export enum Kind {\n  A = 'a',\n  B = 'b',\n}\nexport namespace N {\n  export const x = Kind.A\n}\nexport const use = N.x\n",
  "labels, generators, async iter": "async function* g() {\n  yield* [1, 2]\n}\nexport const use = async () => {\n  outer: for await (const x of g()) {\n    for (;;) continue outer\n  }\n}\n",
  "template literal types": "type K<T extends string> = `on${Capitalize<T>}`\nexport const use: K<'click'> = 'onClick'\n",
  "infer with extends": "type E<T> = T extends [infer F extends string, ...unknown[]] ? F : never\nexport const use: E<['a', 1]> = 'a'\n",
  "assertion functions": "export function use(x: unknown): asserts x is string {\n  if (typeof x !== 'string') throw new Error('no')\n}\n",
  "regex v flag, named groups": "export const use = (s: string) => /(?<y>\\d{4})/u.exec(s)?.groups?.y\n",
  "bigints, numeric separators, nullish assign": "let a: number | undefined\na ??= 1_000\nexport const use = () => [a, 10n ** 2n]\n",
  "getter object, computed, spread": "const k = 'x'\nexport const use = {get a() {\n  return 1\n}, [k]: 2, ...{z: 1}, 'quoted-key': 3}\n",
  "local fetch name": "export const use = (fetch: () => number) => fetch()\n",
  "local document name": "export function use(document: {title: string}) {\n  const location = document.title\n  return location\n}\n",
  "typeof window guard": "export const use = typeof window === 'undefined' ? 1 : 2\n",
  "window.open": "export const use = () => window.open('https://a.b')\n",
  "URL, URLSearchParams, Intl": "export const use = () => new URL('https://a.b?x=1').searchParams.get('x') + new Intl.NumberFormat('en').format(1)\n",
  "setTimeout promise": "export const use = (ms: number) => new Promise<void>((r) => setTimeout(r, ms))\n",
  "process.env.NODE_ENV": "export const use = process.env.NODE_ENV === 'production'\n",
  "type only server import": "import type {Connection} from 'attio/server'\nexport const use = (c: Connection) => c.value\n",
  "inline type server import": "import {type Connection} from 'attio/server'\nexport const use = (c: Connection) => c.value\n",
  "dynamic import own module": "export const use = 1\n",
  "memo, forwardRef, lazy context .x": "import React, {createContext, memo, useContext, useReducer, useRef} from 'react'\nimport {Typography} from 'attio/client'\nconst C = createContext<string>('a')\nconst M = memo(function M({x}: {x: string}) {\n  const r = useRef(0)\n  r.current++\n  const [s] = useReducer((a: number) => a + 1, 0)\n  return <Typography.Body>{x}{s}{useContext(C)}</Typography.Body>\n})\nexport const use = () => (\n  <React.Fragment>\n    <C.Provider value=\"z\"><M x=\"1\" /></C.Provider>\n  </React.Fragment>\n)\n",
  "custom hooks, early return after hooks .x": "import {useEffect, useState} from 'react'\nimport {Typography} from 'attio/client'\nfunction useThing(n: number) {\n  const [v, set] = useState(n)\n  useEffect(() => {\n    set(n)\n  }, [n])\n  return v\n}\nexport function use() {\n  return null\n}\nexport function Comp({n}: {n: number}) {\n  const v = useThing(n)\n  if (v > 1) return null\n  return <Typography.Body>{v}</Typography.Body>\n}\n",
  "render props, children fn, list keys .x": "import {Typography, Section} from 'attio/client'\nimport type {ReactNode} from 'react'\nconst L = ({items, children}: {items: string[]; children: (s: string) => ReactNode}) => <>{items.map((i) => <Section title={i} key={i}>{children(i)}</Section>)}</>\nexport const use = () => <L items={['a']}>{(s) => <Typography.Body>{s}</Typography.Body>}</L>\n",
  "generic component .x": "import {Typography} from 'attio/client'\nexport function use<T extends {id: string}>({rows}: {rows: T[]}) {\n  return <>{rows.map((r) => <Typography.Body key={r.id}>{r.id}</Typography.Body>)}</>\n}\n",
  "conditional jsx, nested ternaries, comments .x": "import {Typography} from 'attio/client'\nexport const use = ({a}: {a?: number}) => (\n  <>\n    {/* a comment */}\n    {a ? <Typography.Body>x</Typography.Body> : a === 0 ? null : <Typography.Body>{`${a}`}</Typography.Body>}\n    {!!a && <Typography.Body>it&apos;s {'{'}braces{'}'}</Typography.Body>}\n  </>\n)\n",
  "error boundary class .x": "import {Component, type ReactNode} from 'react'\nexport class use extends Component<{children: ReactNode}, {e: boolean}> {\n  state = {e: false}\n  static getDerivedStateFromError() {\n    return {e: true}\n  }\n  render() {\n    return this.state.e ? null : this.props.children\n  }\n}\n",
  "use strict, use memo": "'use strict'\n'use memo'\nexport const use = () => {\n  'use no memo'\n  return 'use server'\n}\n",
  "text use server in expression": "export const use = ['use server', \"use client\"].join()\n",
  "dialog with alert local": "function alert(s: string) {\n  return s\n}\nexport const use = () => alert('x')\n",
  "node: types only": "type Buffer = Uint8Array\nexport const use = (b: Buffer) => b.length\n",
}

const server = {
  "server: arrow default": "const x = async (a?: string): Promise<{ok: boolean}> => ({ok: !!a})\nexport default x\n",
  "server: default as": "async function x() {\n  return 1\n}\nexport {x as default}\n",
  "server: wrapper": "const wrap = <T,>(f: () => Promise<T>) => async () => f()\nexport default wrap(async () => 1)\n",
  "server: returns promise, not async": "export default function x(): Promise<number> {\n  return Promise.resolve(1)\n}\n",
  "server: Promise.all awaited, void": "const f = async () => 1\nexport default async function x() {\n  void f()\n  await Promise.all([f(), f()])\n  const p = f()\n  return p\n}\n",
  "server: crypto.subtle, TextEncoder, AbortController": "export default async function x() {\n  const c = new AbortController()\n  const d = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('a'))\n  return [c.signal.aborted, d.byteLength]\n}\n",
  "server: recursive JSON type, unions, records": "type J = string | number | boolean | null | J[] | {[k: string]: J}\nexport default async function x(): Promise<J> {\n  return {a: [1, null, {b: 'c'}]}\n}\n",
  "server: unknown, generics, Pick": "type Big = {a: string; f: () => void}\nexport default async function x(): Promise<Pick<Big, 'a'>> {\n  return {a: 'x'}\n}\n",
  "server: docs example keys": "const key = 'sk_test_your_key_here'\nexport default async function x() {\n  return key.length\n}\n",
}

function write(app, name, text) {
  fs.mkdirSync(path.dirname(path.join(app, name)), {recursive: true})
  fs.writeFileSync(path.join(app, name), text)
}

// All of them in one app, imported by its extension, so that they are in a bundle.
function all(app, texts, ending, name) {
  const lines = Object.entries(texts).map(([words, text], i) => {
    write(app, `${folder}/right-${i}.${ending(words)}`, text)
    return name === "default" ? `import use${i} from "./right-${i}.server"` : `import {${name} as use${i}} from "./right-${i}"`
  })
  const uses = lines.map((_, i) => `use${i}`).join(", ")
  write(app, button, `${lines.join("\n")}\n${fs.readFileSync(path.join(app, button), "utf8")}\nexport const uses = [${uses}]\n`)
}

const env = [
  "# c", "export A=1", "B='x y'", 'C="a\\nb"', 'D="multi', 'line"', "E=a=b=c", "F=it's", 'G="#no" # c', "H: 1", "   I   =   2", "",
  "J=`back \"tick'`", "K='a' ", 'L="-----BEGIN PUBLIC KEY-----', "MIIB", "AAAA==", '-----END PUBLIC KEY-----"', "M=${A}/x", "N='it''s'.", "",
].filter((line) => !line.startsWith("N=")).join("\n")

const manifest = {
  type: "module",
  exports: {".": "./x.js"},
  imports: {"#attio/testing": "./.attio/.testing/index.js", "#a": "./src/a.ts", "#b/*": {default: "./src/*.ts"}},
  engines: {node: ">=20"},
  overrides: {react: "$react"},
  peerDependencies: {},
  peerDependenciesMeta: {x: {optional: true}},
  dependenciesMeta: {x: {injected: true}},
  bundleDependencies: [],
  scripts: {a: "b"},
  config: {a: "x", scripts: "y"},
  sideEffects: false,
  "//": "a remark",
  devDependencies: {typescript: "catalog:", a: "file:../a", b: "git+https://x/y.git", c: "npm:d@1", d: "workspace:*", e: ""},
}

export const right = {
  "client code that looks odd": {app: "minimal", edits: [(app) => all(app, client, (words) => (words.endsWith(" .x") ? "tsx" : "ts"), "use")]},
  "server functions that look odd": {app: "minimal", edits: [(app) => all(app, server, () => "server.ts", "default")]},
  "lines of .env that look odd": {app: "minimal", edits: [[".env", null, env], [".env.local", null, "A=1\r\nB=\"x\"\r\n\r\n# c\r\n"], [".env.example", null, "Copy this to .env\nA=\n"]]},
  "members of package.json that look odd": {
    app: "minimal",
    edits: [(app) => write(app, "package.json", JSON.stringify({...JSON.parse(fs.readFileSync(path.join(app, "package.json"))), ...manifest}, null, 2))],
  },
  "remarks in tsconfig.json that look like options": {app: "minimal", edits: [["tsconfig.json", '"strict": true,', '// "strict": false,\n    "strict": true, /* "strict": 1 */']]},
  "an outcome in either branch": {
    app: "workflow",
    edits: [["src/app/blocks/check-lead/configurator.tsx", "  return (\n    <>", `  const wide = block != null
  return (
    <>
      {wide ? <Outcome id="other" label="A" schema={result} /> : <Outcome id="other" label="B" schema={result} />}`]],
  },
  "a module called app.js that is imported": {
    app: "minimal",
    edits: [
      ["src/app.js", null, "export const helper = () => 1\n"],
      ["tsconfig.json", '"strict": true,', '"strict": true,\n    "allowJs": true,'],
      [button, 'from "attio/client"', 'from "attio/client"\nimport {helper} from "../../../app"\n\nexport const help = helper'],
    ],
  },
  "a query whose text holds a $": {
    edits: [["src/app/extensions/send-to-alc/get-person-phone-numbers.graphql", "    phone_numbers\n  }", '    phone_numbers\n  }\n  other: person(id: "$5") {\n    id\n  }']],
  },
}

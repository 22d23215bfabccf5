// Checks files that reporters wrote:  node conform.mjs sarif|json|xml|SCHEMA.json FILE...
// `sarif` is the published schema of SARIF 2.1.0, `json` and `xml` look at the syntax only. In a
// schema of ours fields that it does not name are forbidden, so that a field added to the output
// and not to the schema is noticed. A file that ends in .ndjson has a document in each line.
import fs from "node:fs"
import {createRequire} from "node:module"

const require = createRequire(import.meta.url)
const [name, ...files] = process.argv.slice(2)
if (!name || files.length === 0) {
  console.error("usage: node conform.mjs sarif|json|xml|SCHEMA.json FILE...")
  process.exit(2)
}

function sarif() {
  const Ajv = require("ajv")
  const ajv = new Ajv({schemaId: "id", meta: false, allErrors: true, unknownFormats: "ignore"})
  ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"))
  ajv._opts.defaultMeta = "http://json-schema.org/draft-04/schema"
  const file = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
  return ajv.compile(JSON.parse(fs.readFileSync(file, "utf8")))
}

function close(schema) {
  if (Array.isArray(schema)) return schema.map(close)
  if (schema === null || typeof schema !== "object") return schema
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]))
  if (schema.properties && schema.type) closed.additionalProperties = false
  return closed
}

function own(file) {
  const {default: Ajv} = require("ajv-2020/dist/2020.js")
  // Unknown keywords and other slips in the schema itself are errors.
  const ajv = new Ajv({strict: true, allErrors: true, strictTypes: false, strictRequired: false})
  return ajv.compile(close(JSON.parse(fs.readFileSync(file, "utf8"))))
}

// Well-formed as far as our own files go: a declaration, elements, attributes, text, references.
function xmlMistake(text) {
  // eslint-disable-next-line no-control-regex
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text)
  if (bad) return `a character that XML does not have at ${bad.index}`
  const references = /&(?!(amp|lt|gt|quot|#\d+);)/
  const tag = /^<(\/?)([A-Za-z]+)((?: [A-Za-z]+="[^"<]*")*)(\/?)>/
  const open = []
  let rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "")
  if (rest === text) return "no XML declaration"
  let roots = 0
  while (rest !== "") {
    const plain = /^[^<]+/.exec(rest)
    if (plain) {
      if (references.test(plain[0]) || plain[0].includes("]]>")) return `text: ${plain[0]}`
      if (open.length === 0 && plain[0].trim() !== "") return `text outside: ${plain[0]}`
      rest = rest.slice(plain[0].length)
      continue
    }
    const match = tag.exec(rest)
    if (!match) return `tag: ${rest.slice(0, 80)}`
    const [all, closing, element, attributes, empty] = match
    const names = [...attributes.matchAll(/ ([A-Za-z]+)=/g)].map((found) => found[1])
    if (references.test(attributes) || new Set(names).size !== names.length) return `attributes: ${all}`
    if (closing && open.pop() !== element) return `closes what is not open: ${all}`
    if (!closing && open.length === 0 && roots++ > 0) return `a second root: ${all}`
    if (!closing && !empty) open.push(element)
    rest = rest.slice(all.length)
  }
  if (open.length > 0) return `not closed: ${open.join(" ")}`
  return undefined
}

const decode = (bytes) => new TextDecoder("utf-8", {fatal: true}).decode(bytes)
let failed = 0
function complain(text) {
  failed++
  console.error(text)
}

if (name === "xml") {
  for (const file of files) {
    const mistake = xmlMistake(decode(fs.readFileSync(file)))
    if (mistake) complain(`${file}: ${mistake}`)
  }
  process.exit(failed === 0 ? 0 : 1)
}

const validate = name === "json" ? () => true : name === "sarif" ? sarif() : own(name)
for (const file of files) {
  const text = decode(fs.readFileSync(file))
  const documents = file.endsWith("ndjson") ? text.trimEnd().split("\n") : [text]
  for (const document of documents) {
    if (validate(JSON.parse(document))) continue
    for (const error of validate.errors)
      complain(`${file}: ${error.instancePath ?? error.dataPath} ${error.message} ${JSON.stringify(error.params)}`)
  }
}
process.exit(failed === 0 ? 0 : 1)

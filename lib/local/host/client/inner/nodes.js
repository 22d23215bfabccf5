// Schema nodes of workflow blocks (README: "The local platform", SDK values). A node is immutable; its data are own
// properties, its methods sit on the prototype, and what title() and friends add only shows in its JSON.
import {parse, stringify} from "../../web/host.js"
import {named} from "./trap.js"

const hidden = new WeakMap() // node -> {title, description, ...}

class SchemaNode {
  constructor(fields, extra) {
    Object.assign(this, fields)
    hidden.set(this, extra)
  }
  title(text) {
    return copy(this, {title: text})
  }
  description(text) {
    return copy(this, {description: text})
  }
  optional() {
    const parts = this.type === "union" ? this.nodes : [this]
    if (parts.some((node) => node.type === "undefined")) return this
    return make({type: "union", nodes: [...parts, undefinedNode]})
  }
  toJSON() {
    return {...this, ...hidden.get(this)}
  }
}

class LeafNode extends SchemaNode {}
class RecordReference extends SchemaNode {
  object({slug}) {
    return copy(this, {type: "attio-entity-reference", object_slug: slug})
  }
}
class ObjectReference extends SchemaNode {
  object({slug}) {
    return copy(this, {object_slug: slug})
  }
}
class ListReference extends SchemaNode {
  list({slug}) {
    return copy(this, {list_slug: slug})
  }
  parentObject({slug}) {
    return copy(this, {parent_object_slug: slug})
  }
}
class SelectReference extends SchemaNode {
  attribute({objectSlug, attributeSlug}) {
    return copy(this, {object_slug: objectSlug, attribute_slug: attributeSlug})
  }
}
class AttributeReference extends SchemaNode {
  object({entityDefinitionSlug, attributeDefinitionSlug}) {
    return copy(this, {
      entity_definition_slug: entityDefinitionSlug,
      attribute_definition_slug: attributeDefinitionSlug,
    })
  }
}

const classes = {
  "attio-entity-reference": RecordReference,
  "attio-object": ObjectReference,
  "attio-list": ListReference,
  "attio-select": SelectReference,
  "attio-attribute": AttributeReference,
}

function make(fields, extra = {}) {
  return Object.freeze(new (classes[fields.type] ?? LeafNode)(fields, extra))
}

function copy(node, extra) {
  return make({...node}, {...hidden.get(node), ...extra})
}

const undefinedNode = make({type: "undefined"})

export const leafTypes = {
  attioActor: "attio-actor",
  attioAttribute: "attio-attribute",
  attioList: "attio-list",
  attioNote: "attio-note",
  attioObject: "attio-object",
  attioRecord: "attio-entity-reference",
  attioSelect: "attio-select",
  attioSequence: "attio-sequence",
  attioTask: "attio-task",
  boolean: "boolean",
  currency: "currency",
  date: "date",
  domain: "domain",
  duration: "duration",
  emailAddress: "email-address",
  location: "location",
  number: "number",
  personalName: "personal-name",
  phoneNumber: "phone-number",
  string: "string",
  timestamp: "timestamp",
}

function builders() {
  const made = {}
  for (const [name, type] of Object.entries(leafTypes)) made[name] = () => make({type})
  made.array = (element) => make({type: "array", element})
  made.struct = (fields) => make({type: "struct", fields})
  made.stringEnum = (values) => make({type: "string-enum", values: [...values]})
  return made
}

export const OutcomeSchema = named("attio/client Workflows.OutcomeSchema", builders())

export const ConfigSchema = named("attio Workflows.ConfigSchema", {
  ...builders(),
  record: (value) => make({type: "record", value}),
  richText: () => make({type: "rich-text"}),
})

// Friendly schemas have plain objects in place of structs.
export function normalNode(node) {
  if (node === null || node === undefined || typeof node !== "object") return undefined
  if (typeof node.type === "string") return node
  return {type: "struct", fields: node}
}

export function withoutOptional(node) {
  const normal = normalNode(node)
  if (normal === undefined || normal.type !== "union") return normal
  return normalNode(normal.nodes.find((part) => part.type !== "undefined"))
}

// The node at a dotted path of a config schema, or undefined.
export function nodeAt(schema, path) {
  let node = withoutOptional(schema)
  for (const step of String(path).split(".")) {
    if (node === undefined) return undefined
    if (node.type === "struct") node = withoutOptional(node.fields[step])
    else if (node.type === "record") node = withoutOptional(node.value)
    else if (node.type === "array" && /^\d+$/.test(step)) node = withoutOptional(node.element)
    else return undefined
  }
  return node
}

export function schemaJson(schema) {
  const node = normalNode(schema)
  return node === undefined ? null : parse(stringify(deepNormal(node)))
}

function deepNormal(node) {
  const normal = normalNode(node)
  const json = typeof normal.toJSON === "function" ? normal.toJSON() : {...normal}
  if (json.fields)
    json.fields = Object.fromEntries(Object.entries(json.fields).map(([key, value]) => [key, deepNormal(value)]))
  if (json.element) json.element = deepNormal(json.element)
  if (json.value && json.type === "record") json.value = deepNormal(json.value)
  if (json.nodes) json.nodes = json.nodes.map(deepNormal)
  return json
}

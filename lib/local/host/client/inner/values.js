// Values of Attio's own types, as configs and outcomes carry them: Workflows.OutcomeValue.* and the friendly values
// of configs. Each has a class of its own; its fields are plain properties.
import {named} from "./trap.js"

const fields = {
  attioActor: ["actorId", "actorType"],
  attioAttribute: ["object", "attribute"],
  attioList: ["list"],
  attioNote: ["noteId"],
  attioObject: ["object"],
  attioRecord: ["recordId", "object"],
  attioSelectOption: ["selectOptionId", "attribute", "object"],
  attioSequence: ["sequenceId"],
  attioTask: ["taskId"],
  currency: ["value", "code"],
  date: ["value"],
  domain: ["original", "normalized", "root"],
  duration: ["value"],
  emailAddress: ["original", "normalized", "domain", "root_domain", "local_specifier"],
  location: [
    "line_1",
    "line_2",
    "line_3",
    "line_4",
    "locality",
    "region",
    "postcode",
    "country_code",
    "latitude",
    "longitude",
  ],
  personalName: ["first_name", "last_name", "full_name"],
  phoneNumber: ["original", "normalized", "country_code"],
}

const shapes = new Set() // prototypes of the classes below

const className = (name) => `${name[0].toUpperCase()}${name.slice(1)}Value`

function valueClass(name, keys) {
  const Value = class {
    constructor(given) {
      for (const key of keys) if (given[key] !== undefined) this[key] = given[key]
    }
  }
  Object.defineProperty(Value, "name", {value: className(name)})
  shapes.add(Value.prototype)
  return Value
}

class RichTextValue {
  #text
  constructor(text) {
    this.#text = text
  }
  toPlainText() {
    return this.#text
      .replace(/^\s{0,3}(#{1,6}\s+|>\s?)/gm, "")
      .replace(/(\*\*|__|~~)(.+?)\1/g, "$2")
      .replace(/(^|[^\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])/g, "$1$2")
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
  }
  toMarkdown() {
    return this.#text
  }
  toJSON() {
    return this.#text
  }
}

const makers = {}
for (const [name, keys] of Object.entries(fields)) {
  const Value = valueClass(name, keys)
  makers[name] = (given) => {
    if (given === null || typeof given !== "object") {
      throw new TypeError(`Workflows.OutcomeValue.${name} takes an object with ${keys.join(", ")}`)
    }
    return new Value(given)
  }
}
makers.richText = (text) => new RichTextValue(String(text))

// Whether it is a value of one of Attio's types: JSON is how outcomes carry these.
export const isValue = (item) => typeof item === "object" && item !== null && shapes.has(Object.getPrototypeOf(item))

export const makeValue = makers
export const OutcomeValue = named("Workflows.OutcomeValue", makers)
export const valueFields = fields

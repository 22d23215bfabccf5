// Every component of the client SDK has a story, with every documented prop and every word that a prop may be.
import assert from "node:assert/strict"
import fs from "node:fs"
import path from "node:path"
import {test} from "node:test"
import {fileURLToPath} from "node:url"

const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
const file = path.join(process.env.ATTIO_BUILD ?? path.join(top, "build"), "page/stories.json")
const skip = fs.existsSync(file) ? false : `there is no ${file}`
const {catalogue, stories} = skip ? {catalogue: {}, stories: []} : JSON.parse(fs.readFileSync(file, "utf8"))

// component -> prop -> values that stories give
function shown() {
  const all = new Map()
  for (const {props} of stories) {
    for (const [component, given] of Object.entries(props)) {
      if (!all.has(component)) all.set(component, new Map())
      for (const [prop, values] of Object.entries(given)) all.get(component).set(prop, [...(all.get(component).get(prop) ?? []), ...values])
    }
  }
  return all
}

const words = (rule) => rule.replace(/!$/, "").split("|").filter((word) => /^["\d]/.test(word)).map((word) => word.replaceAll('"', ""))

test("each component has a story with each prop", {skip}, () => {
  const all = shown()
  const missing = Object.entries(catalogue).flatMap(([component, props]) => {
    const own = all.get(component)
    if (own === undefined) return [component]
    return Object.entries(props).flatMap(([prop, rule]) => {
      const values = own.get(prop)
      return values === undefined ? [`${component}.${prop}`] : words(rule).filter((word) => !values.includes(word)).map((word) => `${component}.${prop} = ${word}`)
    })
  })
  assert.ok(Object.keys(catalogue).length > 90)
  assert.deepEqual(missing, [])
})

test("no story has a slip", {skip}, () => {
  assert.deepEqual(stories.filter(({slips}) => slips.length > 0).map(({component, slips}) => [component, slips]), [])
})

// What a user did at a screen, in the words of a script's steps (steps.js): so a flow that was clicked can be run again.
import {clicksIn, inputsIn, named, walk} from "./find.js"

const same = (a, b) => JSON.stringify(a ?? []) === JSON.stringify(b ?? [])
const silent = new Set(["onBlur", "options.search"]) // a step that fills or chooses does these by itself

// The steps that do what the call of an element's function does, in a tree as it was shown; undefined: there are none.
export function stepsOf(nodes, element, fn, args) {
  if (silent.has(fn)) return []
  const inputs = inputsIn(nodes)
  const input = inputs.find(({node}) => node.id === element)
  if (input !== undefined && fn === "onChange") {
    const name = named(inputs, input)
    return name === undefined ? undefined : [{fill: name, value: args?.[0] ?? null}]
  }
  if (fn === "onSubmit") {
    const form = [...walk(nodes)].find(({node}) => node.type === "Form")
    return form?.node.id === element ? [{submit: true}] : undefined
  }
  const all = clicksIn(nodes)
  const click = all.find((one) => (one.element ?? one.node.id) === element && one.fn === fn && (one.args === undefined || same(one.args, args)))
  const name = click && named(all, click)
  return name === undefined ? undefined : [{click: name}]
}

// Finds what a step names in a tree: by label, by name, or by Type:nth. Never by id.
import {StepError} from "./steps.js"
import {textOf, trimmed} from "./print.js"
import {near} from "./near.js"

export function* walk(nodes, parents = []) {
  for (const node of nodes) {
    if (typeof node === "string") continue
    yield {node, parents}
    yield* walk(node.children ?? [], [...parents, node])
  }
}

const isFunction = (value) => value?.$fn === true

// What can be clicked in a node: {labels, fn, args?, disabled?, url?}.
function clicks(node, parents) {
  const {type, props = {}, children = []} = node
  const text = trimmed(textOf(node))
  switch (type) {
    case "Button":
    case "SubmitButton":
    case "SettingsButton":
      return [{labels: [props.label, props.title], fn: "onClick", disabled: props.disabled}]
    case "Banner":
      return (props.actions ?? []).map((action, i) => ({labels: [action.label], fn: `actions.${i}.onTrigger`}))
    case "DialogList.Item":
      return [{labels: [text, props.actionLabel], fn: "onTrigger"}]
    case "DialogList":
      if (children.some((child) => child.type === "DialogList.Item")) return []
      return (props.emptyState?.actions ?? []).map((action, i) => ({
        labels: [action.text],
        fn: `emptyState.actions.${i}.onTrigger`,
      }))
    case "DescriptionList.Menu.Item":
      return [{labels: [props.label], fn: "onSelect"}]
    case "Widget.TextWidget": {
      if (!isFunction(props.onTrigger)) return []
      const title = children.find((child) => child.type === "Widget.Title")
      return [{labels: [title ? trimmed(textOf(title)) : props.appTitle, text], fn: "onTrigger"}]
    }
    case "AttioLink":
      return [{labels: [text], fn: "onClick"}]
    case "Link":
      return [{labels: [text], url: props.href}]
    case "Checkbox":
    case "Toggle":
      return [
        {labels: [props.label, props.name], fn: "onChange", args: [props.value !== true], disabled: props.disabled},
      ]
    case "CheckboxInput":
      return [{labels: [props.label, props.name], fn: "onChange", args: [props.value?.value !== true]}]
    case "RadioGroup.Item": {
      const group = parents.findLast((parent) => parent.type === "RadioGroup")
      return group
        ? [
            {
              labels: [props.label],
              element: group.id,
              fn: "onChange",
              args: [props.value],
              disabled: group.props.disabled,
            },
          ]
        : []
    }
    case "Collection":
    case "CollectionInput": {
      const add = {labels: [props.addItemLabel, `Add ${props.label ?? props.name}`, "Add"], fn: "onAdd"}
      const removes = Array.from({length: props.count ?? 0}, (nothing, i) => ({
        labels: [`Remove ${props.label ?? props.name} ${i + 1}`, `Remove ${i + 1}`],
        fn: "onRemove",
        args: [i],
      }))
      return [add, ...removes]
    }
    default:
      return []
  }
}

function notFound(what, name, names) {
  const meant = near(name, names)
  const quoted = (list) => list.map((one) => JSON.stringify(one)).join(", ")
  const hint = meant.length > 0 ? `; did you mean ${quoted(meant)}?` : ""
  const stop = hint === "" ? "." : ""
  const all = names.length > 0 ? `${stop} There is: ${quoted([...new Set(names)])}.` : `${stop} There is none.`
  const error = new StepError(`there is no ${what} "${name}"${hint}${all}`)
  error.near = meant
  return error
}

// One of `found` ({node, labels}) that `name` names.
function pick(found, name, what) {
  const nth = /^([A-Za-z.]+):(\d+)$/.exec(name)
  if (nth) {
    const one = found.filter(({node}) => node.type === nth[1] || node.type.endsWith(`.${nth[1]}`))[Number(nth[2]) - 1]
    if (one !== undefined) return one
  }
  const tests = [(label) => label === name, (label) => label.toLowerCase() === name.toLowerCase()]
  for (const test of tests) {
    const hits = found.filter(({labels}) =>
      labels.some((label) => label !== undefined && label !== null && test(trimmed(String(label)))),
    )
    if (hits.length === 1) return hits[0]
    if (hits.length > 1) {
      const places = hits.map((hit) => {
        const same = found.filter(({node}) => node.type === hit.node.type)
        return `${hit.node.type}:${same.indexOf(hit) + 1}`
      })
      throw new StepError(`"${name}" is there ${hits.length} times: say which one with ${places.join(", ")}`)
    }
  }
  const names = found.flatMap(({labels}) =>
    labels
      .filter((label) => label !== undefined && label !== null && label !== "")
      .slice(0, 1)
      .map(String),
  )
  throw notFound(what, name, names)
}

export function findClick(nodes, name) {
  const found = [...walk(nodes)].flatMap(({node, parents}) => clicks(node, parents).map((click) => ({node, ...click})))
  return pick(found, name, "button or link")
}

const isInput = (node) => isFunction(node.props?.onChange) && node.props.name !== undefined

export function findInput(nodes, name) {
  const found = [...walk(nodes)]
    .filter(({node}) => isInput(node))
    .map(({node, parents}) => {
      const fieldset = parents.findLast((parent) => parent.type === "Fieldset")
      const labels = [node.props.name, node.props.label]
      if (node.type === "RadioGroup" && fieldset) labels.push(fieldset.props.legend)
      return {node, labels}
    })
  return pick(found, name, "input").node
}

export function radioItems(group) {
  return [...walk(group.children ?? [])].filter(({node}) => node.type === "RadioGroup.Item").map(({node}) => node.props)
}

export const findForm = (nodes) => [...walk(nodes)].find(({node}) => node.type === "Form")?.node
export const findKey = (nodes, key) =>
  [...walk(nodes)].find(
    ({node}) => node.type === "Button" && String(node.props.keyboardHint ?? "").toLowerCase() === key,
  )?.node

// The option that `wanted` names among `options`.
export function pickOption(options, wanted) {
  const list = Array.isArray(options) ? options : []
  const hit =
    list.find(({label}) => label === wanted) ??
    list.find(({value}) => value === wanted) ??
    list.find(({label}) => String(label).toLowerCase() === wanted.toLowerCase())
  if (hit !== undefined) return hit
  throw notFound(
    "option",
    wanted,
    list.map(({label}) => String(label)),
  )
}

// The inner side of the client realm: evaluated in an empty context before the app's bundle. boot() puts the globals
// of the bundle in place and answers with the functions that the outer side (realm.js) calls, with texts only.
import * as prelude from "./inner/prelude.js" // first: it makes the globals that the libraries below look for
import React from "./inner/react.js"
import {TextDecoder, TextEncoder} from "../web/bytes.js"
import {ready} from "../web/console.js"
import {parse, stringify} from "../web/host.js"
import {URL, URLSearchParams} from "../web/url.js"
import {applies} from "./inner/applies.js"
import {answer, failure, warning} from "./inner/bridge.js"
import {batchesOf} from "./inner/bulk.js"
import {callbacks, clientWindow} from "./inner/calls.js"
import {client} from "./inner/client.js"
import {ConfigState} from "./inner/configurator.js"
import {runServerFunction} from "./inner/data.js"
import {errorJson} from "./inner/errors.js"
import {lenientGlobals} from "./inner/lenient.js"
import {take} from "./inner/parts.js"
import {find, kindOfAction, plainJson, register, registered, surfacesJson} from "./inner/registry.js"
import {onReactMessage} from "./inner/react-names.js"
import {discrete, elements, reconciler} from "./inner/renderer.js"
import {root} from "./inner/root.js"
import {setSchema, setValues, settingsSchema} from "./inner/settings.js"
import {closeSurface, newSurfaceId, openSurface, surfaceOf, surfaceTree} from "./inner/surfaces.js"

const h = React.createElement
let facts = {}

const component = {"record-widget": "Widget", "record-tab": "Tab", page: "Page", "workspace-settings": "Page"}

// Follows a path of own properties; what is no function cannot be called.
function handler(start, path, what) {
  let at = start
  for (const step of path.split("."))
    at = at !== null && at !== undefined && Object.hasOwn(at, step) ? at[step] : undefined
  if (typeof at !== "function") throw new Error(`${what} has no ${path}`)
  return at
}

const textActions = /^call-recording-(insight|summary)-text/

// Arguments of an action, as its type has them: batches of a bulk action are made here, and what was not given of a
// selected text follows from what was.
function actionArgs(kind, surface, args) {
  if (kind === "bulk-record-action") {
    // One record may be given as for a record action.
    const {recordId, recordIds = recordId === undefined ? [] : [recordId], ...rest} = args
    return {...rest, runRecordBatches: batchesOf(recordIds, surface.label)}
  }
  if (textActions.test(kind)) return {...args, text: args.text ?? "", markdown: args.markdown ?? args.text ?? ""}
  if (kind.startsWith("call-recording-transcript")) {
    const spoken = args.text === undefined ? [] : [{speaker: "Speaker", text: args.text}]
    return {...args, transcript: args.transcript ?? spoken, url: args.url ?? ""}
  }
  return args
}

// What Attio never calls or shows without a record. Who asks from outside may have named none.
function wantRecord(kind, id, bare, several = false) {
  if (several && kind === "record-action") {
    throw Object.assign(new Error(`the record-action "${id}" takes one record`), {code: "needs-record"})
  }
  if (!bare || !["record-action", "bulk-record-action", "record-widget", "record-tab"].includes(kind)) return
  throw Object.assign(new Error(`the ${kind} "${id}" needs a record`), {code: "needs-record"})
}

// Attio shows an action on the objects that it is for; elsewhere nobody can run it. One that is offered by a name that is
// no object's (applies.js) says so.
function wantOffered(kind, surface, on) {
  const verdict = on === undefined ? {applies: true} : applies(surface.objects, on, kind)
  if (verdict.applies) {
    if (verdict.note !== undefined) warning("object-slug", `the ${kind} "${surface.id}": ${verdict.note}`)
    return
  }
  const why = verdict.note ?? `its function "objects" says no`
  throw Object.assign(new Error(`the ${kind} "${surface.id}" is not offered on "${on.object}": ${why}`), {code: "not-offered"})
}

const commands = {
  // Once, before the bundle is evaluated.
  setup({settings, lenient, platform, app}) {
    facts = {appTitle: app?.title}
    setValues(settings ?? {})
    const sdk = client(platform)
    prelude.define("React", React)
    prelude.define("ATTIO_ROOT_SDK", root)
    prelude.define("ATTIO_CLIENT_EXTENSION_SDK", sdk)
    prelude.define("registerSettingsSchema", (schema) => setSchema(schema))
    prelude.define("registerSurfaces", (map) => register(map))
    prelude.define("runServerFunction", runServerFunction)
    prelude.define("window", clientWindow)
    prelude.define("TextEncoder", TextEncoder)
    prelude.define("TextDecoder", TextDecoder)
    prelude.define("URL", URL)
    prelude.define("URLSearchParams", URLSearchParams)
    if (lenient) for (const [name, value] of Object.entries(lenientGlobals)) prelude.define(name, value)
    prelude.appGlobals()
  },

  loaded() {
    return {surfaces: surfacesJson(), settings_schema: plainJson(settingsSchema()), registered: registered() !== null}
  },

  applies({object}) {
    const items = []
    for (const [kind, list] of Object.entries(registered() ?? {})) {
      if (kind === "workflow-block" || kind === "workspace-settings" || kind === "page") continue
      for (const surface of list) items.push({kind, id: surface.id, ...applies(surface.objects, object, kind)})
    }
    return {items}
  },

  trigger({kind: named, id, args, bare, on}) {
    const kind = named ?? kindOfAction(id, args)
    const surface = find(kind, id)
    wantRecord(kind, id, bare, args?.recordIds !== undefined && args.recordId === undefined)
    wantOffered(kind, surface, on)
    if (typeof surface.onTrigger !== "function") throw new Error(`${kind} "${id}" has no onTrigger`)
    return surface.onTrigger(actionArgs(kind, surface, args ?? {}))
  },

  // `named`: the surface's id, where somebody else gives it.
  mount({kind, id, props, config, as, bare, surface: named}) {
    const registeredAs = find(kind, id)
    wantRecord(kind, id, bare)
    const options = {
      id: named ?? newSurfaceId("s"),
      kind,
      as,
      facts: {...facts, color: registeredAs.color, label: registeredAs.label},
    }
    if (kind === "workflow-block") {
      const {block} = registeredAs
      const state = new ConfigState(block, config)
      openSurface({...options, element: (surface) => ((surface.config = state), h(block.Configurator))})
      return {surface: options.id}
    }
    const Component = registeredAs[component[kind]]
    if (Component === undefined) throw new Error(`a ${kind} is not shown, it is triggered`)
    openSurface({...options, element: () => h(Component, props ?? {})})
    return {surface: options.id}
  },

  unmount({surface, quiet}) {
    closeSurface(surface, quiet)
  },

  event({element, fn, args}) {
    const node = elements.get(element)
    if (node === undefined) throw new Error("that part of the screen is gone")
    const f = handler(node.props, fn, node.type)
    return discrete(() => f(...(args ?? [])))
  },

  callback({ref, args}) {
    const f = callbacks.get(ref)
    if (f === undefined) throw new Error("what was to be answered is gone")
    return f(...(args ?? []))
  },

  settings({values}) {
    setValues(values)
  },

  tree({surface, room}) {
    return surfaceTree(surface, room)
  },

  // Outcomes of an unsettled tree are not complete: the caller waits first.
  config({surface}) {
    const {config} = surfaceOf(surface)
    if (config === null) throw new Error("only a block's configurator has a config")
    return {config: config.values}
  },
}

function run({cmd, args}) {
  let result
  try {
    result = commands[cmd](args ?? {})
  } catch (error) {
    return Promise.reject(error)
  }
  return Promise.resolve(result)
}

// What an action or a handler returns is only shown: a value that JSON cannot carry is left out.
function valueText(value) {
  try {
    return stringify(value) ?? "null"
  } catch {
    return "null"
  }
}

function receive(text) {
  const message = parse(text)
  if (message.reply !== undefined) {
    answer(message)
    return
  }
  // The latter also for a value that cannot be handed out: no command stays without an answer.
  run(message)
    .then((value) => prelude.send(`{"done":${message.id},"value":${valueText(value)}}`))
    .catch((error) => prelude.send(stringify({done: message.id, error: errorJson(error)})))
}

// A command that answers at once, as JSON.
function ask(text) {
  const {cmd, args} = parse(text)
  try {
    return `{"value":${valueText(commands[cmd](args ?? {}))}}`
  } catch (error) {
    return stringify({error: errorJson(error)})
  }
}

// The app's bundle, as a function of this realm.
function evaluate(factory) {
  try {
    factory()
    return ""
  } catch (error) {
    return stringify(errorJson(error))
  }
}

export function boot(host, argument) {
  prelude.attach(host)
  prelude.onUncaught((error) => failure(error, "timer"))
  onReactMessage((message) => warning("react", message))
  commands.setup(parse(argument))
  return {
    ask,
    evaluate,
    fire: prelude.fire,
    ready() {
      ready()
      reconciler()
    },
    receive,
    take,
    uncaught: (reason) => failure(reason),
  }
}

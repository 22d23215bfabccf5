// The inner half of the server realm: what the app's server code finds around it.
import {createConsole} from "../web/console.js"
import {describeError} from "../web/errors.js"

export function boot({post, call}, argument) {
  const G = globalThis
  const {stringify, parse} = JSON
  const facts = parse(argument)
  const waiting = new Map()
  const bundles = new Map()
  const errors = []
  let settingsSchema = {workspace: {}}
  let seq = 0

  const send = (method, params) => post(stringify({method, params}))
  const ask = (method, params) =>
    new Promise((yes, no) => {
      const id = ++seq
      waiting.set(id, {yes, no})
      post(stringify({id, method, params}))
    })

  G.console = createConsole((level, text) => send("log", {level, text}))
  G.ATTIO_ROOT_SDK = {}
  G.ATTIO_SERVER_APP_SDK = {ATTIO_API_TOKEN: facts.api_token}
  G.registerSettingsSchema = (schema) => {
    settingsSchema = schema
  }

  async function run({kind, module, args}) {
    const bundle = bundles.get(null)
    if (bundle.error !== undefined) throw bundle.error
    if (kind !== "function") throw new Error(`kind ${kind}`)
    const value = await bundle.dispatchers[0](module, args)
    return {value, lossy: []}
  }

  const methods = {
    load: async () => ({settings_schema: settingsSchema, errors}),
    clock: async () => ({}),
    "server.run": run,
  }

  async function answer({request, method, params}) {
    let frame
    try {
      const result = await methods[method](params)
      frame = stringify({answer: request, result})
    } catch (error) {
      frame = stringify({answer: request, error: describeError(error)})
    }
    post(frame)
  }

  return {
    receive(text) {
      const frame = parse(text)
      if (frame.request !== undefined) {
        answer(frame)
        return
      }
      const one = waiting.get(frame.id)
      waiting.delete(frame.id)
      if (frame.error !== undefined) one?.no(Object.assign(new Error(frame.error.message), frame.error))
      else one?.yes(frame.result)
    },
    evaluate(block, factory) {
      try {
        bundles.set(block, {dispatchers: factory()})
      } catch (error) {
        bundles.set(block, {error})
        errors.push({realm: "server", block: block ?? undefined, error: describeError(error)})
      }
    },
    broken(block, name, message) {
      const error = {name, message}
      bundles.set(block, {error})
      errors.push({realm: "server", block: block ?? undefined, error})
    },
    uncaught(reason) {
      send("error", {error: describeError(reason)})
    },
  }
}

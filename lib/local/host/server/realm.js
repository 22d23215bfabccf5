// The outer half of the server realm: passes texts between the Worker and the inner half, keeps its
// timers and its keys.
import {createRequire} from "node:module"
import {join} from "node:path"
import {createClock} from "../clock.js"
import {platformCalls} from "../platform_calls.js"
import {createKeys} from "./keys.js"

// Only read when an app asks for it.
let contact
function tables() {
  const file = join(__dirname, "contact.cjs")
  contact ??= createRequire(file)(file)
  return contact
}

// What a bundle leaves behind, by the names that the contract gives them.
const names = [
  "stdin_default",
  "stdin_webhooks_default",
  "stdin_events_default",
  "stdin_workflow_block_handlers_default",
]
const tail = `return [${names.map((name) => `typeof ${name} === "undefined" ? undefined : ${name}`).join(", ")}]`

const fileOf = (block) => (block === null ? "dist/server.js" : `dist/workflow/${block}.js`)

export function createServerRealm({load, send, ask, sandbox, cause, under}) {
  const open = new Map()
  let keys
  const keysOf = () => (keys ??= createKeys())
  let sequence = 0

  async function answer({id, method, params}) {
    let frame
    try {
      frame = {id, result: await (method === "crypto" ? keysOf().work(params) : ask(method, params))}
    } catch ({name, message, code, data}) {
      frame = {id, error: {name, message, code, data}}
    }
    realm.inner.receive(JSON.stringify(frame))
  }

  // Frames of the inner half: an answer of ours, a request to the platform, or a notification.
  function post(text) {
    const frame = JSON.parse(text)
    if (frame.answer !== undefined) {
      const call = open.get(frame.answer)
      open.delete(frame.answer)
      if (frame.error !== undefined) call?.no(frame.error)
      else call?.yes(frame.result)
    } else if (frame.id !== undefined) {
      answer(frame)
    } else if (frame.method === "crypto.forget") {
      keysOf().forget(frame.params.handle)
    } else {
      send(frame)
    }
  }

  const clock = createClock({offset: load.offset ?? 0, cause, under, fire: (id) => realm.inner.fire(id)})
  const calls = {
    ...platformCalls,
    cause,
    now: clock.now,
    start: clock.start,
    stop: clock.stop,
    phone: (text, country) => tables().phone(text, country),
    email: (text) => tables().email(text),
  }
  const {client, server, blocks, maps, ...argument} = load
  const realm = sandbox({
    post,
    call: (name, a, b, c) => calls[name](a, b, c),
    argument: JSON.stringify(argument),
  })

  function evaluate(block, text) {
    let factory
    try {
      factory = realm.compile(text, fileOf(block), tail)
    } catch ({name, message, stack}) {
      realm.inner.broken(block, String(name), String(message), String(stack))
      return
    }
    realm.inner.evaluate(block, factory)
  }

  if (server !== null && server !== undefined) evaluate(null, server)
  for (const [block, text] of Object.entries(blocks ?? {})) evaluate(block, text)

  function request(method, params) {
    return new Promise((yes, no) => {
      const id = ++sequence
      open.set(id, {yes, no})
      realm.inner.receive(JSON.stringify({request: id, method, params}))
    })
  }

  return {
    loaded: request("load", {}),
    request,
    async clock(offset) {
      await clock.move(offset)
      return {}
    },
    ready() {
      keysOf()
      realm.inner.ready()
    },
    uncaught: (reason) => realm.inner.uncaught(reason),
  }
}

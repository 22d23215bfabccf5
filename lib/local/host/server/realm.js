// The outer half of the server realm: passes texts between the Worker and the inner half.
import {randomUUID} from "node:crypto"

export function createServerRealm({load, send, ask, inner, sandbox, cause}) {
  const open = new Map()
  let seq = 0

  // Frames of the inner half: an answer of ours, a request to the platform, or a notification.
  function post(text) {
    const frame = JSON.parse(text)
    if (frame.answer !== undefined) {
      const call = open.get(frame.answer)
      open.delete(frame.answer)
      if (frame.error !== undefined) call?.no(frame.error)
      else call?.yes(frame.result)
    } else if (frame.id !== undefined) {
      ask(frame.method, frame.params).then(
        (result) => realm.inner.receive(JSON.stringify({id: frame.id, result})),
        (error) => realm.inner.receive(JSON.stringify({id: frame.id, error})),
      )
    } else {
      send(frame)
    }
  }

  const calls = {
    now: () => Date.now(),
    cause,
    uuid: () => randomUUID(),
  }
  const call = (name, a, b, c) => calls[name](a, b, c)

  const {client, server, blocks, maps, ...argument} = load
  const realm = sandbox({name: "attio-server", inner, file: "attio-runtime.js", post, call, argument: JSON.stringify(argument)})

  function request(method, params) {
    return new Promise((yes, no) => {
      const id = ++seq
      open.set(id, {yes, no})
      realm.inner.receive(JSON.stringify({request: id, method, params}))
    })
  }

  const tail = `return [
    typeof stdin_default === "function" ? stdin_default : undefined,
    typeof stdin_webhooks_default === "function" ? stdin_webhooks_default : undefined,
    typeof stdin_events_default === "function" ? stdin_events_default : undefined,
    typeof stdin_workflow_block_handlers_default === "function" ? stdin_workflow_block_handlers_default : undefined,
  ]`

  function evaluate(block, text) {
    const filename = block === null ? "dist/server.js" : `dist/workflow/${block}.js`
    try {
      realm.inner.evaluate(block, realm.compile(text, filename, tail))
    } catch (error) {
      // The app's own errors stay inside: this is V8's about the text, or the parser's.
      realm.inner.broken(block, String(error.name), String(error.message), filename)
    }
  }

  if (server != null) evaluate(null, server)
  for (const [block, text] of Object.entries(blocks ?? {})) evaluate(block, text)

  return {
    loaded: request("load", {}),
    request,
    clock: (offset) => request("clock", {offset}),
    uncaught: (reason) => realm.inner.uncaught(reason),
  }
}

// Calls that leave the realm and the messages that come in. One message is one line of JSON.
import {stringify} from "../../web/host.js"
import {errorJson, revive} from "./errors.js"
import {send} from "./prelude.js"

const waiting = new Map()
let sequence = 0
let surface // the surface whose loader is being started (React may start it outside of the flow that asked)

export function inSurface(id, start) {
  const outer = surface
  surface = id
  try {
    return start()
  } finally {
    surface = outer
  }
}

// Asks the outer side for `op`; the promise settles with its answer.
export function call(op, args) {
  const id = ++sequence
  const text = stringify({call: id, op, args, surface}) // throws what cannot be sent at all (a circle, a bigint)
  return new Promise((resolve, reject) => {
    waiting.set(id, {resolve, reject})
    send(text)
  })
}

export function answer({reply, value, error}) {
  const call_ = waiting.get(reply)
  if (call_ === undefined) return
  waiting.delete(reply)
  if (error) call_.reject(revive(error))
  else call_.resolve(value)
}

export function notify(event, fields) {
  send(stringify({event, ...fields, ...(surface === undefined ? {} : {surface})}))
}

export const warning = (code, message, path) =>
  notify("warning", path === undefined ? {code, message} : {code, message, path})
export const failure = (error, where) => notify("error", {error: errorJson(error), where})

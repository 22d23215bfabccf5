// fetch: every request goes out through the platform.
import {peekBody} from "./body.js"
import {decode, fromBase64, toBase64} from "./bytes.js"
import {follow} from "./events.js"
import {Request} from "./request.js"
import {received} from "./response.js"

// A body as it crosses: text, or what is no text in base64.
export function bodyToFrame(body) {
  if (body === null) return {}
  if (body.text !== undefined) return {body: body.text}
  const text = decode(body.bytes, {fatal: true, ignoreBOM: true})
  return text === undefined ? {body: toBase64(body.bytes), encoding: "base64"} : {body: text}
}

export function bodyFromFrame({body, encoding}) {
  if (body === null || body === undefined) return null
  return encoding === "base64" ? {bytes: fromBase64(body)} : {text: body}
}

// `ask(method, params)` sends to the platform; `unseen(note)` is given what an answer that is no 2xx
// was, and gives back what to call once the app has looked at it.
export function createFetch({ask, unseen}) {
  return async function fetch(input, init) {
    const request = new Request(input, init)
    const {signal} = request
    if (signal.aborted) throw signal.reason
    const {method, url, redirect} = request
    const params = {url, method, headers: [...request.headers], ...bodyToFrame(peekBody(request)), redirect}
    const stopped = new Promise((_, no) => {
      follow(signal, () => no(signal.reason))
    })
    stopped.catch(() => {})
    const answer = await Promise.race([ask("fetch", params), stopped])
    const note = {url: answer.url || url, method, status: answer.status}
    const good = answer.status >= 200 && answer.status <= 299
    return received({
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
      url: note.url,
      redirected: note.url.split("#")[0] !== url.split("#")[0],
      body: bodyFromFrame(answer),
      seen: good ? () => {} : unseen(note),
    })
  }
}

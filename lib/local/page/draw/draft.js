// What the user types, while the app's own value of the input comes and goes: what is typed stays, with its caret, until
// the app sets another value than one that it was sent.
import {useRef, useState} from "preact/hooks"
import {equal} from "./tree.js"

// One change is under way at a time; of those that come meanwhile only the last is sent.
class Sender {
  sending = null
  next = undefined
  sent = [] // values under way, or whose echo may still come

  async send(value, deliver) {
    this.next = {value, deliver}
    this.sending ??= this.run().finally(() => {
      this.sending = null
    })
    return this.sending
  }

  async run() {
    while (this.next !== undefined) {
      const {value, deliver} = this.next
      this.next = undefined
      this.sent = [...this.sent, value].slice(-50)
      await deliver()
    }
  }

  // Whether a value that came in is one that was sent: not the app's own doing.
  isEcho(value) {
    const at = this.sent.findIndex((one) => equal(one ?? null, value ?? null))
    if (at < 0) return false
    this.sent = this.sent.slice(at)
    return true
  }
}

// `read(raw)` answers the value as the node will show it. Answers what to show (`shown`), and functions to change it.
export function useDraft(view, node, {value, show, read = (raw) => raw}) {
  const [draft, setDraft] = useState(null) // {raw} while the user is at it
  const own = useRef(null)
  own.current ??= {sender: new Sender(), last: value, waits: 0}
  const {sender} = own.current
  if (!equal(own.current.last ?? null, value ?? null)) {
    own.current.last = value
    if (draft !== null && sender.sending === null && !sender.isEcho(value) && !equal(read(draft.raw) ?? null, value ?? null)) setDraft(null)
    else if (draft !== null && sender.sending !== null) sender.isEcho(value)
  }
  const event = (fn, args) => view.session.input(view.surface, node.id, fn, args)
  const change = (raw, sent = raw) => {
    view.sent = false // whoever types is not led away
    setDraft({raw})
    return sender.send(read(raw), () => event("onChange", [sent ?? null])).catch(() => setDraft(null))
  }
  const put = (sent) => {
    setDraft(null)
    event("onChange", [sent]).catch(() => {})
  }
  const leave = async () => {
    await sender.sending?.catch(() => {})
    if (node.props.onBlur?.$fn) await event("onBlur", []).catch(() => {})
    setDraft((now) => (now !== null && equal(read(now.raw) ?? null, own.current.last ?? null) ? null : now))
  }
  return {shown: draft === null ? show(value) : draft.raw, change, put, leave}
}

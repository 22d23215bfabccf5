// Globals that Attio's client realm may or may not have (nothing says). With --globals lenient they are there.
import {atob, btoa, fromBase64} from "../../web/bytes.js"
import {structuredClone} from "../../web/clone.js"
import {host} from "../../web/host.js"
import {failure} from "./bridge.js"
import {now, startRaw} from "./prelude.js"

const crypto = Object.freeze({
  getRandomValues(view) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    bytes.set(fromBase64(host.call("random", bytes.length)))
    return view
  },
  randomUUID: () => host.call("uuid"),
})

const begun = now()
const performance = Object.freeze({timeOrigin: begun, now: () => now() - begun})

class MessagePort {
  onmessage = null
  other = null
  postMessage(value) {
    const data = structuredClone(value)
    startRaw(
      () => {
        try {
          this.other?.onmessage?.({data})
        } catch (error) {
          failure(error, "MessagePort")
        }
      },
      0,
      false,
      [],
      0,
    )
  }
  start() {}
  close() {
    this.other = null
  }
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort()
    this.port2 = new MessagePort()
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

export const lenientGlobals = {
  atob,
  btoa,
  crypto,
  MessageChannel,
  performance,
  structuredClone,
}

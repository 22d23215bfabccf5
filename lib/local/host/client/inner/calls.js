// Host calls: what the user sees besides the surfaces, and where the app sends the user.
import React from "./react.js"
import {call, failure, warning} from "./bridge.js"
import {slips} from "./props.js"
import {closeSurface, newSurfaceId, openSurface} from "./surfaces.js"
import {named} from "./trap.js"

const h = React.createElement

// ref -> function: what the outer side may call back (an action of a toast, a message of an iframe)
export const callbacks = new Map()

function check(name, options) {
  if (options === null || typeof options !== "object") throw new TypeError(`${name} takes an object`)
  for (const message of slips(name, options)) warning("sdk-prop", message)
}

// JSON has no Infinity.
const duration = (value) => (value === Infinity ? "Infinity" : value)

function toastArgs(id, options) {
  const {action, ...args} = options
  if ("durationMs" in args) args.durationMs = duration(args.durationMs)
  if (action === null) {
    callbacks.delete(`${id}.action`)
    args.action = null
  } else if (action !== undefined) {
    callbacks.set(`${id}.action`, action.onClick)
    args.action = {label: action.label, ref: `${id}.action`}
  }
  return {id, ...args}
}

async function showToast(options) {
  check("showToast()", options)
  const id = newSurfaceId("t")
  await call("toast.show", toastArgs(id, options))
  const send = (op) => async (changes) => {
    await call(op, toastArgs(id, changes ?? {}))
  }
  return {
    hideToast: async () => {
      await call("toast.hide", {id})
    },
    updateToast: send("toast.update"),
    upsertToast: send("toast.upsert"),
  }
}

async function alert(options) {
  check("alert()", options)
  await call("alert", {okLabel: "OK", ...options})
}

async function confirm(options) {
  check("confirm()", options)
  if (options.title === undefined && options.text === undefined)
    warning("sdk-prop", "confirm() needs a title or a text")
  return (
    (await call("confirm", {cancelLabel: "Cancel", confirmLabel: "OK", confirmVariant: "primary", ...options})) === true
  )
}

function showDialog(options) {
  check("showDialog()", options)
  const {title, Dialog} = options
  const id = newSurfaceId("d")
  const hideDialog = () => closeSurface(id)
  return new Promise((resolve, reject) => {
    call("dialog.open", {id, title}).then(
      () => openSurface({id, kind: "dialog", element: () => h(Dialog, {hideDialog}), closed: resolve}),
      reject,
    )
  })
}

async function showIframe(options) {
  check("showIframe()", options)
  const {onMessage, ...args} = options
  if (args.url === undefined && args.html === undefined) warning("sdk-prop", "showIframe() needs a url or a html")
  const id = newSurfaceId("i")
  const refs = {on_message: `${id}.message`, on_close: `${id}.closed`}
  let close
  const closed = new Promise((resolve) => {
    close = () => {
      for (const ref of Object.values(refs)) callbacks.delete(ref)
      resolve()
    }
  })
  const post = (message) => call("iframe.post", {id, message: message === undefined ? null : message})
  const handle = {
    hideIframe: () => {
      if (!callbacks.has(refs.on_close)) return
      close()
      call("iframe.close", {id}).catch((error) => failure(error, id))
    },
    sendMessage: (message) => {
      post(message).catch((error) => failure(error, id))
    },
  }
  callbacks.set(refs.on_message, (message) => onMessage?.(message, handle))
  callbacks.set(refs.on_close, close)
  await call("iframe.open", {id, ...args, ...refs})
  await closed
}

export const hostCalls = {
  alert,
  confirm,
  showDialog,
  showIframe,
  showToast,
  experimental_navigate(destination) {
    call("navigate", {to: destination}).catch((error) => failure(error, "experimental_navigate"))
  },
  experimental_Destinations: named("experimental_Destinations", {
    appPage: (slug) => ({type: "app-page", slug}),
    record: ({recordId, object}, options) => ({
      type: "record",
      recordId,
      objectSlug: object,
      ...(options?.tab === undefined ? {} : {tab: options.tab}),
    }),
    appSettings: () => ({type: "app-settings"}),
  }),
}

// The only part of a browser's window that is there.
export const clientWindow = Object.freeze({
  open(url, target, features) {
    call("window.open", {url: String(url ?? ""), target, features}).catch((error) => failure(error, "window.open"))
  },
})

// The user at this screen, for the platform: one session as long as the page is open. It is opened anew when the platform
// was restarted.
import {signal} from "@preact/signals"
import {api, follow} from "../base/api.js"
import {go} from "../base/route.js"
import {member, tell, tellError} from "../base/store.js"
import {Session} from "../draw/session.js"

export const session = signal(null)

const listeners = new Set()

// Calls `listener(message)` with each event of the session; gives a function that ends it.
export function onSessionEvent(listener) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function navigate(destination) {
  const {type, slug, recordId, objectSlug, object, tab} = destination ?? {}
  if (type === "record") go([objectSlug ?? object, recordId], tab ? {tab} : undefined)
  else if (type === "app-page") go(["pages", slug])
  else if (type === "app-settings") go("settings")
}

// (With "noopener" nobody is told whether the browser opened it.)
function open(url) {
  const tab = window.open("", "_blank")
  if (tab === null) return false
  tab.opener = null
  tab.location.replace(url)
  return true
}

let opening = null

export function openSession() {
  opening = anew()
  return opening
}

async function anew() {
  session.peek()?.end?.()
  session.value = null
  let id
  try {
    id = (await api("POST", "/sessions", member.peek() === "" ? {} : {as: member.peek()})).session
  } catch (error) {
    tellError(error)
    return null
  }
  session.value = new Session({
    id,
    api,
    navigate,
    open,
    on: (message) => {
      for (const listener of listeners) listener(message)
    },
    follow: (path, onEvent, onState) => follow(path, onEvent, (state) => {
      onState(state)
      if (state === "missed") tell("The app showed more than is kept: some of its messages were missed.", "warning")
      if (state === "gone" && session.peek()?.id === id) openSession()
    }),
  })
  return session.peek()
}

// Another user sits down.
export function becomeMember(name) {
  member.value = name
  return openSession()
}

// `record` and `records` are ids of records of `object`.
export async function trigger({object, record, records, ...rest}) {
  const what = {...rest, ...(record ? {record: `${object}/${record}`} : records ? {records: records.map((one) => `${object}/${one}`)} : object ? {object} : {})}
  // The first click may come before the session has.
  const user = session.peek() ?? (await opening)
  if (user === null) return tell("The platform has no session for this page.", "danger")
  try {
    return await user.trigger(what)
  } catch (error) {
    tellError(error)
    return undefined
  }
}

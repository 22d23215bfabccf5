// The user at this screen, for the platform: one session as long as the page is open. It is opened anew when the platform
// was restarted.
import {signal} from "@preact/signals"
import {Session} from "../draw/index.jsx"
import {api, follow} from "../base/api.js"
import {go} from "../base/route.js"
import {member, tell} from "../base/store.js"

export const session = signal(null)

function navigate(destination) {
  const {type, slug, recordId, objectSlug, object, tab} = destination ?? {}
  if (type === "record") go([objectSlug ?? object, recordId], tab ? {tab} : undefined)
  else if (type === "app-page") go(["pages", slug])
  else if (type === "app-settings") go("settings")
}

const open = (url) => window.open(url, "_blank", "noopener") !== null

export async function openSession() {
  session.peek()?.end?.()
  session.value = null
  let id
  try {
    id = (await api("POST", "/sessions", member.peek() === "" ? {} : {as: member.peek()})).session
  } catch (error) {
    tell(error.message, "error")
    return
  }
  session.value = new Session({
    id,
    api,
    navigate,
    open,
    follow: (path, onEvent, onState) => follow(path, onEvent, (state) => {
      onState(state)
      if (state === "gone" && session.peek()?.id === id) openSession()
    }),
  })
}

// Another user sits down.
export function becomeMember(name) {
  member.value = name
  return openSession()
}

// `record` and `records` are ids of records of `object`.
export async function trigger({object, record, records, ...rest}) {
  const what = {...rest, ...(record ? {record: `${object}/${record}`} : records ? {records: records.map((one) => `${object}/${one}`)} : object ? {object} : {})}
  if (session.peek() === null) return tell("the platform has no session for this page", "error")
  try {
    return await session.peek().trigger(what)
  } catch (error) {
    tell(error.message, "error")
    return undefined
  }
}

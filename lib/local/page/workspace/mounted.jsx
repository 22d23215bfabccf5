// A surface of the app in the page: mounted in the session as long as it is shown.
import {useEffect, useState} from "preact/hooks"
import {Surface} from "../draw/index.jsx"
import {Empty, Failure} from "../ui/index.js"
import {session} from "./session.js"

const mountKinds = {"record-widget": "widget", "record-tab": "tab", "workspace-settings": "settings", "workflow-block": "configurator"}

export function Mounted({kind, id, object, record, color}) {
  const [surface, setSurface] = useState(null)
  const [error, setError] = useState(null)
  const user = session.value
  useEffect(() => {
    if (user === null) return undefined
    let mounted = null
    let over = false
    setSurface(null)
    setError(null)
    user.mount({kind: mountKinds[kind] ?? kind, ...(kind !== "workspace-settings" && {id}), ...(record && {record: `${object}/${record}`})}).then(
      (answer) => {
        mounted = answer.surface
        if (over) user.close(mounted)
        else setSurface(mounted)
      },
      setError,
    )
    return () => {
      over = true
      if (mounted !== null) user.close(mounted)
    }
  }, [user, kind, id, object, record])
  if (error) return <Failure error={error} />
  if (user === null || surface === null) return <Empty title="Loading…" />
  return <Surface session={user} surface={surface} kind={kind} color={color} />
}

// A surface of the app in the page: mounted in the session as long as it is shown. One whose code ended is shown again by
// itself once; then it is the person's turn, since it may be what the code died of.
import {useEffect, useRef, useState} from "preact/hooks"
import {later} from "../base/later.js"
import {surfaceCommand} from "../base/command.js"
import {Button} from "../ui/Button.jsx"
import {Command} from "../ui/Command.jsx"
import {Empty, Failure} from "../ui/small.jsx"
import {onSessionEvent, session} from "./session.js"

const mountKinds = {"record-widget": "widget", "record-tab": "tab", "workspace-settings": "settings", "workflow-block": "configurator"}

// {surface, error, ended: reason, again}
function useMounted({kind, id, object, record}) {
  const [state, setState] = useState({surface: null, error: null, ended: null})
  const [turn, setTurn] = useState(0)
  const tries = useRef(1)
  const user = session.value
  useEffect(() => {
    if (user === null) return undefined
    let mounted = null
    let over = false
    setState({surface: null, error: null, ended: null})
    user.mount({kind: mountKinds[kind] ?? kind, ...(kind !== "workspace-settings" && {id}), ...(record && {record: `${object}/${record}`})}).then(
      (answer) => {
        mounted = answer.surface
        if (over) user.close(mounted)
        else setState({surface: mounted, error: null, ended: null})
      },
      (error) => over || setState({surface: null, error, ended: null}),
    )
    const forget = onSessionEvent((message) => {
      if (message.type === "generation") tries.current = 1
      if (message.surface !== mounted || mounted === null) return
      if (message.type === "tree") setState({surface: mounted, error: null, ended: null})
      if (message.type !== "gone" || over) return
      setState((now) => ({...now, ended: message.reason}))
      if (tries.current-- > 0) setTurn((one) => one + 1)
    })
    return () => {
      over = true
      forget()
      if (mounted !== null) user.close(mounted)
    }
  }, [user, kind, id, object, record, turn])
  return {...state, user, again: () => setTurn((one) => one + 1)}
}

export function Mounted({kind, id, object, record, color}) {
  const {surface, error, ended, user, again} = useMounted({kind, id, object, record})
  const command = surfaceCommand({kind, id, object, record})
  if (error) return <div class="w-gone"><Failure error={error} /><Button small onClick={again}>Try again</Button></div>
  if (ended !== null) return <div class="w-gone" role="status"><p>The app stopped showing this: {ended}</p><Button small onClick={again} title={command}>Show it again</Button></div>
  if (user === null || surface === null || later.value === null) return <Empty title="Loading…" />
  return <><later.value.Surface session={user} surface={surface} kind={kind} color={color} /><div class="w-told"><Command text={command} /></div></>
}

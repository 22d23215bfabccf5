// What a value was, the newest first, and who wrote it.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {apiCommand} from "../base/command.js"
import {Command, Failure, Modal, Time} from "../ui/index.js"
import {actorName} from "./names.js"
import {recordPath} from "./paths.js"
import {Values} from "./values.jsx"

export function History({object, id, attribute, onClose}) {
  const [state, setState] = useState({})
  const path = `${recordPath(object, id)}/history/${encodeURIComponent(attribute.slug)}`
  useEffect(() => {
    api("GET", path).then(({items}) => setState({items}), (error) => setState({error}))
  }, [path])
  return (
    <Modal title={`History of ${attribute.title}`} onClose={onClose} footer={<Command text={apiCommand("GET", path)} />}>
      <Failure error={state.error} />
      {!state.items && !state.error && <p class="u-muted" role="status">Loading…</p>}
      {state.items?.length === 0 && <p class="u-muted">Never set.</p>}
      <ol class="w-history">
        {[...(state.items ?? [])].reverse().map((value, index) => (
          <li key={index} class={value.active_until ? "w-past" : ""}>
            <span class="w-values"><Values values={[value]} /></span>
            <span class="u-muted">{actorName(value.created_by_actor.type, value.created_by_actor.id)} · <Time at={value.active_from} absolute /></span>
          </li>
        ))}
      </ol>
    </Modal>
  )
}

// Workflow blocks: the configurator as the app draws it, and each step of a block's life with what came of it.
import {useEffect, useState} from "preact/hooks"
import {commandOf} from "../base/command.js"
import {href} from "../base/route.js"
import {Surface} from "../draw/index.jsx"
import {Badge, Command, Empty, Failure, Field, Json, Time} from "../ui/index.js"
import {session} from "../workspace/session.js"
import {Do, Frame, flowLink, read, Rows, useAnswer} from "./parts.jsx"

// Values that were filled in, by block, for as long as the page is open: who comes back finds them.
const filled = new Map()

// The block's configurator, mounted in the session. `begin` counts up when it shall begin anew with `config`.
function useConfigurator(id, begin) {
  const [state, setState] = useState({surface: null, error: null})
  const user = session.value
  useEffect(() => {
    if (user === null) return undefined
    let over = false
    let mine = null
    setState({surface: null, error: null})
    user.mount({kind: "configurator", id, ...(filled.has(id) && {config: filled.get(id)})}).then(
      ({surface}) => {
        mine = surface
        if (over) user.close(surface)
        else setState({surface, error: null})
      },
      (error) => over || setState({surface: null, error}),
    )
    return () => {
      over = true
      if (mine !== null) user.close(mine)
    }
  }, [user, id, begin])
  const config = user?.surfaces.value.find((one) => one.surface === state.surface)?.config?.value
  useEffect(() => {
    if (config !== undefined) filled.set(id, config)
  }, [config])
  // As it is when a button is pressed: what was typed just before has arrived by then.
  const now = async () => {
    await user.typed()
    const answer = await user.ask("GET", `/surfaces/${state.surface}/config`)
    filled.set(id, answer.config)
    return answer.config
  }
  return {...state, user, now, config: config ?? filled.get(id) ?? {}}
}

function AsJson({config, onTake}) {
  const [text, setText] = useState(null)
  const [error, setError] = useState(null)
  const shown = JSON.stringify(config, null, 2)
  const take = () => {
    try {
      onTake(read(text ?? shown, "the configuration"))
      setText(null)
      setError(null)
    } catch (failed) {
      setError(failed.message)
    }
  }
  return (
    <details class="i-details"><summary>The same as JSON</summary>
      <Field label="Configuration, as JSON" as="textarea" rows={6} spellcheck={false} value={text ?? shown} error={error} onInput={(event) => setText(event.currentTarget.value)} />
      <div class="i-buttons"><button type="button" class="u-button u-plain u-small" onClick={take}>Fill in</button></div>
    </details>
  )
}

// What calls a trigger or a waiting step back.
function Request({value, onChange}) {
  const set = (name) => (event) => onChange({...value, [name]: event.currentTarget.value})
  return (
    <details class="i-details"><summary>The request that calls back</summary>
      <div class="i-form">
        <Field label="Method" as="select" value={value.method} onChange={set("method")}>{["POST", "GET", "PUT", "PATCH", "DELETE"].map((one) => <option key={one}>{one}</option>)}</Field>
        <Field label="Query" value={value.query} placeholder="a=1&b=2" onInput={set("query")} />
        <Field label="Body" as="textarea" rows={4} spellcheck={false} value={value.body} onInput={set("body")} hint="as it is sent; JSON gets its content type" />
      </div>
    </details>
  )
}

const requestOf = ({method, query, body}) => {
  let json
  try {
    json = JSON.parse(body)
  } catch {
    json = undefined
  }
  return {method, ...(query && {query}), ...(body !== "" && method !== "GET" && {body: json !== null && typeof json === "object" ? json : body})}
}

const tones = {done: "green", active: "green", failed: "red", waiting: "amber", running: "amber", activating: "amber"}

function Last({answer}) {
  if (answer === null) return null
  const {ok, type, run, activation, problems, error, flow} = answer
  const what = run ?? activation
  return (
    <section class="i-last" aria-label="What came of it" role="status">
      <p><Badge tone={ok ? "green" : "red"}>{ok ? (type ?? what?.state ?? "done") : "failed"}</Badge> {run?.outcome && <strong>{run.outcome.id}</strong>} {flowLink(flow)}</p>
      {error && <p class="i-danger">{error.message}</p>}
      {(problems ?? []).map((one, at) => <p key={at} class="i-danger">{typeof one === "string" ? one : [one.path, one.message].filter(Boolean).join(": ")}</p>)}
      {run?.outcome?.data !== undefined && <Json value={run.outcome.data} open={2} />}
    </section>
  )
}

function Activations({block, request, done}) {
  return (
    <>
      <h3>Activations</h3>
      <Rows label="Activations" empty="It was never activated." heads={["State", "Since", "Configuration", "Called at", ""]} rows={block.activations.map((one) => ({
        key: one.id,
        cells: [<><Badge tone={tones[one.state]}>{one.state}</Badge>{one.error && <p class="i-danger">{one.error}</p>}</>, <Time at={one.created_at} />, <Json value={one.config} open={0} />, one.url && <Command text={one.url} label="Copy the address" />,
          <span class="i-buttons">
            {one.state === "active" && <Do path={`/blocks/${block.id}/trigger`} body={() => ({activation: one.id, request: requestOf(request)})} after={done}>Call back</Do>}
            {one.state === "active" && <Do path={`/blocks/${block.id}/deactivate`} body={{activation: one.id}} after={done}>Deactivate</Do>}
            {one.state === "failed" && <Do path={`/blocks/${block.id}/activate`} body={{activation: one.id}} after={done}>Try again</Do>}
          </span>],
      }))} />
    </>
  )
}

function Runs({block, request, done}) {
  return (
    <>
      <h3>Runs</h3>
      <Rows label="Runs" empty="It has not run yet." heads={["State", "Began", "Outcome", "Configuration", ""]} rows={block.runs.map((one) => ({
        key: one.id,
        cells: [<><Badge tone={tones[one.state]}>{one.state}</Badge>{one.error && <p class="i-danger">{one.error}</p>}</>, <Time at={one.created_at} />,
          one.outcome ? <><strong>{one.outcome.id}</strong><Json value={one.outcome.data} open={0} /></> : "", <Json value={one.config} open={0} />,
          <span class="i-buttons">{one.state === "waiting" && <Do path={`/blocks/${block.id}/finish`} body={() => ({run: one.id, request: requestOf(request)})} after={done}>Finish</Do>}</span>],
      }))} />
    </>
  )
}

function Block({block, again}) {
  const [begin, setBegin] = useState(0)
  const [last, setLast] = useState(null)
  const [request, setRequest] = useState({method: "POST", query: "", body: "{}"})
  const {surface, error, user, now, config} = useConfigurator(block.id, begin)
  const done = (answer) => {
    setLast(answer)
    again()
  }
  const anew = (values) => {
    if (values === undefined) filled.delete(block.id)
    else filled.set(block.id, values)
    setBegin(begin + 1)
  }
  const trigger = block.type === "trigger"
  const path = `/blocks/${block.id}/${trigger ? "activate" : "run"}`
  return (
    <section class="i-block" aria-label={block.title ?? block.id}>
      <header><h2>{block.title ?? block.id}</h2> <Badge>{block.type}</Badge> <code>{block.id}</code></header>
      {block.description && <p class="i-muted">{block.description}</p>}
      <div class="i-configurator">
        <Failure error={error} />
        {error === null && (surface === null ? <Empty title="Loading…" /> : <Surface session={user} surface={surface} kind="workflow-block" />)}
      </div>
      <div class="i-buttons">
        <Do small={false} variant="primary" path={path} shown={{config}} reason={surface === null ? "the configurator is not there yet" : ""} body={async () => ({config: await now()})} after={done}>{trigger ? "Activate" : "Run"}</Do>
        {!trigger && <Do small={false} path={path} shown={{config, finish: requestOf(request)}} reason={surface === null ? "the configurator is not there yet" : ""} body={async () => ({config: await now(), finish: requestOf(request)})} after={done}>Run and finish</Do>}
        <button type="button" class="u-button u-plain" onClick={() => anew(undefined)}>Begin anew</button>
      </div>
      <Command text={commandOf("POST", path, {config})} />
      <Last answer={last} />
      <Request value={request} onChange={setRequest} />
      <AsJson config={config} onTake={anew} />
      {trigger && <Activations block={block} request={request} done={done} />}
      <Runs block={block} request={request} done={done} />
    </section>
  )
}

export function Blocks({path}) {
  const [answer, error, again] = useAnswer("/blocks", ["running"])
  const items = answer?.items ?? []
  const chosen = items.find(({id}) => id === path[0]) ?? items[0]
  return (
    <Frame title="Workflow blocks" command="attio block list" answer={answer} error={error} empty="The app has no workflow blocks.">
      {items.length > 1 && <nav class="i-tabs" aria-label="Blocks">{items.map((one) => <a key={one.id} href={href(["blocks", one.id])} aria-current={one.id === chosen.id ? "page" : undefined}>{one.title ?? one.id}</a>)}</nav>}
      {chosen && <Block key={chosen.id} block={chosen} again={again} />}
    </Frame>
  )
}

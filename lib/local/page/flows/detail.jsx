// One flow: its crossings as a tree and a waterfall; a row opens what went in and came out.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {Button, Command, Json, placeOf, Source, Stack} from "../ui/index.js"
import {replay, told} from "./store.js"
import {changes, curlOf, duration, nodeCommand, plain, treeOf, typedTogether, whyNotAgain} from "./tree.js"

function opened(input) {
  // A body of JSON is edited as JSON.
  if (typeof input?.body !== "string") return input
  try {
    return {...input, body: JSON.parse(input.body)}
  } catch {
    return input
  }
}

function Edits({flow, node, onClose}) {
  const before = opened(plain(node.input))
  const [text, setText] = useState(JSON.stringify(before, null, 2))
  const [error, setError] = useState(null)
  const run = async () => {
    let edits
    try {
      edits = changes(before, JSON.parse(text))
    } catch (failed) {
      setError(`the input is not JSON: ${failed.message}`)
      return
    }
    if (await replay(flow, node.id, edits)) onClose()
  }
  return (
    <form class="f-edits" onSubmit={(event) => {
      event.preventDefault()
      run()
    }}>
      <label>Input, as JSON<textarea rows={Math.min(18, text.split("\n").length + 1)} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
      {error && <p class="f-error" role="alert">{error}</p>}
      <div class="f-buttons"><button class="u-button u-primary u-small" type="submit">Replay with these</button><Button small onClick={onClose}>Cancel</Button></div>
    </form>
  )
}

function Inside({flow, node}) {
  const [editing, setEditing] = useState(false)
  const curl = curlOf(node)
  const reason = whyNotAgain(node)
  return (
    <div class="f-inside">
      <div class="f-buttons">
        <Button small reason={reason} onClick={() => replay(flow, node.id)}>Replay</Button>
        <Button small reason={reason} aria-expanded={editing} onClick={() => setEditing(!editing)}>Replay with edits</Button>
      </div>
      {reason === "" && <Command text={nodeCommand(flow, node)} />}
      {curl && <Command text={curl} label="Copy the request as curl" />}
      {editing && <Edits flow={flow} node={node} onClose={() => setEditing(false)} />}
      <h3>Input</h3><Json value={plain(node.input)} />
      <h3>Output</h3><Json value={plain(node.output)} />
      {node.error?.stack && <><h3>Stack</h3><Stack text={node.error.stack} /></>}
    </div>
  )
}

function Crossing({flow, row: {node, depth, from, share, more}}) {
  const [open, setOpen] = useState(false)
  const error = typeof node.error === "object" && node.error !== null ? node.error.message : node.error
  return (
    <li class={error ? "f-failed" : ""} data-depth={Math.min(depth, 12)}>
      <button type="button" class="f-crossing" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="f-label"><span class={`f-kind f-kind-${node.kind}`}>{node.kind}</span> {node.name}{more && <span class="f-times"> · {more.length + 1} times</span>}</span>
        <span class="f-ms">{duration(node.ms)}</span>
        <svg class="f-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect x={from} y="0" width={share} height="4" /></svg>
      </button>
      {error && <p class="f-error"><strong>{error}</strong></p>}
      {(node.notes ?? []).map((note) => <p key={note.text} class="f-note">{note.code === "thrown" ? <Source {...(placeOf(note.text) ?? {})}>{note.text}</Source> : `${note.code}: ${note.text}`}</p>)}
      {open && more && <ol class="f-values">{more.map((one) => <li key={one.id}><Json value={one.input?.args ?? plain(one.input)} open={0} /></li>)}</ol>}
      {open && <Inside flow={flow} node={node} />}
    </li>
  )
}

export function Detail({id}) {
  const [flow, setFlow] = useState(null)
  const [logs, setLogs] = useState([])
  const [error, setError] = useState(null)
  const turn = told.value
  useEffect(() => {
    const control = new AbortController()
    const load = async () => {
      try {
        setFlow(await api("GET", `/flows/${encodeURIComponent(id)}`, undefined, control))
        setError(null)
        const {items} = await api("GET", "/logs?limit=1000", undefined, control)
        setLogs(items.filter((line) => String(line.flow) === String(id)))
      } catch (failed) {
        if (failed.name !== "AbortError") setError(failed)
      }
    }
    load()
    return () => control.abort()
  }, [id, turn])
  if (error !== null) return <p class="f-error" role="alert">{error.message} {error.fix}</p>
  if (flow === null) return <p class="f-muted" role="status">Loading…</p>
  const rows = typedTogether(treeOf(flow.nodes))
  return (
    <section class="f-detail" aria-label={`Flow ${flow.flow.id}`}>
      <header><h2>{flow.flow.kind} {flow.flow.name}</h2><span class="f-muted">{duration(flow.flow.ms)}</span></header>
      <Command text={`attio flow show ${flow.flow.id}`} />
      <ul class="f-tree">{rows.map((row) => <Crossing key={row.more?.[0].id ?? row.node.id} flow={flow.flow.id} row={row} />)}</ul>
      {logs.length > 0 && <><h3>Log</h3><ul class="f-logs">{logs.map((line) => <li key={line.id} class={`f-log-${line.level}`}><span class="f-muted">{line.realm} {line.level}</span> {line.text}</li>)}</ul></>}
    </section>
  )
}

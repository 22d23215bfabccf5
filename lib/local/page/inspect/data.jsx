// KV, GraphQL, settings, logs, the clock, parity, saved states.
import {useState} from "preact/hooks"
import {api} from "../base/api.js"
import {apiCommand, quoted} from "../base/command.js"
import {filter, href} from "../base/route.js"
import {tell} from "../base/store.js"
import {Button, Command, Field, Json, Time} from "../ui/index.js"
import {Do, Frame, read, Rows, useAnswer} from "./parts.jsx"

const failed = (error) => tell([error.message, error.fix].filter(Boolean).join(" · "), "danger")

export function Kv() {
  const [answer, error, again] = useAnswer("/kv")
  const [key, setKey] = useState("")
  const [value, setValue] = useState("")
  const [ttl, setTtl] = useState("")
  const put = () => Promise.resolve().then(() => api("PUT", `/kv/${encodeURIComponent(key)}`, {value: read(value, "the value"), ...(ttl === "" ? {} : {ttl: Number(ttl)})})).then(again, failed)
  const edit = (one) => {
    setKey(one.key)
    setValue(JSON.stringify(one.value))
    setTtl("")
  }
  return (
    <Frame title="Key-value store" command="attio kv list" answer={answer} error={error} empty="The app has kept nothing yet.">
      <Rows label="Keys" heads={["Key", "Value", "Ends", ""]} rows={(answer?.items ?? []).map((one) => ({
        key: one.key,
        cells: [<code>{one.key}</code>, <Json value={one.value} open={0} />, one.expires_at ? <Time at={one.expires_at} /> : "never",
          <span class="i-buttons"><Button small onClick={() => edit(one)}>Edit</Button><Do method="DELETE" path={`/kv/${encodeURIComponent(one.key)}`} after={again}>Delete</Do></span>],
      }))} />
      <div class="i-form">
        <Field label="Key" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        <Field label="Value, as JSON" as="textarea" rows={3} value={value} onInput={(event) => setValue(event.currentTarget.value)} />
        <Field label="Seconds until it is gone" type="number" value={ttl} onInput={(event) => setTtl(event.currentTarget.value)} />
        <Button variant="primary" reason={key === "" ? "name the key first" : ""} onClick={put}>Set</Button>
      </div>
    </Frame>
  )
}

export function Graphql() {
  const [query, setQuery] = useState("query {\n  \n}")
  const [variables, setVariables] = useState("{}")
  const [answer, setAnswer] = useState(null)
  const run = () => Promise.resolve().then(() => api("POST", "/graphql", {query, variables: read(variables, "the variables")})).then(setAnswer, failed)
  return (
    <Frame title="GraphQL" answer={{}} error={null}>
      <Command text={apiCommand("POST", "/graphql", {query})} />
      <div class="i-form i-wide">
        <Field label="Query" as="textarea" rows={12} spellcheck={false} value={query} onInput={(event) => setQuery(event.currentTarget.value)} onKeyDown={(event) => (event.metaKey || event.ctrlKey) && event.key === "Enter" && run()} hint="Ctrl+Enter runs it" />
        <Field label="Variables, as JSON" as="textarea" rows={3} spellcheck={false} value={variables} onInput={(event) => setVariables(event.currentTarget.value)} />
        <Button variant="primary" onClick={run}>Run</Button>
      </div>
      {(answer?.errors ?? []).map((one) => <p key={one.message} class="i-danger" role="alert">{one.locations?.map(({line, column}) => `${line}:${column} `)}{one.message}</p>)}
      {answer !== null && <Json value={answer.data ?? null} open={4} />}
    </Frame>
  )
}

export function Values() {
  const [answer, error, again] = useAnswer("/settings")
  const [text, setText] = useState(null)
  const save = () => Promise.resolve().then(() => api("PATCH", "/settings", {values: read(text, "the values")})).then(again, failed)
  return (
    <Frame title="Setting values" command="attio settings get" answer={answer} error={error}>
      <Json value={answer?.values} />
      <div class="i-form i-wide">
        <Field label="Change, as JSON" as="textarea" rows={4} value={text ?? JSON.stringify(answer?.values ?? {}, null, 2)} onInput={(event) => setText(event.currentTarget.value)} />
        <Button variant="primary" reason={text === null ? "nothing is changed" : ""} onClick={save}>Save</Button>
      </div>
    </Frame>
  )
}

export function Logs({query}) {
  const level = query.get("level") ?? ""
  const [answer, error] = useAnswer(`/logs?limit=1000${level && `&level=${level}`}`)
  return (
    <Frame title="Logs" command={apiCommand("GET", "/logs")} answer={answer} error={error} empty={level ? "No line of this level." : "The app has written nothing yet."}>
      <Field label="Level" as="select" value={level} onChange={(event) => filter({level: event.currentTarget.value})}>{["", "debug", "info", "warning", "error"].map((one) => <option key={one} value={one}>{one || "all"}</option>)}</Field>
      <Rows label="Log" heads={["When", "Side", "Level", "Text", "Flow"]} rows={[...(answer?.items ?? [])].reverse().map((one) => ({
        key: one.id, cells: [<Time at={one.at} />, one.realm, <span class={one.level === "error" ? "i-danger" : ""}>{one.level}</span>, one.text, one.flow && <a href={href(["flows", String(one.flow)])}>{one.flow}</a>],
      }))} />
    </Frame>
  )
}

export function Blocks() {
  const [answer, error, again] = useAnswer("/blocks")
  const [config, setConfig] = useState("{}")
  const body = () => {
    try {
      return {config: JSON.parse(config)}
    } catch {
      return {config}
    }
  }
  return (
    <Frame title="Workflow blocks" command="attio block list" answer={answer} error={error} empty="The app has no workflow blocks.">
      {(answer?.items ?? []).length > 0 && <Field label="Configuration, as JSON" as="textarea" rows={5} value={config} onInput={(event) => setConfig(event.currentTarget.value)} />}
      {(answer?.items ?? []).map((one) => (
        <section key={one.id} class="i-block">
          <h2>{one.title ?? one.id} <small class="i-muted">{one.type}</small></h2>
          <span class="i-buttons">
            {one.type === "trigger"
              ? <><Do path={`/blocks/${one.id}/activate`} body={body()} after={again}>Activate</Do><Do path={`/blocks/${one.id}/trigger`} body={{}} after={again}>Trigger</Do><Do path={`/blocks/${one.id}/deactivate`} body={{}} after={again}>Deactivate</Do></>
              : <><Do path={`/blocks/${one.id}/run`} body={body()} after={again}>Run</Do><Do path={`/blocks/${one.id}/finish`} body={{}} after={again}>Finish</Do></>}
          </span>
          <Json value={{outcomes: one.outcomes, activations: one.activations, runs: one.runs}} open={2} />
        </section>
      ))}
    </Frame>
  )
}

export function Clock() {
  const [answer, error, again] = useAnswer("/clock")
  return (
    <Frame title="Clock" command="attio clock" answer={answer} error={error}>
      <p><strong>{answer?.now}</strong> {answer?.offset_ms !== 0 && `(${answer?.offset_ms / 1000} s away from the machine's)`}</p>
      <Json value={answer} />
      <Command text={`attio clock ${quoted("+1h")}`} />
      <Button small onClick={again}>Look again</Button>
    </Frame>
  )
}

export function Parity() {
  const [answer, error] = useAnswer("/parity")
  return (
    <Frame title="Parity" command="attio dev --parity" answer={answer} error={error}>
      <p>{Object.entries(answer?.counts ?? {}).map(([name, count]) => `${count} ${name}`).join(", ")}</p>
      <Rows label="What the SDK has" heads={["Module", "Name", "Here", "Why"]} rows={(answer?.items ?? []).map((one) => ({key: `${one.module} ${one.name}`, cells: [one.module, one.name, one.status, one.reason ?? ""]}))} />
    </Frame>
  )
}

export function States() {
  const [answer, error] = useAnswer("/state")
  return (
    <Frame title="Saved states" command="attio state list" answer={answer} error={error} empty="None is saved.">
      <p class="i-muted">The store is {answer?.path}</p><Json value={answer?.items} />
    </Frame>
  )
}

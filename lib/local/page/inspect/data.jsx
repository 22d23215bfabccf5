// KV, settings, logs.
import {useState} from "preact/hooks"
import {commandOf} from "../base/command.js"
import {filter, href} from "../base/route.js"
import {Badge, Button, Field, Json, Time} from "../ui/index.js"
import {Do, Frame, read, Rows, useAnswer} from "./parts.jsx"

export function Kv() {
  const [answer, error, again] = useAnswer("/kv")
  const [clock] = useAnswer("/clock")
  const [key, setKey] = useState("")
  const [value, setValue] = useState("")
  const [ttl, setTtl] = useState("")
  const now = clock === null ? undefined : Date.now() + clock.offset_ms
  const put = () => ({value: read(value, "the value"), ...(ttl === "" ? {} : {ttl: Number(ttl)})})
  const edit = (one) => {
    setKey(one.key)
    setValue(JSON.stringify(one.value))
    setTtl("")
  }
  return (
    <Frame title="Key-value store" command="attio kv list" answer={answer} error={error} empty="The app has kept nothing yet.">
      <Rows label="Keys" heads={["Key", "Value", "Ends", ""]} rows={(answer?.items ?? []).map((one) => ({
        key: one.key,
        cells: [<code>{one.key}</code>, <Json value={one.value} open={0} />, one.expires_at ? <Time at={one.expires_at} now={now} /> : "never",
          <span class="i-buttons"><Button small onClick={() => edit(one)}>Edit</Button><Do method="DELETE" path={`/kv/${encodeURIComponent(one.key)}`} after={again}>Delete</Do></span>],
      }))} />
      <div class="i-form">
        <Field label="Key" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        <Field label="Value, as JSON" as="textarea" rows={3} spellcheck={false} value={value} onInput={(event) => setValue(event.currentTarget.value)} />
        <Field label="Seconds until it is gone" type="number" min={1} value={ttl} onInput={(event) => setTtl(event.currentTarget.value)} />
        <Do small={false} variant="primary" method="PUT" path={`/kv/${encodeURIComponent(key)}`} reason={key === "" ? "name the key first" : ""} body={put} after={again}>Set</Do>
      </div>
    </Frame>
  )
}

// One setting; a text that is no JSON is a text.
function Setting({name, value, after}) {
  const [text, setText] = useState(null)
  const shown = typeof value === "string" ? value : JSON.stringify(value ?? null)
  const parsed = () => {
    if (typeof value === "string") return text
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
  return (
    <div class="i-form">
      <Field label={name} value={text ?? shown} onInput={(event) => setText(event.currentTarget.value)} />
      <Do small={false} method="PATCH" path="/settings" reason={text === null || text === shown ? "nothing is changed" : ""} body={() => ({values: {[name]: parsed()}})} after={() => {
        setText(null)
        after()
      }}>Save {name}</Do>
    </div>
  )
}

export function Values() {
  const [answer, error, again] = useAnswer("/settings", ["running"])
  const [text, setText] = useState(null)
  const values = answer?.values ?? {}
  return (
    <Frame title="Setting values" command="attio settings get" answer={answer} error={error}>
      {Object.keys(values).length === 0 && <p class="i-muted">No setting has a value. The app's own page for them: <a href={href(["settings"])}>Settings page</a></p>}
      {Object.entries(values).map(([name, value]) => <Setting key={name} name={name} value={value} after={again} />)}
      <details class="i-details"><summary>Several at once</summary>
        <Field label="Values, as JSON" as="textarea" rows={6} spellcheck={false} value={text ?? JSON.stringify(values, null, 2)} onInput={(event) => setText(event.currentTarget.value)} />
        <Do small={false} variant="primary" method="PATCH" path="/settings" reason={text === null ? "nothing is changed" : ""} body={() => ({values: read(text, "the values")})} after={() => {
          setText(null)
          again()
        }}>Save all</Do>
      </details>
    </Frame>
  )
}

const levels = ["debug", "info", "warning", "error"]
const tones = {error: "red", warning: "amber"}

export function Logs({query}) {
  const level = query.get("level") ?? ""
  const side = query.get("side") ?? ""
  const text = (query.get("text") ?? "").toLowerCase()
  const path = `/logs?limit=1000${level && `&level=${level}`}`
  const [answer, error] = useAnswer(path, ["log"])
  const items = [...(answer?.items ?? [])].reverse().filter((one) => (side === "" || one.realm === side) && one.text.toLowerCase().includes(text))
  const choose = (label, name, value, all) => <Field label={label} as="select" value={value} onChange={(event) => filter({[name]: event.currentTarget.value})}>{["", ...all].map((one) => <option key={one} value={one}>{one || "all"}</option>)}</Field>
  return (
    <Frame title="Logs" command={commandOf("GET", path)} answer={answer} error={error}>
      <div class="i-form">
        {choose("Level", "level", level, levels)}
        {choose("Side", "side", side, [...new Set([...(answer?.items ?? []).map((one) => one.realm), ...(side ? [side] : [])])].sort())}
        <Field label="Search" type="search" value={query.get("text") ?? ""} onInput={(event) => filter({text: event.currentTarget.value})} />
      </div>
      <Rows label="Log" empty={level || side || text ? "No line fits." : "The app has written nothing yet."} heads={["When", "Side", "Level", "Text", "Flow"]} rows={items.map((one) => ({
        key: one.id, cells: [<Time at={one.at} />, one.realm, <Badge tone={tones[one.level]}>{one.level}</Badge>, <span class="i-line">{one.text}</span>, one.flow && <a href={href(["flows", String(one.flow)])}>{one.flow}</a>],
      }))} />
    </Frame>
  )
}

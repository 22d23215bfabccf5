// Trouble on order, the clock, saved states: what a test changes of the platform around the app.
import {useState} from "preact/hooks"
import {commandOf} from "../base/command.js"
import {tell} from "../base/store.js"
import {Badge, Command, Field, Time} from "../ui/index.js"
import {bytes, Do, Frame, read, Rows, useAnswer} from "./parts.jsx"

const targets = [["fetch", "Requests to third parties"], ["rest", "Requests to Attio's REST API"], ["developer", "Requests to the developer API, as of a deploy"]]
const rulesOf = (answer) => Object.fromEntries(targets.map(([target]) => [target, answer[target]]))
const fields = [["error_percent", "No answer, %", "error", "%"], ["status", "Status", null], ["status_percent", "With that status, %", "status", "%"], ["latency_ms", "Later by, ms", "latency", ""]]

// The words that order this, as `attio dev --chaos` takes them.
function specOf(rules, seed) {
  const words = targets.flatMap(([target]) => {
    const {error_percent, status: code, status_percent, latency_ms} = rules[target]
    return [
      error_percent > 0 && `${target}.error=${error_percent}%`,
      code > 0 && status_percent > 0 && `${target}.${code}=${status_percent}%`,
      latency_ms > 0 && `${target}.latency=${latency_ms}`,
    ]
  })
  return [...words, seed !== "" && `seed=${seed}`].filter(Boolean).join(",")
}

function Chances({answer, again}) {
  const [rules, setRules] = useState(null)
  const [seed, setSeed] = useState("")
  const now = rules ?? rulesOf(answer)
  const set = (target, field) => (event) => setRules({...now, [target]: {...now[target], [field]: Number(event.currentTarget.value)}})
  const spec = specOf(now, seed)
  const done = () => {
    setRules(null)
    again()
  }
  const calm = specOf(rulesOf(answer), "") === ""
  return (
    <section aria-label="By chance">
      <h2>By chance {calm ? <Badge>none</Badge> : <Badge tone="amber">on</Badge>}</h2>
      {targets.map(([target, title]) => (
        <fieldset key={target} class="i-form"><legend>{title}</legend>
          {fields.map(([field, label]) => <Field key={field} label={label} type="number" min={0} value={now[target][field]} onInput={set(target, field)} />)}
        </fieldset>
      ))}
      <div class="i-form">
        <Field label="Seed" type="number" value={seed} onInput={(event) => setSeed(event.currentTarget.value)} hint="the same seed gives the same trouble" />
        <Do small={false} method="PUT" path="/chaos" body={{spec}} reason={rules === null && seed === "" ? "nothing is changed" : ""} variant="primary" after={done}>Make trouble</Do>
        <Do small={false} method="DELETE" path="/chaos" reason={calm ? "there is none" : ""} after={done}>No more trouble</Do>
      </div>
      {spec !== "" && <Command text={`attio dev --chaos ${spec}`} />}
    </section>
  )
}

function Order({endpoints, after}) {
  const [order, setOrder] = useState({endpoint: "*", failure: "status", times: "1", status: "500", ms: "1000", done: false})
  const set = (name) => (event) => setOrder({...order, [name]: event.currentTarget.type === "checkbox" ? event.currentTarget.checked : event.currentTarget.value})
  const body = {endpoint: order.endpoint, failure: order.failure, times: Number(order.times), ...(order.failure === "status" && {status: Number(order.status)}), ...(order.failure === "slow" && {ms: Number(order.ms)}), ...(order.done && {done: true})}
  return (
    <div class="i-form">
      <Field label="Endpoint" as="select" value={order.endpoint} onChange={set("endpoint")}><option value="*">all</option>{endpoints.map((one) => <option key={one}>{one}</option>)}</Field>
      <Field label="Failure" as="select" value={order.failure} onChange={set("failure")}>{[["status", "another answer"], ["reset", "no answer"], ["cut", "half an answer"], ["slow", "the second half late"]].map(([value, text]) => <option key={value} value={value}>{text}</option>)}</Field>
      <Field label="Times" type="number" min={1} value={order.times} onInput={set("times")} />
      {order.failure === "status" && <Field label="Status" type="number" min={200} max={599} value={order.status} onInput={set("status")} />}
      {order.failure === "slow" && <Field label="Milliseconds" type="number" min={0} value={order.ms} onInput={set("ms")} />}
      <Field label="It is done all the same" type="checkbox" checked={order.done} onChange={set("done")} />
      <Do small={false} path="/faults" body={body} after={after}>Order the failure</Do>
    </div>
  )
}

export function Chaos() {
  const [chaos, error, again] = useAnswer("/chaos")
  const [faults, faultsError, faultsAgain] = useAnswer("/faults")
  const [developer] = useAnswer("/developer/openapi.json")
  const endpoints = Object.entries(developer?.paths ?? {}).flatMap(([path, methods]) => Object.keys(methods).filter((one) => /^(get|post|put|patch|delete)$/.test(one)).map((method) => `${method.toUpperCase()} ${path}`))
  return (
    <Frame title="Chaos" command={commandOf("GET", "/chaos")} answer={chaos} error={error ?? faultsError}>
      {chaos && <Chances answer={chaos} again={again} />}
      <h2>Ordered at the developer API</h2>
      <Rows label="Ordered failures" empty="None is ordered." heads={["Endpoint", "Failure", "Times", ""]} rows={(faults?.items ?? []).map((one, at) => ({
        key: at, cells: [one.endpoint, one.failure, one.times, <Do method="DELETE" path={`/faults/${at}`} after={faultsAgain}>Take back</Do>],
      }))} />
      <Order endpoints={endpoints} after={faultsAgain} />
      {(faults?.items ?? []).length > 1 && <Do method="DELETE" path="/faults" after={faultsAgain}>Take all back</Do>}
    </Frame>
  )
}

const steps = [["+1 minute", 60], ["+15 minutes", 900], ["+1 hour", 3600], ["+1 day", 86400], ["+1 week", 604800], ["+30 days", 2592000]]

const away = (ms) => {
  const text = [["d", 864e5], ["h", 36e5], ["min", 6e4], ["s", 1e3]].reduce(([words, left], [unit, size]) => {
    const count = Math.floor(left / size)
    return [count > 0 ? [...words, `${count} ${unit}`] : words, left - count * size]
  }, [[], Math.abs(ms)])[0].slice(0, 2).join(" ")
  return `${text || "less than a second"} ${ms > 0 ? "ahead of" : "behind"} this machine's time`
}

export function Clock() {
  const [answer, error, again] = useAnswer("/clock")
  const [now, setNow] = useState("")
  const offset = answer?.offset_ms ?? 0
  return (
    <Frame title="Clock" command="attio clock" answer={answer} error={error}>
      <p class="i-now"><strong>{answer?.now}</strong> <span class="i-muted">{offset === 0 ? "as on this machine" : away(offset)}</span></p>
      <p class="i-muted">Expiry, timers, limits and timestamps follow it. What is due on the way happens on the way.</p>
      <div class="i-buttons">{steps.map(([label, seconds]) => <Do key={label} path="/clock" body={{advance_ms: seconds * 1000}} after={again}>{label}</Do>)}</div>
      <div class="i-form">
        <Field label="Set it to" placeholder="2030-01-01T00:00:00Z" value={now} onInput={(event) => setNow(event.currentTarget.value)} />
        <Do small={false} path="/clock" body={{now}} reason={now === "" ? "write a moment first" : ""} after={again}>Set</Do>
        <Do small={false} path="/clock" body={{real: true}} reason={offset === 0 ? "it is" : ""} after={again}>This machine's time again</Do>
      </div>
    </Frame>
  )
}

// Files that people choose are read here, and only sent to this platform.
function Seed({after}) {
  const [world, setWorld] = useState("")
  return (
    <details class="i-details"><summary>Add what a document holds</summary>
      <Field label="World, as JSON" as="textarea" rows={6} spellcheck={false} value={world} placeholder={'{"records": []}'} onInput={(event) => setWorld(event.currentTarget.value)} />
      <Do small={false} path="/state/seed" body={() => ({world: read(world, "the world")})} reason={world === "" ? "write the document first" : ""} after={after}>Add it</Do>
    </details>
  )
}

export function States() {
  const [answer, error, again] = useAnswer("/state")
  const [name, setName] = useState("")
  const done = (what) => () => {
    tell(what)
    again()
  }
  return (
    <Frame title="Saved states" command="attio state list" answer={answer} error={error} empty="None is saved.">
      <p class="i-muted">The store is {answer?.path}.</p>
      <Rows label="Saved states" heads={["Name", "Saved", "Size", ""]} rows={(answer?.items ?? []).map((one) => ({
        key: one.name, cells: [one.name, <Time at={one.saved_at} machine />, one.bytes === undefined ? "" : bytes(one.bytes),
          <Do path="/state/restore" body={{name: one.name}} confirm={`Go back to ${one.name}? What is there now is replaced.`} after={done(`${one.name} is back`)}>Restore</Do>],
      }))} />
      <div class="i-form">
        <Field label="Name" value={name} onInput={(event) => setName(event.currentTarget.value)} hint="letters, digits, - _ and ." />
        <Do small={false} variant="primary" path="/state/save" body={{name}} reason={name === "" ? "give it a name first" : ""} after={() => {
          done(`${name} is saved`)()
          setName("")
        }}>Save</Do>
        <Do small={false} variant="danger" path="/state/reset" confirm="Begin with the sample workspace again? All other data goes." body={{}} after={done("the sample workspace is back")}>Reset</Do>
      </div>
      <Seed after={done("it is added")} />
    </Frame>
  )
}

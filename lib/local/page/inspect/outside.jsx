// Connections, webhooks with their deliveries, requests.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {commandOf} from "../base/command.js"
import {filter, go, href} from "../base/route.js"
import {Badge, Button, Command, Failure, Field, Json, Time} from "../ui/index.js"
import {curlOf} from "../flows/tree.js"
import {Do, flowLink, Frame, read, Rows, useAnswer} from "./parts.jsx"

const ownerOf = (owner, members) => {
  if (owner === null || typeof owner !== "object") return String(owner)
  const member = members.find((one) => one.id === owner.id)
  return member ? `${owner.type} ${member.name}` : owner.type
}

function Add({members, after}) {
  const [form, setForm] = useState({owner: "workspace", type: "secret", as: "", value: "", expires_in: "", force: false})
  const [consent, setConsent] = useState(null)
  const set = (name) => (event) => setForm({...form, [name]: event.currentTarget.type === "checkbox" ? event.currentTarget.checked : event.currentTarget.value})
  const who = {owner: form.owner, ...(form.as && {as: form.as})}
  const body = {...who, type: form.type, value: form.value, ...(form.expires_in && {expires_in: Number(form.expires_in)}), ...(form.force && {force: true})}
  return (
    <section aria-label="Add a connection">
      <h2>Add one</h2>
      <form class="i-form" onSubmit={(event) => event.preventDefault()}>
        <Field label="Whose" as="select" value={form.owner} onChange={set("owner")}><option value="workspace">the workspace's</option><option value="user">the user's</option></Field>
        <Field label="By" as="select" value={form.as} onChange={set("as")}><option value="">the first admin</option>{members.map((one) => <option key={one.id} value={one.email}>{one.name}</option>)}</Field>
        <Field label="Kind" as="select" value={form.type} onChange={set("type")}><option value="secret">secret</option><option value="oauth">OAuth token</option></Field>
        <Field label="Secret or access token" type="password" autocomplete="off" value={form.value} onInput={set("value")} hint="connection-added runs first; when it throws, the connection is not kept, but what it made before stays" />
        <Field label="Seconds until it expires" type="number" min={1} value={form.expires_in} onInput={set("expires_in")} />
        <Field label="Keep it also when the app throws" type="checkbox" checked={form.force} onChange={set("force")} />
        <Do type="submit" small={false} variant="primary" path="/connections" reason={form.value === "" ? "type the secret first" : ""} body={body} after={(answer) => {
          setForm({...form, value: ""})
          after(answer)
        }}>Add</Do>
        <Do small={false} path="/connect" body={who} after={({url}) => {
          setConsent(url)
          window.open(url, "_blank", "noopener")
        }}>Open the consent page</Do>
      </form>
      {consent !== null && <p>The consent page is at <a href={consent} target="_blank" rel="noopener">{consent}</a></p>}
    </section>
  )
}

export function Connections() {
  const [answer, error, again] = useAnswer("/connections")
  const [members] = useAnswer("/members")
  const [flow, setFlow] = useState(null)
  const done = (result) => {
    setFlow(result.flow ?? null)
    again()
  }
  const all = members?.items ?? []
  return (
    <Frame title="Connections" command="attio connection list" answer={answer} error={error} empty="Nobody has connected yet.">
      <Rows label="Connections" heads={["Owner", "Kind", "Added", "Ends", ""]} rows={(answer?.items ?? []).map((one) => ({
        key: one.id,
        cells: [ownerOf(one.owned_by, all), `${one.connection_key} ${one.type}`, <Time at={one.created_at} />, one.expired ? <Badge tone="red">expired</Badge> : one.expires_at ? <Time at={one.expires_at} /> : "never",
          <span class="i-buttons">
            {!one.expired && <Do path={`/connections/${one.id}/expire`} after={done}>Expire now</Do>}
            <Do path="/events/send" body={{event: "connection-added", connection: one.id}} after={done}>Run connection-added</Do>
            <Do method="DELETE" path={`/connections/${one.id}`} after={done}>Remove</Do>
            <Do method="DELETE" path={`/connections/${one.id}?force=1`} confirm="Remove it also when connection-removed throws?" after={done}>Remove by force</Do>
          </span>],
      }))} />
      {flow !== null && <p role="status">What the app did: {flowLink(flow) ?? "it has no handler for this"}</p>}
      <Add members={all} after={done} />
    </Frame>
  )
}

const jsonOr = (text) => {
  try {
    const value = JSON.parse(text)
    return value !== null && typeof value === "object" ? value : text
  } catch {
    return text
  }
}

function Craft({handlers, after}) {
  const [form, setForm] = useState({handler: handlers[0].id, method: "POST", path: "", query: "", headers: "", body: "{}"})
  const set = (name) => (event) => setForm({...form, [name]: event.currentTarget.value})
  const handler = handlers.find((one) => one.id === form.handler) ?? handlers[0]
  const same = handlers.filter((one) => one.file_name === handler.file_name).length > 1
  const body = () => ({
    handler: same ? handler.id : handler.file_name,
    ...(form.method !== "POST" && {method: form.method}), ...(form.path && {path: form.path}), ...(form.query && {query: form.query}),
    ...(form.headers.trim() !== "" && {headers: read(form.headers, "the headers")}),
    ...(form.method !== "GET" && form.body !== "" && {body: jsonOr(form.body)}),
  })
  const sent = () => {
    try {
      return body()
    } catch {
      return {handler: handler.file_name}
    }
  }
  const curl = curlOf({kind: "webhook", input: {url: `${handler.url}${form.path}${form.query ? `?${form.query}` : ""}`, method: form.method, headers: [["Content-Type", "application/json"]], body: form.method === "GET" ? null : form.body}})
  return (
    <section aria-label="Craft a request">
      <h2>Send one</h2>
      <div class="i-form">
        <Field label="Handler" as="select" value={handler.id} onChange={set("handler")}>{handlers.map((one) => <option key={one.id} value={one.id}>{one.file_name}</option>)}</Field>
        <Field label="Method" as="select" value={form.method} onChange={set("method")}>{["POST", "GET", "PUT", "PATCH", "DELETE"].map((one) => <option key={one}>{one}</option>)}</Field>
        <Field label="Path behind the address" value={form.path} onInput={set("path")} placeholder="/more" />
        <Field label="Query" value={form.query} onInput={set("query")} placeholder="a=1&b=2" />
        <Field label="Headers, as JSON" as="textarea" rows={3} spellcheck={false} value={form.headers} onInput={set("headers")} placeholder={'{"X-Signature": "…"}'} />
        <Field label="Body" as="textarea" rows={6} spellcheck={false} value={form.body} onInput={set("body")} hint="JSON gets its content type; any other text is sent as it is" />
        <Do small={false} variant="primary" path="/webhooks/send" body={body} after={after}>Send</Do>
      </div>
      <Command text={commandOf("POST", "/webhooks/send", sent())} />
      <Command text={curl} label="Copy the request as curl" />
    </section>
  )
}

// Changes of a body's top level, as the API takes them.
const changesOf = (before, after) => {
  const pointer = (name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
  return Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before?.[name])).map((name) => ({pointer: pointer(name), value: after[name]}))
}

function Delivery({id, after}) {
  const [answer, error] = useAnswer(`/deliveries/${id}`)
  const [text, setText] = useState(null)
  const one = answer?.delivery ?? answer
  const sent = one?.request?.body
  let before
  try {
    before = typeof sent === "string" ? JSON.parse(sent) : sent
  } catch {
    before = undefined
  }
  const editable = before !== null && typeof before === "object" && !Array.isArray(before)
  return (
    <section class="i-block" aria-label={`Delivery ${id}`}>
      <Failure error={error} />
      {one && <>
        <h3>Request</h3><Json value={{...one.request, ...(editable && {body: before})}} open={2} />
        <h3>Answer</h3><Json value={one.response} open={2} />
        {editable && <div class="i-form i-wide">
          <Field label="Body to send again, as JSON" as="textarea" rows={6} spellcheck={false} value={text ?? JSON.stringify(before, null, 2)} onInput={(event) => setText(event.currentTarget.value)} />
          <div class="i-buttons"><Do small={false} path={`/deliveries/${id}/replay`} body={() => ({set: changesOf(before, read(text ?? JSON.stringify(before), "the body"))})} after={after}>Resend with this body</Do></div>
        </div>}
      </>}
    </section>
  )
}

export function Webhooks({query}) {
  const [answer, error, again] = useAnswer("/webhooks")
  const [log, logError, logAgain] = useAnswer("/deliveries", ["node"])
  const handlers = answer?.items ?? []
  const open = query.get("delivery")
  const sent = ({flow}) => {
    again()
    logAgain()
    if (flow && flow !== "0") go(["flows", String(flow)])
  }
  return (
    <Frame title="Webhooks" command="attio webhook list" answer={answer} error={error ?? logError} empty="The app has made no webhook handler yet; most do when a connection is added.">
      <Rows label="Handlers" heads={["Handler", "Address", "Deliveries"]} rows={handlers.map((one) => ({key: one.id, cells: [one.file_name, <Command text={one.url} label="Copy the address" />, one.deliveries]}))} />
      {handlers.length > 0 && <Craft handlers={handlers} after={sent} />}
      <h2>Deliveries</h2>
      <Rows label="Deliveries" empty="Nothing has come in yet." heads={["When", "To", "Status", "ms", "Again of", ""]} rows={(log?.items ?? []).map((one) => ({
        key: one.id, marked: one.id === open,
        cells: [<Time at={one.received_at} />, one.name, one.status === null ? "open" : <span class={one.status >= 400 ? "i-danger" : ""}>{one.status}</span>, one.ms, one.replay_of ?? "",
          <span class="i-buttons"><Button small aria-expanded={one.id === open} onClick={() => filter({delivery: one.id === open ? "" : one.id})}>Look</Button><Do path={`/deliveries/${one.id}/replay`} body={{}} after={sent}>Resend</Do>{flowLink(one.flow)}</span>],
      }))} />
      {open && <Delivery key={open} id={open} after={sent} />}
    </Frame>
  )
}

function Meter({name, used, limit}) {
  return <label class="i-meter">{name} <meter min={0} max={limit ?? Math.max(used, 1)} value={used} /> {used} of {limit ?? "no limit"} in a second</label>
}

// How much of the limits is used, while one looks.
function Rates({rate}) {
  const [now, setNow] = useState(rate)
  useEffect(() => setNow(rate), [rate])
  useEffect(() => {
    const busy = Object.values(now).some(({used}) => used > 0)
    if (!busy) return undefined
    const timer = setTimeout(() => api("GET", "/requests?limit=1").then((answer) => setNow(answer.rate), () => {}), 500)
    return () => clearTimeout(timer)
  }, [now])
  return <div class="i-buttons" role="group" aria-label="Rates">{Object.entries(now).map(([name, one]) => <Meter key={name} name={name.replace("_", " ")} {...one} />)}</div>
}

export function Requests({query}) {
  const kind = query.get("of") ?? ""
  const state = query.get("status") ?? ""
  const path = `/requests?limit=500${kind && `&kind=${kind}`}${state && `&status=${encodeURIComponent(state)}`}`
  const [answer, error] = useAnswer(path, ["node"])
  return (
    <Frame title="Requests" command={commandOf("GET", path)} answer={answer} error={error}>
      {answer?.rate && <Rates rate={answer.rate} />}
      <div class="i-form">
        <Field label="Kind" as="select" value={kind} onChange={(event) => filter({of: event.currentTarget.value})}>{["", "fetch", "rest", "rest-webhook"].map((one) => <option key={one} value={one}>{one || "all"}</option>)}</Field>
        <Field label="Status" value={state} placeholder="404, 4xx, failed" onChange={(event) => filter({status: event.currentTarget.value})} />
      </div>
      <Rows label="Requests" empty={kind || state ? "None fits the filters." : "Nothing has gone out yet."} heads={["When", "Kind", "Request", "Status", "ms", "Flow"]} rows={[...(answer?.items ?? [])].reverse().map((one) => ({
        key: one.id,
        cells: [<Time at={one.at} />, one.kind, `${one.method} ${one.url}`, one.error ? <strong class="i-danger">{one.error}</strong> : <span class={one.status >= 400 ? "i-danger" : ""}>{one.status}</span>, one.ms, one.flow && <a href={href(["flows", one.flow])}>{one.flow}</a>],
      }))} />
    </Frame>
  )
}

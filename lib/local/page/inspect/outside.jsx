// Connections, webhooks with their deliveries, requests.
import {useState} from "preact/hooks"
import {api} from "../base/api.js"
import {apiCommand, quoted} from "../base/command.js"
import {filter, go, href} from "../base/route.js"
import {tell} from "../base/store.js"
import {Button, Command, Field, Json, Time} from "../ui/index.js"
import {Do, Frame, read, Rows, useAnswer} from "./parts.jsx"

export function Connections() {
  const [answer, error, again] = useAnswer("/connections")
  const [value, setValue] = useState("")
  const [owner, setOwner] = useState("workspace")
  const add = async (event) => {
    event.preventDefault()
    try {
      await api("POST", "/connections", {owner, value})
      setValue("")
      again()
    } catch (failed) {
      tell([failed.message, failed.why].filter(Boolean).join(" · "), "danger")
    }
  }
  return (
    <Frame title="Connections" command="attio connection list" answer={answer} error={error} empty="Nobody has connected yet.">
      <Rows label="Connections" heads={["Owner", "Kind", "Added", "Ends", ""]} rows={(answer?.items ?? []).map((one) => ({
        key: one.id,
        cells: [typeof one.owned_by === "object" ? one.owned_by?.type : String(one.owned_by), one.type, <Time at={one.created_at} />, one.expired ? <strong class="i-danger">expired</strong> : one.expires_at ? <Time at={one.expires_at} /> : "never",
          <span class="i-buttons"><Do path={`/connections/${one.id}/expire`} after={again}>Expire now</Do><Do method="DELETE" path={`/connections/${one.id}`} after={again}>Remove</Do></span>],
      }))} />
      <form class="i-form" onSubmit={add}>
        <Field label="Whose" as="select" value={owner} onChange={(event) => setOwner(event.currentTarget.value)}><option value="workspace">the workspace's</option><option value="user">the user's</option></Field>
        <Field label="Secret or access token" type="password" autocomplete="off" value={value} onInput={(event) => setValue(event.currentTarget.value)} hint="connection-added runs first; when it throws, nothing is kept" />
        <Button variant="primary" reason={value === "" ? "type the secret first" : ""} onClick={add}>Add</Button>
        <Do path="/connect" body={{owner}} after={({url}) => window.open(url, "_blank", "noopener")}>Open the consent page</Do>
      </form>
      <Command text={`attio connection add ${owner === "user" ? "--user" : "--workspace"} --value-env NAME`} />
    </Frame>
  )
}

function Craft({handlers, after}) {
  const [handler, setHandler] = useState(handlers[0].id)
  const [body, setBody] = useState("{}")
  const send = async () => {
    try {
      const {flow} = await api("POST", "/webhooks/send", {handler, body: read(body, "the body")})
      after()
      if (flow && flow !== "0") go(["flows", flow])
    } catch (error) {
      tell(error.message, "danger")
    }
  }
  return (
    <div class="i-form">
      <Field label="Handler" as="select" value={handler} onChange={(event) => setHandler(event.currentTarget.value)}>{handlers.map((one) => <option key={one.id} value={one.id}>{one.file_name}</option>)}</Field>
      <Field label="Body, as JSON" as="textarea" rows={6} spellcheck={false} value={body} onInput={(event) => setBody(event.currentTarget.value)} />
      <Button variant="primary" onClick={send}>Send</Button>
      <Command text={`attio webhook send ${quoted(handlers.find((one) => one.id === handler)?.file_name ?? handler)} --body ${quoted(body)}`} />
    </div>
  )
}

export function Webhooks() {
  const [answer, error, again] = useAnswer("/webhooks")
  const [log, logError, logAgain] = useAnswer("/deliveries")
  const handlers = answer?.items ?? []
  const reload = () => {
    again()
    logAgain()
  }
  return (
    <Frame title="Webhooks" command="attio webhook list" answer={answer} error={error ?? logError} empty="The app has made no webhook handler yet; most do when a connection is added.">
      <Rows label="Handlers" heads={["Handler", "Address", "Deliveries"]} rows={handlers.map((one) => ({key: one.id, cells: [one.file_name, <Command text={one.url} label="Copy the address" />, one.deliveries]}))} />
      {handlers.length > 0 && <Craft handlers={handlers} after={reload} />}
      <h2>Deliveries</h2>
      {log?.items.length === 0 && <p class="i-muted">Nothing has come in yet.</p>}
      <Rows label="Deliveries" heads={["When", "To", "Status", "ms", "Again of", ""]} rows={(log?.items ?? []).map((one) => ({
        key: one.id,
        cells: [<Time at={one.received_at} />, one.name, one.status === null ? "open" : <span class={one.status >= 400 ? "i-danger" : ""}>{one.status}</span>, one.ms, one.replay_of ?? "",
          <span class="i-buttons"><Do path={`/deliveries/${one.id}/replay`} body={{}} after={({flow}) => {
            reload()
            if (flow && flow !== "0") go(["flows", flow])
          }}>Resend</Do>{one.flow && <a href={href(["flows", String(one.flow)])}>flow</a>}</span>],
      }))} />
    </Frame>
  )
}

function Meter({name, used, limit}) {
  return <label class="i-meter">{name} <meter min={0} max={limit ?? Math.max(used, 1)} value={used} /> {used} of {limit ?? "no limit"}</label>
}

export function Requests({query}) {
  const kind = query.get("of") ?? ""
  const state = query.get("status") ?? ""
  const path = `/requests?limit=500${kind && `&kind=${kind}`}${state && `&status=${encodeURIComponent(state)}`}`
  const [answer, error] = useAnswer(path)
  return (
    <Frame title="Requests" command={apiCommand("GET", path)} answer={answer} error={error} empty={kind || state ? "None fits the filters." : "Nothing has gone out yet."}>
      <div class="i-buttons">{Object.entries(answer?.rate ?? {}).map(([name, one]) => <Meter key={name} name={name.replace("_", " ")} {...one} />)}</div>
      <div class="i-form">
        <Field label="Kind" as="select" value={kind} onChange={(event) => filter({of: event.currentTarget.value})}>{["", "fetch", "rest", "rest-webhook"].map((one) => <option key={one} value={one}>{one || "all"}</option>)}</Field>
        <Field label="Status" value={state} placeholder="404, 4xx, failed" onChange={(event) => filter({status: event.currentTarget.value})} />
      </div>
      <Rows label="Requests" heads={["When", "Kind", "Request", "Status", "ms", "Flow"]} rows={[...(answer?.items ?? [])].reverse().map((one) => ({
        key: one.id,
        cells: [<Time at={one.at} />, one.kind, `${one.method} ${one.url}`, one.error ? <strong class="i-danger">{one.error}</strong> : one.status, one.ms, one.flow && <a href={href(["flows", one.flow])}>{one.flow}</a>],
      }))} />
    </Frame>
  )
}

export const Raw = ({value}) => <Json value={value} open={3} />

// What the app is: findings of its last build, its environment by name, its versions, and what the platform does otherwise.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {commandOf} from "../base/command.js"
import {filter, href} from "../base/route.js"
import {Badge, Button, CodeFrame, Command, Field, Source, Stack, Time} from "../ui/index.js"
import {bytes, Do, Frame, Rows, useAnswer, useWork} from "./parts.jsx"

const builds = ["build", "check", "running", "host-ended", "failed"]
function Finding({one}) {
  const {start} = one.range ?? {}
  const own = one.code.startsWith("ATT")
  return (
    <section class={`i-finding i-${one.severity}`} aria-label={one.message}>
      <header><Badge tone={one.severity === "error" ? "red" : "amber"}>{one.severity}</Badge> <code>{one.code}</code> <strong>{one.message}</strong></header>
      <p><Source file={one.file} line={start?.line} column={start?.column} /></p>
      {one.frame !== "" && <CodeFrame frame={one.frame.trimEnd()} />}
      {(one.related ?? []).length > 0 && <ul class="i-list">{one.related.map((note, at) => <li key={at}>{note.message} {note.file && <Source file={note.file} line={note.range?.start.line} column={note.range?.start.column} />}</li>)}</ul>}
      {one.fix && <p>{one.fix.safe ? "A safe fix is known:" : "A fix is known, to be looked at:"} <Command text={`attio validate ${one.fix.safe ? "--fix" : "--diff"}`} /></p>}
      {own && <Command text={`attio explain ${one.code}`} />}
    </section>
  )
}

const Thrown = ({one: {realm, error}}) => (
  <section class="i-finding i-error" aria-label={error.message}>
    <header><Badge tone="red">thrown</Badge> {realm} <strong>{error.name}: {error.message}</strong></header>
    <Stack text={error.stack} />
  </section>
)

export function Findings({query}) {
  const [answer, error, again] = useAnswer("/findings", builds)
  // The end of a check that found nothing else is told by no event.
  useEffect(() => {
    if (!answer?.checking) return undefined
    const timer = setTimeout(again, 500)
    return () => clearTimeout(timer)
  }, [answer])
  const wanted = query.get("severity") ?? ""
  const items = (answer?.items ?? []).filter((one) => wanted === "" || one.severity === wanted)
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`
  return (
    <Frame title="Findings" command="attio check" answer={answer} error={error}>
      <p role="status">
        {answer?.step === "none" && "Nothing was built here."}
        {answer?.step === "failed" && <span class="i-danger">The app was not built: {answer.error?.message}</span>}
        {["build", "check"].includes(answer?.step) && <>{count(answer.errors, "error")}, {count(answer.warnings, "warning")}{answer.checking ? ", rules and types are being looked at" : ""}. </>}
        {answer?.running ? `Build ${answer.running} runs.` : "Nothing runs."} {answer?.at && <Time at={answer.at} />}
      </p>
      {answer?.error?.fix && <p>{answer.error.fix}</p>}
      {(answer?.items ?? []).length > 0 && <div class="i-form"><Field label="Severity" as="select" value={wanted} onChange={(event) => filter({severity: event.currentTarget.value})}>{["", "error", "warning"].map((one) => <option key={one} value={one}>{one || "all"}</option>)}</Field></div>}
      {(answer?.code ?? []).map((one, at) => <Thrown key={at} one={one} />)}
      {items.map((one) => <Finding key={one.fingerprint + one.file + (one.range?.start.offset ?? "")} one={one} />)}
    </Frame>
  )
}

export function Environment() {
  const [answer, error] = useAnswer("/environment", builds)
  return (
    <Frame title="Environment" command={commandOf("GET", "/environment")} answer={answer} error={error} empty="No .env file sets anything, and no server code reads process.env.">
      <p class="i-muted">Names only: the values stay in the files, and are hidden in all that is shown here.</p>
      <Rows label="Variables" heads={["Name", "Set in", "Read at"]} rows={(answer?.items ?? []).map((one) => ({
        key: one.name,
        cells: [<code>{one.name}</code>, one.files.length > 0 ? one.files.map((file) => <Source key={file} file={file} />) : <Badge tone="amber">nowhere</Badge>,
          one.read.length > 0 ? <ul class="i-list">{one.read.map((place) => <li key={`${place.file}:${place.line}:${place.column}`}><Source {...place} /></li>)}</ul> : <span class="i-muted">nowhere</span>],
      }))} />
    </Frame>
  )
}

const sign = {added: "+", removed: "−", altered: "~"}

function Difference({versions}) {
  const [from, setFrom] = useState(versions[1]?.version ?? versions[0].version)
  const [to, setTo] = useState(versions[0].version)
  const [answer, setAnswer] = useState(null)
  const [busy, run] = useWork()
  const path = `/versions/diff?from=${from}&to=${to}`
  const choose = (value, set, label) => <Field label={label} as="select" value={value} onChange={(event) => set(event.currentTarget.value)}>{versions.map((one) => <option key={one.version}>{one.version}</option>)}</Field>
  return (
    <section aria-label="Difference">
      <h2>What is different</h2>
      <div class="i-form">{choose(from, setFrom, "From")}{choose(to, setTo, "To")}<Button busy={busy} onClick={() => run(async () => setAnswer(await api("GET", path)))}>Compare</Button></div>
      <Command text={commandOf("GET", path)} />
      {answer !== null && answer.changes.length === 0 && <p class="i-muted">Users notice nothing.</p>}
      <Rows label="Changes" heads={["Change", "What", "Before", "After"]} rows={(answer?.changes ?? []).map((one, at) => ({
        key: at, cells: [`${sign[one.kind ?? one.change] ?? ""} ${one.kind ?? one.change ?? ""}`, [one.what, one.id, one.name].filter(Boolean).join(" "), one.before ?? "", one.after ?? ""],
      }))} />
      <Rows label="Sizes" heads={["Bundle", "Before", "After"]} rows={(answer?.sizes ?? []).map((one) => ({key: one.path, cells: [one.path, one.before >= 0 && one.before !== null ? bytes(one.before) : "", one.after >= 0 && one.after !== null ? bytes(one.after) : ""]}))} />
    </section>
  )
}

export function Versions() {
  const [answer, error] = useAnswer("/versions")
  return (
    <Frame title="Versions" command="attio version list --local" answer={answer} error={error}>
      {answer?.items.length === 0 && <p class="i-muted">None was deployed to this platform yet: <code>attio deploy --local</code></p>}
      <Rows label="Versions" heads={["Version", "Deployed", "Size", "Bundles"]} rows={(answer?.items ?? []).map((one) => ({
        key: one.version, cells: [one.version, <Time at={one.created_at} />, bytes(one.bytes), one.bundles.map(({kind, bytes: size}) => `${kind} ${bytes(size)}`).join(", ")],
      }))} />
      {(answer?.items.length ?? 0) > 1 && <Difference versions={answer.items} />}
      <h2>Dev versions</h2>
      <Rows label="Dev versions" empty="Nothing was pushed to this platform." heads={["Id", "Made", "By", "Pushes", "Environment"]} rows={(answer?.dev ?? []).map((one) => ({
        key: one.id, cells: [<code>{one.id}</code>, <Time at={one.created_at} />, one.cli_version, one.pushes, one.environment.join(", ")],
      }))} />
    </Frame>
  )
}

export function Limits() {
  const [answer, error, again] = useAnswer("/limits")
  return (
    <Frame title="Limits" command={commandOf("GET", "/limits")} answer={answer} error={error}>
      <Rows label="Limits" heads={["Limit", "Most", "Of", "Holds", ""]} rows={(answer?.items ?? []).map(({name, most, help, on}) => ({
        key: name, cells: [<code>{name}</code>, most.toLocaleString(), help, on ? "yes" : <Badge tone="amber">off</Badge>, <Do method="PUT" path="/limits" body={{name, on: !on}} after={again}>{on ? `Turn ${name} off` : `Turn ${name} on`}</Do>],
      }))} />
    </Frame>
  )
}

export function Parity({query}) {
  const [answer, error] = useAnswer("/parity")
  const wanted = query.get("here") ?? ""
  const text = (query.get("text") ?? "").toLowerCase()
  const items = (answer?.items ?? []).filter((one) => (wanted === "" || one.status === wanted) && `${one.module} ${one.name} ${one.reason ?? ""}`.toLowerCase().includes(text))
  return (
    <Frame title="Parity" command="attio dev --parity" answer={answer} error={error}>
      <p>The SDK {answer?.sdk}: {Object.entries(answer?.counts ?? {}).map(([name, count]) => `${count} ${name}`).join(", ")}</p>
      <div class="i-form">
        <Field label="Search" type="search" value={query.get("text") ?? ""} onInput={(event) => filter({text: event.currentTarget.value})} />
        <Field label="Here" as="select" value={wanted} onChange={(event) => filter({here: event.currentTarget.value})}>{["", "exact", "approximate", "unsupported"].map((one) => <option key={one} value={one}>{one || "all"}</option>)}</Field>
      </div>
      <Rows label="What the SDK has" empty="Nothing fits." heads={["Module", "Name", "Here", "Why"]} rows={items.map((one) => ({key: `${one.module} ${one.name}`, cells: [one.module, <code>{one.name}</code>, <Badge tone={{exact: "green", approximate: "amber", unsupported: "red"}[one.status]}>{one.status}</Badge>, one.reason ?? ""]}))} />
      <h2>Choices where facts are not documented</h2>
      <Rows label="Choices" heads={["Fact", "Choice"]} rows={(answer?.approximations ?? []).map((one) => ({key: one.fact, cells: [one.fact, one.choice]}))} />
    </Frame>
  )
}


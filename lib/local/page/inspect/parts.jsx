// What the inspectors share: a thing that is loaded and loaded again, buttons that say which command does the same, a head.
import {signal} from "@preact/signals"
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {apiCommand, commandOf} from "../base/command.js"
import {href} from "../base/route.js"
import {changed, onPlatformEvent, tellError} from "../base/store.js"
import {Button, Command, Failure, Modal} from "../ui/index.js"

// [answer, error, again]: of GET `path`, anew whenever something happened on the platform; with `events` also after
// those of these names, at once. What is there stays until the next answer comes.
export function useAnswer(path, events) {
  const [state, setState] = useState([null, null])
  const [turn, setTurn] = useState(0)
  const seen = changed.value
  const again = () => setTurn((one) => one + 1)
  useEffect(() => {
    const control = new AbortController()
    api("GET", path, undefined, control).then((answer) => setState([answer, null]), (error) => error.name !== "AbortError" && setState(([answer]) => [answer, error]))
    return () => control.abort()
  }, [path, turn, seen])
  useEffect(() => (events === undefined ? undefined : onPlatformEvent((event) => (events.includes(event.event) || event.event === "missed") && again())), [path])
  return [...state, again]
}

export const flowLink = (flow) => (flow && flow !== "0" ? <a href={href(["flows", String(flow)])}>flow {flow}</a> : null)

// The command of the button that the pointer or the keyboard is at, or was last.
const atHand = signal(null)

// Runs `work` of a button: it is busy meanwhile, and what goes wrong is told.
export function useWork() {
  const [busy, setBusy] = useState(false)
  const run = async (work) => {
    setBusy(true)
    try {
      return await work()
    } catch (error) {
      tellError(error)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return [busy, run]
}

// A button for a request. `body` may be a function, which may throw what is wrong with the input, and may take its time:
// then `shown` is what the command shows. `confirm`: a question that is asked first.
export function Do({method = "POST", path, body, shown, after, children, variant, reason, confirm, type, small = true}) {
  const [busy, run] = useWork()
  const [asking, setAsking] = useState(false)
  const command = () => {
    try {
      return commandOf(method, path, shown ?? (typeof body === "function" ? body() : body))
    } catch {
      return apiCommand(method, path)
    }
  }
  const show = () => {
    atHand.value = command()
  }
  const go = () => run(async () => {
    const answer = await api(method, path, typeof body === "function" ? await body() : body)
    await after?.(answer)
  })
  return (
    <>
      <Button type={type ?? "button"} small={small} variant={variant} busy={busy} reason={reason} title={command()} onPointerEnter={show} onFocus={show} onClick={confirm === undefined ? go : () => setAsking(true)}>{children}</Button>
      {asking && <Modal title={confirm} onClose={() => setAsking(false)} footer={<>
        <Button onClick={() => setAsking(false)}>Cancel</Button>
        <Button variant="danger" onClick={() => {
          setAsking(false)
          go()
        }}>{children}</Button>
      </>}><Command text={command()} /></Modal>}
    </>
  )
}

// `answer` null: not known yet, which is not the same as empty.
export function Frame({title, command, answer, error, empty, children}) {
  useEffect(() => {
    atHand.value = null
  }, [title])
  const none = answer !== null && Array.isArray(answer?.items) && answer.items.length === 0
  const shown = atHand.value ?? command
  return (
    <div class="i-page">
      <header class="i-head"><h1>{title}</h1>{shown && <Command text={shown} />}</header>
      <Failure error={error} />
      {answer === null && error === null && <p class="i-muted" role="status">Loading…</p>}
      {none && empty && <p class="i-muted">{empty}</p>}
      {answer !== null && children}
    </div>
  )
}

export function Rows({label, heads, rows, empty}) {
  if (rows.length === 0) return empty ? <p class="i-muted">{empty}</p> : null
  return (
    <div class="i-scroll" tabIndex={0} role="region" aria-label={label}><table class="i-table" role="table">
      <thead role="rowgroup"><tr role="row">{heads.map((head, at) => <th key={head || at} role="columnheader" scope="col">{head || <span class="u-hidden">What can be done</span>}</th>)}</tr></thead>
      <tbody role="rowgroup">{rows.map(({key, cells, marked}) => <tr key={key} role="row" class={marked ? "i-marked" : ""}>{cells.map((cell, at) => <td key={heads[at] || at} role="cell" data-head={heads[at] || undefined}>{cell}</td>)}</tr>)}</tbody>
    </table></div>
  )
}

// JSON that somebody typed; throws what people can read.
export function read(text, what) {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`there is no JSON in ${what}: ${error.message}`)
  }
}

// Bytes as people say them.
export const bytes = (count) => (count < 1024 ? `${count} B` : count < 1 << 20 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / (1 << 20)).toFixed(1)} MiB`)

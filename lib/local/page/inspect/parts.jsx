// What the inspectors share: a thing that is loaded and loaded again, a button that tells what went wrong, a head.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {apiCommand} from "../base/command.js"
import {changed, tell} from "../base/store.js"
import {Button, Command, Failure} from "../ui/index.js"

// [answer, error, again]: of GET `path`, anew whenever something happened on the platform.
export function useAnswer(path) {
  const [state, setState] = useState([null, null])
  const [turn, setTurn] = useState(0)
  const seen = changed.value
  useEffect(() => {
    const control = new AbortController()
    api("GET", path, undefined, control).then((answer) => setState([answer, null]), (error) => error.name !== "AbortError" && setState([null, error]))
    return () => control.abort()
  }, [path, turn, seen])
  return [...state, () => setTurn((one) => one + 1)]
}

export function Do({method = "POST", path, body, after, children, variant}) {
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      after?.(await api(method, path, body))
    } catch (error) {
      tell([error.message, error.why, error.fix].filter(Boolean).join(" · "), "danger")
    }
    setBusy(false)
  }
  return <Button small variant={variant} busy={busy} onClick={run} title={apiCommand(method, path, body)}>{children}</Button>
}

// `answer` null: not known yet, which is not the same as empty.
export function Frame({title, command, answer, error, empty, children}) {
  const none = answer !== null && Array.isArray(answer?.items) && answer.items.length === 0
  return (
    <div class="i-page">
      <header class="i-head"><h1>{title}</h1>{command && <Command text={command} />}</header>
      <Failure error={error} />
      {answer === null && error === null && <p class="i-muted" role="status">Loading…</p>}
      {none && empty && <p class="i-muted">{empty}</p>}
      {answer !== null && children}
    </div>
  )
}

export function Rows({label, heads, rows}) {
  if (rows.length === 0) return null
  return (
    <div class="i-scroll" tabIndex={0} role="region" aria-label={label}><table class="i-table">
      <thead><tr>{heads.map((head) => <th key={head} scope="col">{head || <span class="u-hidden">What to do</span>}</th>)}</tr></thead>
      <tbody>{rows.map(({key, cells}) => <tr key={key}>{cells.map((cell, at) => <td key={heads[at]}>{cell}</td>)}</tr>)}</tbody>
    </table></div>
  )
}

// JSON that somebody typed; throws what people can read.
export function read(text, what) {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${what} is not JSON: ${error.message}`)
  }
}

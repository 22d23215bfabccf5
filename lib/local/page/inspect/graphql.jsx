// Asking the CRM data as the app's client code does, with the schema of the installed SDK.
import {useEffect, useRef, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {commandOf, curlCommand} from "../base/command.js"
import {filter} from "../base/route.js"
import {firstRecord} from "../base/store.js"
import {Button, Command, Field, Json} from "../ui/index.js"
import {Frame, read, useAnswer, useWork} from "./parts.jsx"

const example = "query person($id: String!) {\n  person(id: $id) {\n    name {\n      full_name\n    }\n    company {\n      name\n    }\n  }\n}"

// The person of the first screen, when there is one.
function exampleVariables() {
  const {object, record} = firstRecord.peek() ?? {}
  return JSON.stringify({id: object === "people" ? record.id.record_id : ""})
}

// The editor is a script of its own beside the page's: it is larger than all of that, and not everybody asks for it.
const script = "./editor.js"

function Editor({text, sdl, onChange, onRun}) {
  const host = useRef(null)
  const now = useRef({onChange, onRun})
  now.current = {onChange, onRun}
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let editor
    let over = false
    import(script).then(({openEditor}) => {
      if (over) return
      editor = openEditor(host.current, {text, sdl, label: "Query", onChange: (next) => now.current.onChange(next), onRun: () => now.current.onRun()})
    }).catch(() => setFailed(true))
    return () => {
      over = true
      editor?.close()
    }
  }, [sdl])
  if (failed) return <Field label="Query" as="textarea" rows={12} spellcheck={false} value={text} onInput={(event) => onChange(event.currentTarget.value)} />
  return <div class="i-editor" ref={host} />
}

export function Graphql({query}) {
  const [schema, error] = useAnswer("/graphql/schema", ["running"])
  const [text, setText] = useState(query.get("query") ?? sessionStorage.getItem("attio-graphql") ?? example)
  const [variables, setVariables] = useState(() => query.get("variables") ?? (text === example ? exampleVariables() : "{}"))
  const [answer, setAnswer] = useState(null)
  const [busy, run] = useWork()
  const change = (next) => {
    setText(next)
    sessionStorage.setItem("attio-graphql", next)
  }
  const body = () => ({query: text, variables: read(variables, "the variables")})
  const ask = () => run(async () => setAnswer(await api("POST", "/graphql", body())))
  const shown = (() => {
    try {
      return body()
    } catch {
      return {query: text}
    }
  })()
  return (
    <Frame title="GraphQL" command={commandOf("GET", "/graphql/schema")} answer={schema ?? (error ? {} : null)} error={error}>
      {schema && <p class="i-muted">With {schema.path}. Ctrl+Space completes, Ctrl+Enter runs.</p>}
      {(schema !== null || error !== null) && <Editor text={text} sdl={schema?.sdl ?? null} onChange={change} onRun={ask} />}
      <div class="i-form i-wide">
        <Field label="Variables, as JSON" as="textarea" rows={3} spellcheck={false} value={variables} onInput={(event) => setVariables(event.currentTarget.value)} />
        <div class="i-buttons"><Button variant="primary" busy={busy} onClick={ask}>Run</Button><Button onClick={() => filter({query: text, variables: variables === "{}" ? "" : variables})}>Put it into the address</Button></div>
      </div>
      <Command text={commandOf("POST", "/graphql", shown)} />
      <Command text={curlCommand("POST", "/graphql", shown)} label="Copy the request as curl" />
      {(answer?.errors ?? []).map((one) => <p key={one.message} class="i-danger" role="alert">{one.locations?.map(({line, column}) => `${line}:${column} `)}{one.message}</p>)}
      {answer !== null && <div class="i-last" aria-label="Answer"><Json value={answer.data ?? null} open={5} /></div>}
    </Frame>
  )
}

// What each first word of the route shows, besides the inspectors and objects.
import {useEffect, useRef, useState} from "preact/hooks"
import {runCommand} from "../base/command.js"
import {member, members} from "../base/store.js"
import {Button, Command, Empty, Field} from "../ui/index.js"
import {Mounted} from "./mounted.jsx"
import {labelOf, ofKind} from "./offers.js"
import {Entries, Records} from "./records.jsx"
import {becomeMember, trigger} from "./session.js"

function AppPage({rest: [id]}) {
  const page = ofKind("page").find((one) => one.id === id || one.name === id)
  return (
    <article class={`w-page${page?.variant === "centered" ? " w-centered" : ""}`}>
      <header class="w-head"><h1>{page ? labelOf(page) : id}</h1></header>
      <Mounted key={id} kind="page" id={id} />
    </article>
  )
}

function Settings() {
  const page = ofKind("workspace-settings")[0]
  return (
    <article class="w-page">
      <header class="w-head">
        <h1>Settings page</h1>
        <Field as="select" label="Look at it as" value={member.value} onChange={(event) => becomeMember(event.currentTarget.value)}>
          <option value="">the first admin</option>
          {members.value.map(({email, name, access}) => <option key={email} value={email}>{name} ({access})</option>)}
        </Field>
      </header>
      {page === undefined ? <Empty title="The app has no settings page">Make one in <code>src/app/settings/page.tsx</code>; what there is to set stands in <code>schema.ts</code> beside it.</Empty>
        : <Mounted key={page.id} kind="workspace-settings" id={page.id} />}
    </article>
  )
}

const transcript = [
  ["Ada Lovelace", "Thanks for the time. We need the engine before March, and the budget is settled."],
  ["Charles Babbage", "March is near. Send me the list of cards, and I will send a quote on Friday."],
  ["Ada Lovelace", "Agreed. The cards are with Grace; she can answer questions about the compiler."],
]
const parts = [
  {kind: "call-recording-summary-text-selection-action", title: "Summary", text: ["Ada needs the engine before March and has a settled budget.", "Charles sends a quote on Friday, once he has the list of cards."]},
  {kind: "call-recording-insight-text-selection-action", title: "Insights", text: ["Next step: a quote on Friday.", "Risk: March is near."]},
  {kind: "call-recording-transcript-text-selection-action", title: "Transcript"},
]

function Part({kind, title, text}) {
  const box = useRef(null)
  const [chosen, setChosen] = useState("")
  useEffect(() => {
    const look = () => {
      const selection = document.getSelection()
      if (!selection.isCollapsed && box.current?.contains(selection.anchorNode)) setChosen(selection.toString().trim())
    }
    document.addEventListener("selectionchange", look)
    return () => document.removeEventListener("selectionchange", look)
  }, [])
  const lines = text ?? transcript.map(([, said]) => said)
  const actions = ofKind(kind)
  const use = (action) => {
    const taken = chosen || lines.join("\n")
    const args = text ? {text: taken, markdown: taken} : {transcript: transcript.filter(([, said]) => taken.includes(said) || said.includes(taken)).map(([speaker, said]) => ({speaker, text: said})), url: `${location.origin}/recording`}
    return trigger({kind, id: action.id, ...args})
  }
  return (
    <section class="w-part">
      <h2>{title}</h2>
      <div ref={box}>{text ? text.map((line) => <p key={line}>{line}</p>) : transcript.map(([speaker, said]) => <p key={said}><strong>{speaker}</strong> {said}</p>)}</div>
      <div class="w-actions">
        {actions.map((action) => <Button key={action.id} title={runCommand({id: action.id, text: chosen || lines.join("\n")})} onClick={() => use(action)}>{labelOf(action)}{chosen ? "" : " (all)"}</Button>)}
        {actions.length === 0 && <span class="u-muted">the app has no action here</span>}
        {chosen && <span class="u-muted">“{chosen.length > 60 ? `${chosen.slice(0, 60)}…` : chosen}”</span>}
      </div>
      {actions.length > 0 && <Command text={runCommand({id: actions[0].id, text: chosen || lines.join("\n")})} />}
    </section>
  )
}

const Recording = () => (
  <article class="w-page">
    <header class="w-head"><h1>Call recording</h1></header>
    <p class="u-muted">Select a text, then an action; without a selection it gets all of it.</p>
    {parts.map((part) => <Part key={part.kind} {...part} />)}
  </article>
)

export const places = {records: Records, lists: Entries, pages: AppPage, settings: Settings, recording: Recording}

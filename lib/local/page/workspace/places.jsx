// What each first word of the route shows, besides the inspectors and objects.
import {useEffect, useRef, useState} from "preact/hooks"
import {runCommand} from "../base/command.js"
import {member, members} from "../base/store.js"
import {Button, Empty, Field} from "../ui/index.js"
import {Mounted} from "./mounted.jsx"
import {Offered} from "./offered.jsx"
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

// What was said, as lines; in a transcript `SPEAKER: text`. Who wants another text writes it here: it stays in this browser.
const parts = [
  {kind: "call-recording-summary-text-selection-action", title: "Summary", text: "Ada needs the engine before March and has a settled budget.\nCharles sends a quote on Friday, once he has the list of cards."},
  {kind: "call-recording-insight-text-selection-action", title: "Insights", text: "Next step: a quote on Friday.\nRisk: March is near."},
  {kind: "call-recording-transcript-text-selection-action", title: "Transcript", spoken: true, text: `Ada Lovelace: Thanks for the time. We need the engine before March, and the budget is settled.
Charles Babbage: March is near. Send me the list of cards, and I will send a quote on Friday.
Ada Lovelace: Agreed. The cards are with Grace; she can answer questions about the compiler.`},
]
const keptAt = (title) => `attio-recording-${title}`

function linesOf(text, spoken) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "").map((line) => {
    const [, speaker, said] = (spoken && /^([^:]{1,60}):\s+(.*)$/.exec(line)) || [null, spoken ? "Somebody" : null, line]
    return {speaker, said}
  })
}

// What of the page is selected inside of an element.
function useSelected(box) {
  const [chosen, setChosen] = useState("")
  useEffect(() => {
    const look = () => {
      const selection = document.getSelection()
      if (!selection.isCollapsed && box.current?.contains(selection.anchorNode)) setChosen(selection.toString().trim())
    }
    document.addEventListener("selectionchange", look)
    return () => document.removeEventListener("selectionchange", look)
  }, [])
  return [chosen, setChosen]
}

function Part({kind, title, text: sample, spoken}) {
  const box = useRef(null)
  const [chosen, setChosen] = useSelected(box)
  const [text, setText] = useState(localStorage.getItem(keptAt(title)) ?? sample)
  const [editing, setEditing] = useState(false)
  const lines = linesOf(text, spoken)
  const taken = chosen || lines.map(({said}) => said).join("\n")
  const use = (action) => {
    const args = spoken
      ? {transcript: lines.filter(({said}) => taken.includes(said) || said.includes(taken)).map(({speaker, said}) => ({speaker, text: said})), url: `${location.origin}/recording`}
      : {text: taken, markdown: taken}
    return trigger({kind, id: action.id, ...args})
  }
  const write = (next) => {
    setText(next)
    setChosen("")
    if (next.trim() === "" || next === sample) localStorage.removeItem(keptAt(title))
    else localStorage.setItem(keptAt(title), next)
  }
  const stop = () => {
    setEditing(false)
    if (text.trim() === "") setText(sample)
  }
  const actions = ofKind(kind)
  return (
    <section class="w-part" aria-label={title}>
      <header class="w-part-head"><h2>{title}</h2><Button small aria-expanded={editing} onClick={editing ? stop : () => setEditing(true)}>{editing ? "Done" : `Edit ${title.toLowerCase()}`}</Button></header>
      {editing
        ? <Field as="textarea" rows={6} label={`Text of the ${title.toLowerCase()}`} hideLabel hint={`${spoken ? "a line each: Speaker: what was said; " : ""}stays in this browser; empty is the sample again`} value={text} onInput={(event) => write(event.currentTarget.value)} />
        : <div ref={box}>{lines.map(({speaker, said}, at) => <p key={at}>{speaker && <strong>{speaker}</strong>} {said}</p>)}</div>}
      {actions.length === 0 && <span class="u-muted">the app has no action here</span>}
      {actions.length > 0 && <Offered label={`Actions on the ${title.toLowerCase()}`} items={actions.map((action) => ({
        id: action.id, label: `${labelOf(action)}${chosen ? "" : " (all)"}`, command: runCommand({id: action.id, text: taken}), run: () => use(action),
      }))}>{chosen && <span class="u-muted">“{chosen.length > 60 ? `${chosen.slice(0, 60)}…` : chosen}”</span>}</Offered>}
    </section>
  )
}

const Recording = () => (
  <article class="w-page">
    <header class="w-head"><h1>Call recording</h1></header>
    <p class="u-muted">Select a text, then an action; without a selection it gets all of it. The texts are samples: write your own where they stand.</p>
    {parts.map((part) => <Part key={part.kind} {...part} />)}
  </article>
)

export const places = {records: Records, lists: Entries, pages: AppPage, settings: Settings, recording: Recording}

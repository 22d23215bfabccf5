// The page of stories: what the client realm showed of each at build time, drawn by the code that draws it live, with the
// props that the story gives. Nothing runs behind it: what is clicked is only told.
import {render} from "preact"
import {signal} from "@preact/signals"
import {Dialog, Question, Session, Surface, Toasts} from "../draw/index.jsx"
import {address} from "../draw/values.js"
import data from "stories-data"
import "./stories.css"

const last = signal("")
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
const nameOf = ({component, about}) => (about === undefined ? component : `${component}, ${about}`)

// A session that answers from what was recorded.
function recorded(story) {
  const searches = Object.assign({}, ...story.surfaces.map((surface) => surface.searches))
  const api = async (method, path, body) => {
    if (body?.fn === "options.search") {
      const query = String(body.args[0]).toLowerCase()
      return {value: (searches[body.element] ?? []).filter(({label}) => String(label).toLowerCase().includes(query))}
    }
    last.value = `${nameOf(story)}: ${body?.fn ?? method} ${JSON.stringify(body?.args ?? body?.value ?? [])}`
    return {}
  }
  const session = new Session({id: story.id, api})
  for (const {surface, kind, nodes} of story.surfaces) session.receive({type: "tree", surface, kind, nodes})
  for (const message of story.ui) session.receive({type: "ui", ...message})
  return session
}

function FrameStory({frame}) {
  return (
    <div class="s-frame">
      <p>{frame.url === undefined ? "The text of the app's own page, served under a policy of its own:" : "A page of another host, only shown when the network is allowed:"}</p>
      {frame.url === undefined ? <pre>{String(frame.html)}</pre> : <a href={address(frame.url)} rel="noreferrer">{String(frame.url)}</a>}
      <p>{`${frame.width} wide, ${frame.height} high`}</p>
    </div>
  )
}

function Shown({story}) {
  const session = (story.session ??= recorded(story))
  const dialogs = session.dialogs.value
  return (
    <>
      {story.kind !== "call" && story.surfaces.map(({surface, kind}) => <Surface key={surface} session={session} surface={surface} kind={kind} color={story.color} />)}
      {dialogs.length > 0 && <Dialog dialogs={dialogs} index={dialogs.length - 1} session={session} still />}
      {session.questions.value.map((question) => <Question key={question.call} question={question} session={session} still />)}
      {session.frames.value.map((frame) => <FrameStory key={frame.id} frame={frame} />)}
      <Toasts session={session} still />
    </>
  )
}

function Props({story}) {
  const rows = Object.entries(story.props).flatMap(([component, props]) =>
    data.catalogue[component] === undefined ? [] : Object.entries(props).map(([prop, values]) => [component, prop, data.catalogue[component][prop] ?? "", values]),
  )
  return (
    <details class="s-props">
      <summary>{rows.length === 1 ? "1 prop" : `${rows.length} props`}</summary>
      <div class="s-scroll" tabIndex={0} role="region" aria-label={`Props of ${nameOf(story)}`}>
        <table>
          <thead><tr><th scope="col">Component</th><th scope="col">Prop</th><th scope="col">Takes</th><th scope="col">Shown here</th></tr></thead>
          <tbody>{rows.map(([component, prop, rule, values]) => (
            <tr key={`${component} ${prop}`}><td>{component}</td><td><code>{prop}</code></td><td><code>{rule}</code></td><td>{values.slice(0, 12).join(", ").slice(0, 300)}</td></tr>
          ))}</tbody>
        </table>
      </div>
    </details>
  )
}

const stories = data.stories.map((story, i) => ({...story, place: `${i + 1}-${slug(nameOf(story))}`}))

function Page() {
  return (
    <>
      <header class="s-head">
        <h1>Components of the client SDK</h1>
        <p>{`${stories.length} stories, with each documented prop, as the local platform draws them.`}</p>
        <nav aria-label="Stories">{stories.map((story) => <a key={story.place} href={`#${story.place}`}>{nameOf(story)}</a>)}</nav>
      </header>
      {stories.map((story) => (
        <article key={story.place} id={story.place} class="s-story">
          <h2>{nameOf(story)}</h2>
          <div class={`s-shown s-kind-${story.kind}`}><Shown story={story} /></div>
          <Props story={story} />
        </article>
      ))}
      <p class="s-last" role="status">{last}</p>
    </>
  )
}

render(<Page />, document.getElementById("stories"))

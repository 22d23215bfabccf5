// Pages that the app shows in a frame. They are served by the platform under a policy of their own and cannot reach this
// page; what they post goes to the app, and what the app posts goes to them.
import {useEffect, useId, useRef, useState} from "preact/hooks"
import {Modal} from "./modal.jsx"

const mostASecond = 200
const longest = 1_000_000 // characters of a message

const pixels = (value) => (/^\d{1,5}px$/.test(String(value)) ? value : undefined)

function jsonOf(data) {
  try {
    const json = JSON.stringify(data ?? null)
    return json !== undefined && json.length <= longest ? JSON.parse(json) : undefined
  } catch {
    return undefined
  }
}

// Lets so many messages a second through; `tell` is called for the first that is left out.
function gate(tell) {
  let second = 0
  let count = 0
  return () => {
    const now = Math.floor(performance.now() / 1000)
    if (now !== second) [second, count] = [now, 0]
    count++
    if (count === mostASecond + 1) tell()
    return count <= mostASecond
  }
}

function Frame({frame, session}) {
  const id = useId()
  const own = useRef(null)
  const [loads, setLoads] = useState(0)
  const posted = useRef(0)
  useEffect(() => {
    const lets = gate(() => session.say("iframe-flood", `more than ${mostASecond} messages of a framed page in a second: the others were left out`))
    const hear = ({source, data}) => {
      if (source !== own.current?.contentWindow || !lets()) return
      const message = jsonOf(data)
      if (message === undefined) session.say("iframe-message", "a message of a framed page is no JSON, or is too long: it was left out")
      else session.callback(frame.on_message, [message]).catch(() => {})
    }
    addEventListener("message", hear)
    return () => removeEventListener("message", hear)
  }, [])
  useEffect(() => {
    if (loads !== 1) return
    for (; posted.current < frame.sent.length; posted.current++) own.current.contentWindow?.postMessage(frame.sent[posted.current], "*")
  }, [loads, frame.sent.length])
  const close = () => session.closeFrame(frame)
  const size = {width: pixels(frame.width), height: pixels(frame.height)}
  return (
    <Modal kind="dialog" label={`${id}t`} onEscape={close} onOutside={close}>
      <header class="d-dialog-head">
        <h2 id={`${id}t`}>{frame.url === undefined ? "A page of the app" : String(frame.url)}</h2>
        <button type="button" class="d-bare" aria-label="Close" onClick={close}>×</button>
      </header>
      {loads > 1 && <p class="d-banner d-warning" role="status">The framed page went to another page: what is posted from here on does not reach it.</p>}
      <iframe
        class="d-frame"
        ref={own}
        title="A page of the app"
        sandbox="allow-scripts allow-forms allow-popups"
        src={frame.src ?? `/__attio/frame/${session.id}/${frame.call}`}
        style={size}
        onLoad={() => setLoads((count) => count + 1)}
      />
    </Modal>
  )
}

export const Frames = ({session}) => session.frames.value.map((frame) => <Frame key={frame.id} {...{frame, session}} />)

// What lies above the page: toasts, questions, dialogs and framed pages of one session.
import {useEffect, useId, useRef, useState} from "preact/hooks"
import {Frames} from "./frames.jsx"
import {Icon} from "./icons.jsx"
import {Modal} from "./modal.jsx"
import {SurfaceView} from "./surface.jsx"
import {address, oneOf, text} from "./values.js"

const toastVariants = ["neutral", "warning", "error", "success"]
const icons = {neutral: "InfoCircle", warning: "Warning", error: "CrossCircle", success: "CheckCircle"}
const shownAtOnce = 4

function Toast({toast, session, still}) {
  const {id, title, text: body, action, progress, dismissable, durationMs, turn} = toast
  const variant = oneOf(toast.variant, toastVariants, "neutral")
  const [held, hold] = useState(false)
  const left = useRef({turn: -1, ms: 0})
  if (left.current.turn !== turn) left.current = {turn, ms: durationMs}
  // While somebody looks at it its time stands still.
  useEffect(() => {
    if (still || held || !Number.isFinite(left.current.ms)) return undefined
    const begin = performance.now()
    const timer = setTimeout(() => session.hideToast(id), Math.min(left.current.ms, 2 ** 31 - 1))
    return () => {
      clearTimeout(timer)
      left.current.ms -= performance.now() - begin
    }
  }, [held, turn, still])
  const hide = () => session.hideToast(id)
  const run = () => {
    hide()
    session.callback(action.ref).catch(() => {})
  }
  const share = Math.max(0, Math.min(100, Number(progress) || 0))
  return (
    <div class={`d-toast d-${variant}`} role={variant === "error" ? "alert" : "status"} onPointerEnter={() => hold(true)} onPointerLeave={() => hold(false)} onFocusIn={() => hold(true)} onFocusOut={() => hold(false)}>
      <Icon name={icons[variant]} plain />
      <div class="d-toast-body">
        <strong>{text(title)}</strong>
        {body !== undefined && body !== null && <p>{text(body)}</p>}
        {progress !== undefined && <div class="d-progress" role="progressbar" aria-label={text(title)} aria-valuenow={share} aria-valuemin={0} aria-valuemax={100}><i style={{width: `${share}%`}} /></div>}
        {action && <button type="button" class="d-button d-secondary d-small" onClick={run}>{text(action.label)}</button>}
      </div>
      {dismissable !== false && <button type="button" class="d-bare" aria-label="Dismiss" onClick={hide}>×</button>}
    </div>
  )
}

const titles = {error: "The app failed", network: "The app did not hear of it", "needs-connection": "The app asks to be connected"}

// What went wrong in the app, or was too much of it: told by the platform, not by the app.
function Told({told, session}) {
  const close = () => session.heard(told)
  return (
    <div class="d-toast d-error d-told" role="alert">
      <Icon name="Warning" plain />
      <div class="d-toast-body">
        <strong>{titles[told.code] ?? "The platform stepped in"}{told.count > 1 && `, ${told.count} times`}</strong>
        <p>{text(told.message)}</p>
        {told.code === "needs-connection" && <a class="d-button d-primary d-small" href="#/connections" onClick={close}>Connect</a>}
        {told.flow !== undefined && told.flow !== null && String(told.flow) !== "0" && <a class="d-link" href={`#/flows/${encodeURIComponent(told.flow)}`} onClick={close}>{`See flow ${told.flow}`}</a>}
      </div>
      <button type="button" class="d-bare" aria-label="Dismiss" onClick={close}>×</button>
    </div>
  )
}

export function Toasts({session, still}) {
  const toasts = session.toasts.value
  const links = session.links.value
  const more = toasts.length - shownAtOnce
  const opened = (url) => {
    session.links.value = session.links.peek().filter((one) => one !== url)
  }
  const told = session.told?.value ?? []
  if (toasts.length === 0 && links.length === 0 && told.length === 0) return null
  return (
    <div class="d-toasts" role={still ? "group" : "region"} aria-label="Messages">
      {links.map((url) => (
        <div class="d-toast d-neutral" role="status" key={url}>
          <Icon name="ArrowUpRight" plain />
          <div class="d-toast-body">
            <strong>The app wants to open a page</strong>
            {address(url) ? <a class="d-link" href={address(url)} target="_blank" rel="noopener noreferrer" onClick={() => opened(url)}>{url}</a> : <p>{`${url} cannot be opened`}</p>}
          </div>
          <button type="button" class="d-bare" aria-label="Dismiss" onClick={() => opened(url)}>×</button>
        </div>
      ))}
      {told.slice(-shownAtOnce).map((one) => <Told key={one.id} told={one} session={session} />)}
      {!still && more > 0 && <div class="d-toast-more">{`${more} more`}</div>}
      {toasts.slice(still ? 0 : -shownAtOnce).map((toast) => <Toast key={toast.id} {...{toast, session, still}} />)}
    </div>
  )
}

const confirmVariants = ["primary", "secondary", "secondary-destructive", "destructive"]

export function Question({question, session, still}) {
  const id = useId()
  const asks = question.op === "confirm"
  const {title, text: body, okLabel = "OK", cancelLabel = "Cancel", confirmLabel = "OK", confirmIcon, confirmVariant} = question
  const answer = (value) => session.answer(question.call, value)
  const dismiss = () => answer(asks ? false : null)
  return (
    <Modal kind="alertdialog" label={`${id}t`} about={body === undefined ? undefined : `${id}b`} still={still} onEscape={dismiss} onOutside={dismiss} small>
      {title !== undefined && <h2 id={`${id}t`}>{text(title)}</h2>}
      {body !== undefined && <p id={title === undefined ? `${id}t` : `${id}b`}>{text(body)}</p>}
      <div class="d-footer">
        {asks && <button type="button" class="d-button d-secondary" onClick={() => answer(false)}>{text(cancelLabel)}</button>}
        <button type="button" data-first class={`d-button d-${asks ? oneOf(confirmVariant, confirmVariants, "primary") : "primary"}`} onClick={() => answer(asks ? true : null)}>
          <Icon name={asks ? confirmIcon : undefined} />
          <span>{text(asks ? confirmLabel : okLabel)}</span>
        </button>
      </div>
    </Modal>
  )
}

// A key that a button listens to; not while something is typed.
function hint(event) {
  const {target, key, currentTarget} = event
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
  const button = [...currentTarget.querySelectorAll("[data-hint]")].find((one) => one.dataset.hint === key.toLowerCase())
  if (button === undefined || button.disabled) return
  event.preventDefault()
  button.click()
}

export function Dialog({dialogs, index, session, still}) {
  const id = useId()
  const {id: surface, title} = dialogs[index]
  const onTop = index === dialogs.length - 1
  const tree = session.surfaces.value.find((one) => one.surface === surface)?.tree
  const close = () => session.close(surface)
  // The last one first: each is told in the order in which a user would close them.
  const closeAll = () => [...dialogs].reverse().forEach((one) => session.close(one.id))
  return (
    <Modal kind="dialog" label={`${id}t`} hidden={!onTop} still={still} onEscape={close} onOutside={closeAll} onKey={hint}>
      <header class="d-dialog-head">
        <nav aria-label="Dialogs below">{dialogs.slice(0, index).map((one) => <span key={one.id} class="d-crumb">{text(one.title)}<Icon name="ChevronRight" plain /></span>)}</nav>
        <h2 id={`${id}t`}>{text(title)}</h2>
        <button type="button" class="d-bare" aria-label="Close" onClick={close}>×</button>
      </header>
      {tree === undefined ? <div class="d-loading d-fills" role="status"><span class="d-spin" aria-hidden="true" />Loading...</div> : <SurfaceView {...{session, surface, tree}} kind="dialog" />}
    </Modal>
  )
}

export function Overlays({session}) {
  const dialogs = session.dialogs.value
  return (
    <>
      {dialogs.map((dialog, index) => <Dialog key={dialog.id} {...{dialogs, index, session}} />)}
      <Frames session={session} />
      {session.questions.value.slice(0, 1).map((question) => <Question key={question.call} {...{question, session}} />)}
      <Toasts session={session} />
    </>
  )
}

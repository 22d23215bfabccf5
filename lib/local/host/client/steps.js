// Steps of a script: what a user does, as a text (fill NAME=VALUE, choose "Label" "Option", click "Label", press KEY,
// answer confirm yes|no, toast action ["label"], iframe.send JSON, expect text "…", submit, close, batch) or as an
// object with the same words.
function words(text) {
  const out = []
  const pattern = /"((?:[^"\\]|\\.)*)"|(\S+)/g
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    out.push(match[1] === undefined ? match[2] : match[1].replace(/\\(.)/g, "$1"))
  }
  return out
}

class StepError extends Error {
  constructor(message) {
    super(message)
    this.name = "StepError"
  }
}

function json(text, step) {
  try {
    return JSON.parse(text)
  } catch {
    throw new StepError(`${step}: the message is not JSON`)
  }
}

function fillText(rest) {
  const match = /^("(?:[^"\\]|\\.)*"|[^=\s]+)\s*=([\s\S]*)$/.exec(rest)
  if (match === null) throw new StepError(`fill wants NAME=VALUE, not: ${rest}`)
  const [name] = words(match[1])
  const value = match[2].trim()
  return {do: "fill", name, value: value.startsWith('"') ? words(value)[0] : value}
}

const answerStep = (what, value) => {
  if (what !== "confirm" || !["yes", "no"].includes(value))
    throw new StepError("answer wants: confirm yes, or confirm no")
  return {do: "answer", value}
}

const needs = (list, count, form) => {
  if (list.length !== count) throw new StepError(`a step of this form is wanted: ${form}`)
  return list
}

const known =
  "steps are fill NAME=VALUE, choose, click, press, submit, close, batch, answer, toast action, iframe.send, expect text"

function parseText(text) {
  const [, verb, rest] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  const list = words(rest ?? "")
  switch (verb) {
    case "fill":
      return fillText(rest)
    case "choose": {
      const [label, option] = needs(list, 2, 'choose "Label" "Option"')
      return {do: "choose", label, option}
    }
    case "click":
      return {do: "click", label: needs(list, 1, 'click "Label"')[0]}
    case "press":
      return {do: "press", key: needs(list, 1, "press KEY")[0].toLowerCase()}
    case "answer":
      return answerStep(list[0], list[1])
    case "toast":
      if (list[0] !== "action") throw new StepError('a step of this form is wanted: toast action "Label"')
      return {do: "toast", label: list[1]}
    case "iframe.send":
      return {do: "iframe", message: json(rest, "iframe.send")}
    case "expect":
      if (list[0] !== "text" || list.length !== 2) throw new StepError('a step of this form is wanted: expect text "…"')
      return {do: "expect", text: list[1]}
    case "submit":
    case "close":
    case "batch":
      return {do: verb}
    default:
      throw new StepError(`unknown step: ${text.trim() || "(empty)"}; ${known}`)
  }
}

function parseObject(step) {
  if (typeof step.do === "string") return step
  if ("fill" in step) return {do: "fill", name: step.fill, value: step.value}
  if ("choose" in step) return {do: "choose", label: step.choose, option: step.option}
  if ("click" in step) return {do: "click", label: step.click}
  if ("press" in step) return {do: "press", key: String(step.press).toLowerCase()}
  if ("answer" in step) return answerStep(step.answer, step.value)
  if ("toast" in step) return {do: "toast", label: step.label}
  if ("iframe.send" in step) return {do: "iframe", message: step["iframe.send"]}
  if ("expect" in step) return {do: "expect", text: step.expect}
  for (const verb of ["submit", "close", "batch"]) if (step[verb]) return {do: verb}
  throw new StepError(`unknown step: ${JSON.stringify(step)}; ${known}`)
}

// The steps in their one form; a step that makes no sense is thrown with its number.
export function parseSteps(list) {
  return (list ?? []).map((step, i) => {
    try {
      const parsed = typeof step === "string" ? parseText(step) : parseObject(step)
      return {...parsed, source: typeof step === "string" ? step.trim() : JSON.stringify(step)}
    } catch (error) {
      error.message = `step ${i + 1}: ${error.message}`
      throw error
    }
  })
}

export {StepError}

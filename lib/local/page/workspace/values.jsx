// Values of attributes, drawn by their type.
import {href} from "../base/route.js"
import {Badge, Time} from "../ui/small.jsx"
import {actorName, nameOf} from "./names.js"
import {textOf} from "./text.js"

// Without what binary fractions leave behind the fifteenth digit.
const rounded = (text) => (text === "" ? "" : String(Number(Number(text).toPrecision(15))))

function money(text, currency) {
  try {
    return new Intl.NumberFormat(undefined, {style: "currency", currency}).format(Number(text))
  } catch {
    return `${rounded(text)} ${currency}` // no currency that the browser knows
  }
}

function One({value}) {
  const text = textOf(value)
  switch (value.attribute_type) {
    case "email-address": return <a href={`mailto:${text}`}>{text}</a>
    case "checkbox": return <span>{value.value ? "Yes" : "No"}</span>
    case "select": case "status": return <Badge tone="blue">{text}</Badge>
    case "record-reference": return <a href={href([value.target_object, value.target_record_id])}>{nameOf(value.target_object, value.target_record_id)}</a>
    case "actor-reference": return <span>{actorName(value.referenced_actor_type, value.referenced_actor_id)}</span>
    case "interaction": return <span>{value.interaction_type} · <Time at={text} absolute />{value.owner_actor && <> · {actorName(value.owner_actor.type, value.owner_actor.id)}</>}</span>
    case "timestamp": return <Time at={text} absolute />
    case "currency": return <span>{money(text, value.currency_code)}</span>
    case "number": return <span>{rounded(text)}</span>
    case "rating": return <span role="img" aria-label={`${text} of 5`}>{"★".repeat(Number(text))}{"☆".repeat(Math.max(0, 5 - Number(text)))}</span>
    default: return <span class="w-text">{text}</span>
  }
}

export const Values = ({values}) => values === undefined || values.length === 0
  ? <span class="u-muted">–</span>
  : <>{values.map((value, index) => <span key={index} class="w-value"><One value={value} /></span>)}</>

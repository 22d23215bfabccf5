// JSON that folds. Long lists and texts are cut until they are opened.
import {useState} from "preact/hooks"

const most = 100

function Text({value}) {
  const [whole, setWhole] = useState(false)
  const text = JSON.stringify(value)
  if (whole || text.length <= 400) return <span class="u-json-string">{text}</span>
  return <span class="u-json-string">{text.slice(0, 400)}… <button type="button" class="u-link" onClick={() => setWhole(true)}>all {text.length}</button></span>
}

function Value({name, value, depth, open}) {
  const [unfolded, setUnfolded] = useState(depth < open)
  const [limit, setLimit] = useState(most)
  const head = name !== undefined && <span class="u-json-name">{name}: </span>
  if (value === null || typeof value !== "object") {
    return <div class="u-json-line">{head}{typeof value === "string" ? <Text value={value} /> : <span class={`u-json-${value === null ? "null" : typeof value}`}>{String(value)}</span>}</div>
  }
  const entries = Array.isArray(value) ? value.map((one, index) => [index, one]) : Object.entries(value)
  const [left, right] = Array.isArray(value) ? ["[", "]"] : ["{", "}"]
  if (entries.length === 0) return <div class="u-json-line">{head}{left}{right}</div>
  return (
    <div>
      <button type="button" class="u-json-fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        {head}{left}{!unfolded && <>{` ${entries.length} … `}{right}</>}
      </button>
      {unfolded && <>
        <div class="u-json-inner">
          {entries.slice(0, limit).map(([key, one]) => <Value key={key} name={key} value={one} depth={depth + 1} open={open} />)}
          {entries.length > limit && <button type="button" class="u-link" onClick={() => setLimit(limit + 1000)}>{entries.length - limit} more</button>}
        </div>
        <div class="u-json-line">{right}</div>
      </>}
    </div>
  )
}

export const Json = ({value, open = 2}) => <div class="u-json"><Value value={value === undefined ? null : value} depth={0} open={open} /></div>

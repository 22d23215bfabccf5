// Charts: the pictures are drawn by a library that comes when the first one is shown; what they say is also a table,
// for those who do not see them.
import {useEffect, useRef, useState} from "preact/hooks"
import {list, oneOf, text} from "./values.js"

const heights = ["small", "medium", "large", "extraLarge", "auto"]
export const colors = ["blue", "green", "yellow", "orange", "red", "purple", "pink", "teal", "grey"]

let library
const load = () => (library ??= import("./pictures.js"))

function Frame({props, children, legend, table}) {
  const height = oneOf(props.height, heights, "medium")
  return (
    <figure class={`d-chart d-height-${height}`}>
      {props.title !== undefined && <figcaption>{text(props.title)}</figcaption>}
      {children}
      {legend.length > 0 && (
        <ul class="d-legend" aria-hidden="true">{legend.map(({label, color}, i) => <li key={i} class={`d-k-${color}`}><i />{text(label)}</li>)}</ul>
      )}
      {table && (
        <table class="d-hidden">
          <thead><tr>{list(table.columns).map((cell, i) => <th scope="col" key={i}>{text(cell)}</th>)}</tr></thead>
          <tbody>{list(table.rows).map((row, i) => <tr key={i}>{list(row).map((cell, k) => <td key={k}>{text(cell)}</td>)}</tr>)}</tbody>
        </table>
      )}
    </figure>
  )
}

function Picture({kind, model}) {
  const own = useRef(null)
  const [error, setError] = useState("")
  const key = JSON.stringify(model)
  useEffect(() => {
    let picture
    let gone = false
    load().then(({draw}) => {
      if (!gone) picture = draw(kind, own.current, model)
    }).catch((failed) => setError(failed.message))
    return () => {
      gone = true
      picture?.detach()
    }
  }, [key])
  return <div class="d-picture" ref={own} aria-hidden="true">{error}</div>
}

// The colours in their order, without those that were asked for.
function freeColors(given) {
  const taken = new Set(given.map((one) => one?.color))
  const free = colors.filter((color) => !taken.has(color))
  return free.length > 0 ? free : colors
}

// The series in the order of legend, grouping and stacking: listed ones that are used, then the others as they appear.
function seriesOf({data, series}) {
  const named = list(series)
  const points = list(data)
  const used = [...new Set(points.map((point) => point?.seriesId).filter((id) => id !== undefined))]
  const ids = used.length === 0 ? [undefined] : [...named.map(({id}) => id).filter((id) => used.includes(id)), ...used.filter((id) => !named.some((one) => one.id === id))]
  const free = freeColors(named)
  return ids.map((id, i) => {
    const one = id === undefined ? named[0] : named.find((other) => other?.id === id)
    return {id, label: one?.label ?? id ?? "", color: oneOf(one?.color, colors, free[i % free.length])}
  })
}

const mostPoints = 500 // of one series in a picture; the table has them all

function axes(kind) {
  return ({props}) => {
    const points = list(props.data)
    const xs = [...new Set(points.map((point) => point?.x))].slice(0, mostPoints)
    const series = seriesOf(props)
    const values = new Map(points.map((point) => [JSON.stringify([point?.x, point?.seriesId]), point?.y]))
    const model = {
      labels: list(props.table?.rows).slice(0, xs.length).map((row) => text(row?.[0])),
      series: series.map(({id, color}) => ({color, values: xs.map((x) => Number(values.get(JSON.stringify([x, id])) ?? NaN))})),
      stacked: props.mode === "stacked",
      yAxis: props.yAxis ?? {},
    }
    return (
      <Frame props={props} legend={series.length > 1 ? series : []} table={props.table}>
        {props.yAxis?.label !== undefined && <span class="d-axis">{text(props.yAxis.label)}</span>}
        <Picture kind={kind} model={model} />
        {props.xAxis?.label !== undefined && <span class="d-axis d-axis-x">{text(props.xAxis.label)}</span>}
      </Frame>
    )
  }
}

function pie({props}) {
  const slices = list(props.data).slice(0, mostPoints).filter((slice) => Number(slice?.value) > 0).sort((a, b) => b.value - a.value)
  const free = freeColors(slices)
  const shown = slices.map((slice, i) => ({label: slice.label, value: Number(slice.value), color: oneOf(slice.color, colors, free[i % free.length])}))
  const legend = shown.map((slice, i) => ({...slice, label: `${text(slice.label)}  ${text(props.table?.rows?.[i]?.[1])}`}))
  return <Frame props={props} legend={legend} table={props.table}><Picture kind="Pie" model={{slices: shown}} /></Frame>
}

const metric = ({props}) => (
  <figure class={`d-chart d-metric d-k-${oneOf(props.color, colors, "blue")} d-height-${oneOf(props.height, heights, "medium")}`}>
    {props.title !== undefined && <figcaption>{text(props.title)}</figcaption>}
    <strong>{text(props.table?.rows?.[0]?.[0] ?? props.value)}</strong>
    {props.label !== undefined && <span>{text(props.label)}</span>}
  </figure>
)

export const charts = {
  "Chart.Bar": axes("Bar"),
  "Chart.Line": axes("Line"),
  "Chart.Pie": pie,
  "Chart.Metric": metric,
  "Chart.Loading": ({props}) => <div class={`d-chart d-skeleton d-height-${oneOf(props.height, heights, "medium")}`} role="status" aria-label="Loading the chart"><i /><i /><i /></div>,
}

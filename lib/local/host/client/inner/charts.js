// A chart's data as a table of texts: what a reader of the tree sees, in the order that the chart would show it.
const locale = "en-US"

function number(value, options) {
  return new Intl.NumberFormat(locale, options).format(value)
}

// An ISO date names a day of the calendar: it is never shifted by a time zone.
function day(value) {
  const date = new Date(typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value)
  if (Number.isNaN(date.getTime())) return String(value)
  const isoDay = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)
  const year = date.getUTCFullYear() === new Date().getUTCFullYear() ? {} : {year: "numeric"}
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...year,
    ...(isoDay ? {timeZone: "UTC"} : {}),
  }).format(date)
}

function dayAndTime(value) {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return String(value)
  return new Intl.DateTimeFormat("en-GB", {dateStyle: "medium", timeStyle: "short"}).format(date)
}

export function formatted(value, {format, currency} = {}) {
  if (value === undefined || value === null) return ""
  const numeric = typeof value === "number"
  if (format === "date") return day(value)
  if (format === "datetime") return dayAndTime(value)
  if (!numeric) return String(value)
  if (format === "number") return number(value)
  if (format === "compact") return number(value, {notation: "compact", maximumFractionDigits: 1})
  if (format === "percent") return number(value, {style: "percent", maximumFractionDigits: 1})
  if (format === "currency" && typeof currency === "string" && /^[A-Za-z]{3}$/.test(currency)) {
    return number(value, {style: "currency", currency, maximumFractionDigits: Number.isInteger(value) ? 0 : 2})
  }
  return String(value)
}

// Ids in the order of legend, grouping and stacking: listed ones that are used, then the others as they appear.
function seriesOrder(data, series) {
  const used = []
  for (const {seriesId} of data) if (seriesId !== undefined && !used.includes(seriesId)) used.push(seriesId)
  const listed = series.filter(({id}) => used.includes(id)).map(({id}) => id)
  return [...listed, ...used.filter((id) => !listed.includes(id))]
}

function cartesian({data, series, xAxis, yAxis}) {
  const points = Array.isArray(data) ? data : []
  const named = Array.isArray(series) ? series : []
  const ids = seriesOrder(points, named)
  const columns = ids.length > 0 ? ids : [undefined]
  const label = (id) => named.find((one) => one.id === id)?.label ?? id
  const first = named[0]?.label ?? yAxis?.label ?? "y"
  const xs = [...new Set(points.map(({x}) => x))]
  const value = (x, id) => points.find((point) => point.x === x && point.seriesId === id)?.y
  return {
    columns: [xAxis?.label ?? "x", ...columns.map((id) => (id === undefined ? first : label(id)))],
    rows: xs.map((x) => [formatted(x, xAxis), ...columns.map((id) => formatted(value(x, id), yAxis))]),
  }
}

export function chartTable(type, props) {
  if (type === "Metric") return {columns: [props.label ?? "value"], rows: [[formatted(props.value, props)]]}
  if (type === "Pie") {
    const slices = Array.isArray(props.data) ? [...props.data].sort((a, b) => b.value - a.value) : []
    return {
      columns: ["label", "value"],
      rows: slices.map((slice) => [String(slice.label), formatted(slice.value, props)]),
    }
  }
  return cartesian(props)
}

// The pictures of charts, by chartist. It sets styles as attributes, which the page's policy refuses; as properties they
// are allowed, and mean the same.
import {AutoScaleAxis, BarChart, LineChart, PieChart, Svg} from "chartist"

const {attr} = Svg.prototype
Svg.prototype.attr = function attrWithoutStyle(attributes, namespace) {
  if (attributes === null || typeof attributes !== "object" || !("style" in attributes)) return attr.call(this, attributes, namespace)
  const {style, ...rest} = attributes
  this.getNode().style.cssText = style
  return attr.call(this, rest, namespace)
}

// As charts.js of the realm has them, short enough for an axis.
function axisNumber({format, currency}) {
  const options = {
    compact: {notation: "compact", maximumFractionDigits: 1},
    percent: {style: "percent", maximumFractionDigits: 1},
    currency: {style: "currency", currency, notation: "compact"},
  }[format]
  try {
    const shown = new Intl.NumberFormat("en-US", options ?? {maximumFractionDigits: 1, notation: "compact"})
    return (value) => shown.format(value)
  } catch {
    return String
  }
}

const meta = (series) => series.map(({color, values}) => ({className: `d-k-${color}`, data: values.map((value) => (Number.isFinite(value) ? value : null))}))

// Every so many labels that they do not lie on each other.
const thinned = (labels, width) => {
  const step = Math.ceil(labels.length / Math.max(1, Math.floor(width / 64)))
  return labels.map((label, i) => (i % step === 0 ? label : ""))
}

export function draw(kind, element, model) {
  if (kind === "Pie") {
    const series = model.slices.map(({value, color}) => ({value, className: `d-k-${color}`}))
    return new PieChart(element, {series}, {donut: true, donutWidth: 34, showLabel: false, chartPadding: 4})
  }
  const width = element.clientWidth
  const data = {labels: thinned(model.labels, width - 50), series: meta(model.series)}
  const axisY = {labelInterpolationFnc: axisNumber(model.yAxis), offset: 48, scaleMinSpace: 32}
  const axisX = {showGrid: false}
  // The last label of a line begins at the last point.
  const chartPadding = {top: 10, right: kind === "Line" ? 40 : 8, bottom: 0, left: 0}
  const least = Math.min(0, ...model.series.flatMap(({values}) => values.filter(Number.isFinite)))
  if (kind === "Line") return new LineChart(element, data, {axisX, axisY: {...axisY, type: AutoScaleAxis, low: least}, chartPadding, lineSmooth: false, fullWidth: true, showArea: model.series.length === 1})
  const room = (width - 60) / Math.max(1, model.labels.length)
  const bar = Math.max(2, Math.min(18, (room * 0.7) / (model.stacked ? 1 : model.series.length)))
  element.style.setProperty("--bar", `${bar}px`)
  return new BarChart(element, data, {axisX, axisY, chartPadding, stackBars: model.stacked, seriesBarDistance: bar + 2})
}

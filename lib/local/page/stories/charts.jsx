import {Experimental_Chart as Chart, Experimental_Grid as Grid} from "attio/client"

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
const two = months.flatMap((x, i) => [{x, y: 4 + i * 3, seriesId: "won"}, {x, y: 9 - i, seriesId: "lost"}])
const series = [{id: "won", label: "Won", color: "green"}, {id: "lost", label: "Lost", color: "red"}]
const days = [3, 9, 4, 12, 8, 15, 11].map((y, i) => ({x: `2026-03-0${i + 1}`, y: y * 1000}))
const colors = ["blue", "green", "yellow", "orange", "red", "purple", "pink", "teal", "grey"]
const formats = [["number", 1234567], ["compact", 1234567], ["percent", 0.256], ["currency", 98000], ["date", Date.UTC(2026, 2, 4)], ["datetime", Date.UTC(2026, 2, 4, 9, 30)]]

export const charts = [
  {component: "Chart.Bar", Story: () => (
    <Grid maxColumns={2}>
      <Chart.Bar title="Deals a month" data={two} series={series} mode="grouped" height="medium" xAxis={{label: "Month"}} yAxis={{label: "Deals", format: "number"}} />
      <Chart.Bar title="The same, stacked" data={two} series={series} mode="stacked" height="small" />
    </Grid>
  )},
  {component: "Chart.Line", Story: () => (
    <Grid maxColumns={2}>
      <Chart.Line title="Revenue" data={days} height="large" xAxis={{format: "date"}} yAxis={{format: "currency", currency: "EUR"}} series={[{id: "r", label: "Revenue", color: "purple"}]} />
      <Chart.Line title="Two lines" data={two} height="auto" series={series} />
    </Grid>
  )},
  {component: "Chart.Pie", Story: () => (
    <Grid maxColumns={2}>
      <Chart.Pie title="Pipeline" height="large" format="currency" currency="USD" data={[{label: "Lead", value: 12000}, {label: "Won", value: 30000, color: "green"}, {label: "Lost", value: 7000, color: "red"}]} />
      {formats.map(([format, value]) => <Chart.Pie key={format} height="small" title={format} format={format} currency="USD" data={[{label: "One", value}, {label: "Two", value: value / 2}]} />)}
    </Grid>
  )},
  {component: "Chart.Metric", Story: () => (
    <Grid maxColumns={4} minColumnWidth="small">
      {formats.map(([format, value], i) => <Chart.Metric key={format} title={format} label="this quarter" value={value} format={format} currency="EUR" color={colors[i]} height={["small", "medium", "large", "extraLarge", "auto", "small"][i]} />)}
      {colors.map((color) => <Chart.Metric key={color} height="small" label={color} value={42} color={color} />)}
    </Grid>
  )},
  {component: "Chart heights", Story: () => (
    <Grid maxColumns={3}>
      {["small", "medium", "large", "extraLarge", "auto"].map((height) => <React.Fragment key={height}>
        <Chart.Bar title={height} height={height} data={days} xAxis={{format: "date"}} />
        <Chart.Line title={height} height={height} data={days} xAxis={{format: "date"}} yAxis={{format: "compact"}} />
        <Chart.Pie title={height} height={height} data={[{label: "One", value: 3}, {label: "Two", value: 5}]} />
      </React.Fragment>)}
    </Grid>
  )},
  {component: "Chart.Loading", Story: () => <Grid maxColumns={5} minColumnWidth="small">{["small", "medium", "large", "extraLarge", "auto"].map((height) => <Chart.Loading key={height} height={height} />)}</Grid>},
]

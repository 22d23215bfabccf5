// Every component of attio/client as the readable tree shows it, what depends on its place, and the slips in its props.
import assert from "node:assert/strict"
import {after, before, test} from "node:test"
import {bundle, dialog, found, go, good, logs, mount, startHost} from "./client-host.mjs"

let host
before(async () => {
  host = await startHost()
})
after(() => host.close())

async function page(element, steps, before_ = "") {
  const app = await host.load(bundle(`${before_}; return {page: [{id: "p", path: "p", name: "P", Page: () => ${element}}]}`))
  assert.deepEqual(app.errors, [])
  const transcript = await app.script(mount("page", "p"), steps)
  await app.drop()
  return transcript
}

async function inDialog(element, steps) {
  const app = await host.load(dialog(`({hideDialog}) => ${element}`))
  const transcript = await app.script(go, steps)
  await app.drop()
  return transcript
}

const tree = (transcript) => good(transcript).surface.tree

test("texts, badges, links and blocks", async () => {
  const transcript = await page(`h(React.Fragment, null,
    h(sdk.Avatar, {name: "Ada", src: null}), h(sdk.Badge, {color: "blue"}, "Act", "ive ", 2), h(sdk.StatusBadge, {color: "#102030"}, "Open"),
    h(sdk.Link, {href: "https://a.example"}, "Docs"), h(sdk.Divider), h(sdk.Json, {data: {a: [1, new Date(0)]}}), h(sdk.LoadingState), h(sdk.LoadingState, null, "Fetching"),
    h(sdk.TextBlock, {align: "left"}, "Block"), h(sdk.Typography.Title, {variant: "large"}, "Title"), h(sdk.Typography.Body, null, " a  b\\n c "), h(sdk.Typography.Caption, null, "Cap"),
    h(sdk.Section, {title: "Part", description: "About"}, h(sdk.Typography.Body, null, "in ", h(sdk.Badge, {color: "red"}, "it"))), "plain text")`)
  assert.deepEqual(found(transcript), [])
  assert.deepEqual(tree(transcript), [
    'Avatar "Ada"', 'Badge "Active 2"', 'StatusBadge "Open"', 'Link "Docs" → https://a.example', "Divider", 'Json {"a":[1,"1970-01-01T00:00:00.000Z"]}',
    'LoadingState "Loading..."', 'LoadingState "Fetching"', 'TextBlock "Block"', 'Typography.Title "Title"', 'Typography.Body "a b c"', 'Typography.Caption "Cap"',
    'Section "Part" — About', "  Typography.Body", '    "in"', '    Badge "it"', '"plain text"',
  ])
})

test("banners and description lists, with what can be pressed in them", async () => {
  const transcript = await page(`h(React.Fragment, null,
    h(sdk.Banner, {variant: "error", size: "large", title: "Bad", actions: [{label: "Later", variant: "secondary", onTrigger: () => console.log("later")}, {label: "Fix", variant: "primary", onTrigger: () => console.log("fix")}]}, "It broke"),
    h(sdk.DescriptionList, {title: "Facts"},
      h(sdk.DescriptionList.Item, {label: "Name"}, "Ada"), h(sdk.DescriptionList.Item, {label: "Site"}, h(sdk.Link, {href: "https://b.example"}, "B"), " (tab)"),
      h(sdk.DescriptionList.Item, {label: "Roles"}, h(sdk.DescriptionList.Item.Tag, {label: "Sales", color: "blue"}), h(sdk.Badge, {color: "red"}, "Ops")),
      h(sdk.DescriptionList.Menu, null, h(sdk.DescriptionList.Menu.Item, {label: "Edit", icon: "Edit", onSelect: () => console.log("edit")}), h(sdk.DescriptionList.Menu.Item, {label: "Delete", variant: "danger", onTrigger: () => console.log("delete")}))))`,
    ["click Fix", "click Later", "click Edit", "click Delete", "click B"])
  assert.deepEqual(logs(transcript), ["fix", "later", "edit", "delete"])
  assert.deepEqual(transcript.opened, ["https://b.example"])
  assert.deepEqual(tree(transcript), [
    'Banner error "Bad" "It broke" [Later] [Fix]', 'DescriptionList "Facts"', "  Name: Ada", "  Site: B → https://b.example (tab)", "  Roles: Sales Ops",
    "  DescriptionList.Menu", "    [Edit]", "    [Delete]",
  ])
})

test("lists of a dialog: items with a suffix, or the empty state", async () => {
  const list = (children) => `h(sdk.DialogList, {emptyState: {text: "Nothing", actions: [{text: "Create", onTrigger: () => console.log("create")}]}}, ${children})`
  const full = await page(list(`h(sdk.DialogList.Item, {icon: "User", actionLabel: "Open", onTrigger: () => console.log("open"), suffix: h(sdk.Badge, {color: "green"}, "new")}, "First")`), ["click First"])
  assert.deepEqual([tree(full), logs(full)], [["DialogList", '  DialogList.Item "First" [Open] "new"'], ["open"]])
  const empty = await page(list("[]"), ["click Create"])
  assert.deepEqual([tree(empty), logs(empty)], [["DialogList", '  (empty) "Nothing" [Create]'], ["create"]])
})

test("tables show their cells in rows", async () => {
  const T = "sdk.Table"
  const transcript = await page(`h(${T}, {label: "Team"}, h(${T}.Header, null, h(${T}.HeaderCell, {icon: "User"}, "Name"), h(${T}.HeaderCell, null, "Role")),
    h(${T}.Body, null, h(${T}.Row, null, h(${T}.Cell, null, h(${T}.Cell.Avatar, {name: "Ada", src: null})), h(${T}.Cell, null, h(${T}.Cell.Badge, {color: "blue"}, "Admin"), h(${T}.Cell.Badge, {color: "red"}, "Ops"))),
    h(${T}.Row, null, h(${T}.Cell, null, "Alan ", 1), h(${T}.Cell, null, h(sdk.Link, {href: "https://c.example"}, "C")))))`)
  assert.deepEqual(found(transcript), [])
  assert.deepEqual(tree(transcript), ['Table "Team"', "  Name | Role", "  Table.Body", "    Ada | Admin Ops", "    Alan 1 | C → https://c.example"])
})

test("layout, cards and links into Attio", async () => {
  const transcript = await page(`h(sdk.Experimental_Stack, {direction: "row", gap: "small"}, h(sdk.Experimental_Grid, {maxColumns: 2}, h(sdk.Experimental_Card, {title: "Outer"}, h(sdk.Experimental_Card, {title: "Inner"}, "x"))),
    h(sdk.Row, null, h(sdk.Column, null, "y")), h(sdk.Experimental_AttioLink, {to: sdk.experimental_Destinations.appPage("home")}, "Home"))`, ["click Home"])
  assert.deepEqual(tree(transcript), [
    "Stack", "  Grid", '    Card "Outer"', '      Card "Inner" "x"', "  Row", '    Column "y"', '  AttioLink "Home" → {"type":"app-page","slug":"home"}',
  ])
  const cards = JSON.stringify(transcript.surface.nodes).match(/"borderless":true/g)
  assert.equal(cards.length, 1)
  assert.deepEqual(transcript.navigated, [{type: "app-page", slug: "home"}])
})

test("charts show their data as a table, in the order and the format of the chart", async () => {
  const C = "sdk.Experimental_Chart"
  const transcript = await page(`h(React.Fragment, null,
    h(${C}.Bar, {title: "Revenue", mode: "stacked", data: [{x: "2026-01-01", y: 1234567, seriesId: "us"}, {x: "2026-01-01", y: 8, seriesId: "eu"}, {x: "2026-02-01", y: 15, seriesId: "us"}, {x: "2026-02-01", y: 1, seriesId: "zz"}],
      series: [{id: "eu", label: "Europe"}, {id: "no", label: "Nobody"}, {id: "us", label: "States"}], xAxis: {label: "Month", format: "date"}, yAxis: {label: "Sum", format: "currency", currency: "USD"}}),
    h(${C}.Line, {data: [{x: 1, y: 0.425}], series: [{id: "one", label: "Share"}], yAxis: {format: "percent"}}), h(${C}.Pie, {data: [{label: "Lost", value: 3}, {label: "Won", value: 1200}], format: "number"}),
    h(${C}.Metric, {value: 1234567, label: "Deals", format: "compact"}), h(${C}.Loading, {height: "large"}))`)
  assert.deepEqual(found(transcript), [])
  const lines = tree(transcript)
  assert.deepEqual(lines.slice(0, 2), ['Chart.Bar "Revenue"', "  Month | Europe | States | zz"])
  assert.match(lines[2], /^ {2}1 Jan( 2026)? \| \$8 \| \$1,234,567 \| ?$/)
  assert.match(lines[3], /^ {2}1 Feb( 2026)? \| \| \$15 \| \$1$|^ {2}1 Feb( 2026)? \| +\| \$15 \| \$1$/)
  assert.deepEqual(lines.slice(4), [
    "Chart.Line", "  x | Share", "  1 | 42.5%", "Chart.Pie", "  label | value", "  Won | 1,200", "  Lost | 3", 'Chart.Metric "Deals"', "  Deals", "  1.2M", "Chart.Loading",
  ])
})

test("widgets: the app's name stands for a missing title; a trigger can be clicked", async () => {
  const W = "sdk.Widget"
  const app = await host.load(bundle(`return {"record-widget": [
    {id: "a", label: "A", Widget: () => h(${W}.TextWidget, {onTrigger: () => console.log("hit")}, h(${W}.Title, null, "Calls"), h(${W}.Text.Primary, null, 7), h(${W}.Text.Secondary, null, "of 9"), h(${W}.Decoration, null, h(sdk.Badge, {color: "red"}, "!")))},
    {id: "b", label: "B", Widget: () => h(${W}.TextWidget, null, h(${W}.Text.Primary, null, "x"), h(${W}.Badge, {text: "old", color: "red"}))},
    {id: "c", label: "C", Widget: () => h(${W}, null, h(${W}.Loading))}]}`))
  const shown = async (id, steps) => good(await app.script(mount("record-widget", id, {recordId: "r", object: "people"}), steps))
  const first = await shown("a", ["click Calls"])
  assert.deepEqual(logs(first), ["hit"])
  assert.deepEqual(first.surface.tree, [
    "Widget.TextWidget [trigger]", '  Widget.Title "Calls"', '  Widget.Text.Primary "7"', '  Widget.Text.Secondary "of 9"', "  Widget.Decoration", '    Badge "!"',
  ])
  assert.deepEqual((await shown("b")).surface.tree.slice(0, 2), ["Widget.TextWidget", '  Widget.Title "Test App"'])
  assert.deepEqual((await shown("c")).surface.tree, ["Widget", "  Widget.Loading"])
  await app.drop()
})

test("buttons stay in place on a page and move to the footer of a dialog", async () => {
  const buttons = `h(sdk.Section, {title: "S"}, h(sdk.Button, {label: "Go", variant: "primary", icon: "Check", onClick() {}}), h(sdk.Button, {label: "Stop", keyboardHint: "s", disabled: true, onClick() {}}))`
  assert.deepEqual(tree(await page(buttons)), ['Section "S"', "  [Go]", "  [Stop s disabled]"])
  const transcript = good(await inDialog(buttons))
  assert.deepEqual(transcript.dialogs[0].tree, ['dialog "Dialog"', '  Section "S"', "  footer: [Go] [Stop s disabled]"])
  assert.equal(transcript.dialogs[0].nodes[1].children[0].props.variant, "secondary")
})

test("an empty state is only shown alone, with buttons only", async () => {
  const state = `h(sdk.Experimental_EmptyState, {title: "No deals", description: "Add one"}, ["a", "b", "c"].map((label) => h(sdk.Button, {key: label, label, variant: "primary", onClick() {}})), h(sdk.Badge, {color: "red"}, "x"))`
  const alone = await page(state)
  assert.deepEqual(tree(alone), ['EmptyState "No deals" — Add one', "  [a]", "  [b]", "  [c]"])
  assert.deepEqual([alone.surface.nodes[0].props.overflow, alone.surface.nodes[0].children[0].props.variant], [true, "secondary"])
  const inside = await page(`h(sdk.Section, {title: "S"}, ${state})`)
  assert.deepEqual(tree(inside), ['Section "S"'])
  assert.match(found(inside)[0], /Experimental_EmptyState is only shown as the only child/)
  assert.equal((await page(`h(sdk.LoadingState)`)).surface.nodes[0].props.fills, true)
  assert.deepEqual(good(await inDialog(state)).dialogs[0].tree.slice(1, 3), ['  EmptyState "No deals" — Add one', "    [a]"])
})

test("slips in props are told once, never thrown", async () => {
  const transcript = await page(`[1, 2].map((key) => h(React.Fragment, {key}, h(sdk.Badge, {color: "blu"}, h(sdk.Divider)), h(sdk.Button, {onClick: "x", label: 3}), h(sdk.Avatar, {name: "A", size: "huge", url: "x"}),
    h(sdk.Button, {label: "L", icon: "Nothing", onClick() {}}), h(sdk.Banner, {variant: "neutral", title: "T"}, "x")))`)
  assert.deepEqual(found(transcript), [
    'Badge: "children" is object, but must be text', 'Badge: "color" is "blu", but must be "amber", "blue", "cyan", "green", "grey", "lavender", "lime", "orange", "pink", "purple", "red", "yellow"',
    'Button: "label" is number, but must be string', 'Button: "onClick" is "x", but must be function', 'Avatar: "size" is "huge", but must be "small", "medium", "large"', 'Avatar has no prop "url"',
    'Button: there is no icon "Nothing"', 'Banner: only a large banner has a "title"',
  ])
  assert.equal(transcript.ok, true)
})

test("identities are stable: state lives through renders, hidden parts come back", async () => {
  const transcript = await page(`{
    const [n, setN] = React.useState(0)
    const deferred = React.useDeferredValue(n)
    const id = React.useId()
    const ref = React.useRef(0)
    ref.current++
    React.useEffect(() => { console.log("effect", n); return () => console.log("cleanup", n) }, [n])
    return h(React.Suspense, {fallback: h(sdk.LoadingState)}, h(Slow, {n}), h(sdk.Typography.Body, null, n, " ", deferred, " ", String(ref.current > 0), " ", typeof id), h(sdk.Button, {label: "Add", onClick: () => setN(n + 1)}))
  }`, ["click Add", "click Add"], `
    const Slow = ({n}) => { const {values} = sdk.useAsyncCache({value: [async (x) => { await new Promise((r) => setTimeout(r, 1)); return x }, n]}); return h(sdk.Badge, {color: "red"}, "slow ", values.value) }`)
  assert.deepEqual(tree(transcript), ['Badge "slow 2"', 'Typography.Body "2 2 true string"', "[Add]"])
  assert.deepEqual(logs(transcript), ["effect 0", "cleanup 0", "effect 1", "cleanup 1", "effect 2"])
})

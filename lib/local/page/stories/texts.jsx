import {Avatar, Badge, Banner, Button, Divider, Json, Link, LoadingState, Section, StatusBadge, TextBlock, Typography} from "attio/client"

const picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E%3Crect width='40' height='40' fill='%23407ff2'/%3E%3Ccircle cx='20' cy='16' r='7' fill='white'/%3E%3Cellipse cx='20' cy='36' rx='13' ry='11' fill='white'/%3E%3C/svg%3E"
const colors = ["amber", "blue", "cyan", "green", "grey", "lavender", "lime", "orange", "pink", "purple", "red", "yellow"]
const nothing = () => {}

export const texts = [
  {component: "Avatar", Story: () => (
    <>
      <Avatar name="Ada Lovelace" src={null} size="small" />
      <Avatar name="Grace Hopper" src={null} size="medium" variant="bold" />
      <Avatar name="Kathleen Booth" src={null} size="large" variant="subtle" shape="round" />
      <Avatar name="Analytical Engines" src={null} size="large" shape="box" variant="bold" />
      <Avatar name="With a picture" src={picture} size="large" />
    </>
  )},
  {component: "Badge", Story: () => <>{colors.map((color) => <Badge key={color} color={color}>{color}</Badge>)}</>},
  {component: "StatusBadge", Story: () => <>{["blue", "violet", "pink", "red", "orange", "yellow", "green", "cyan", "grey", "#8a5cf6"].map((color) => <StatusBadge key={color} color={color}>{color}</StatusBadge>)}</>},
  {component: "Banner", Story: () => (
    <>
      <Banner variant="neutral" size="small">The import runs once a day.</Banner>
      <Banner variant="warning" actions={[{label: "Review", variant: "secondary", onTrigger: nothing}]}>Three contacts have no address.</Banner>
      <Banner variant="error" size="large" title="The connection has expired" actions={[{label: "Later", variant: "secondary", onTrigger: nothing}, {label: "Connect again", variant: "primary", onTrigger: nothing}]}>
        Nothing is sent until you sign in again.
      </Banner>
    </>
  )},
  {component: "Button", Story: () => (
    <>
      <Button label="Primary" variant="primary" onClick={nothing} />
      <Button label="Secondary" variant="secondary" icon="Plus" onClick={nothing} />
      <Button label="Destructive" variant="destructive" icon="Trash" onClick={nothing} />
      <Button label="Disabled" disabled onClick={nothing} />
      <Button label="With a key" keyboardHint="k" onClick={nothing} />
    </>
  )},
  {component: "Divider", Story: () => <><Typography.Body>Above</Typography.Body><Divider /><Typography.Body>Below</Typography.Body></>},
  {component: "Json", Story: () => <Json data={{name: "Ada", tags: ["founder", "math"], active: true, deal: {value: 1200, currency: "EUR", closed: null}}} />},
  {component: "Link", Story: () => <Typography.Body>Read <Link href="https://example.com/docs">the documents</Link> first.</Typography.Body>},
  {component: "LoadingState", Story: () => <><LoadingState /><LoadingState>Fetching the forecast</LoadingState></>},
  {component: "Section", Story: () => <Section title="Enrichment" description="What is known from elsewhere"><Typography.Body>Found 3 sources.</Typography.Body></Section>},
  {component: "TextBlock", Story: () => (
    <>
      <TextBlock align="left">At the left</TextBlock>
      <TextBlock align="center">In the middle</TextBlock>
      <TextBlock align="right">At the right</TextBlock>
    </>
  )},
  {component: "Typography", Story: () => (
    <>
      {["extraLarge", "large", "standard", "medium", "small", "extraSmall"].map((variant) => <Typography.Title key={variant} variant={variant}>Title {variant}</Typography.Title>)}
      {["standard", "large", "strong", "interactive"].map((variant) => <Typography.Body key={variant} variant={variant}>Body {variant}</Typography.Body>)}
      <Typography.Caption>Caption: updated five minutes ago</Typography.Caption>
    </>
  )},
]

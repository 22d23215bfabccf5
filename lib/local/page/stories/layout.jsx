import {Button, Column, Experimental_AttioLink as AttioLink, Experimental_Card as Card, Experimental_EmptyState as EmptyState, Experimental_Grid as Grid, Experimental_Stack as Stack, Row, Typography, experimental_Destinations as to} from "attio/client"

const nothing = () => {}
const sizes = ["none", "extraSmall", "small", "medium", "large", "extraLarge"]
const Box = ({children}) => <Card><Typography.Body>{children}</Typography.Body></Card>

export const layout = [
  {component: "Card", Story: () => <Card title="A card"><Typography.Body>With words</Typography.Body><Card><Typography.Body>A card in a card has no border</Typography.Body></Card></Card>},
  {component: "EmptyState", Story: () => (
    <EmptyState title="No issues yet" description="Issues that are linked to this record are shown here.">
      <Button label="Create an issue" variant="primary" onClick={nothing} />
      <Button label="Link one" variant="secondary" onClick={nothing} />
    </EmptyState>
  )},
  {component: "EmptyState", about: "more than two buttons", Story: () => (
    <EmptyState title="Nothing here" description="Several ways to begin.">
      <Button label="Create" variant="primary" onClick={nothing} />
      <Button label="Import" onClick={nothing} />
      <Button label="Connect" onClick={nothing} />
    </EmptyState>
  )},
  {component: "Grid", Story: () => (
    <>
      {[1, 2, 3, 4, 5, 6, "auto"].map((columns, i) => <Grid key={columns} maxColumns={columns} gap={sizes[i % 6]} minColumnWidth={["small", "medium", "large"][i % 3]} align={i % 2 ? "start" : "stretch"}>{[1, 2, 3].map((n) => <Box key={n}>{columns} columns, {n}</Box>)}</Grid>)}
    </>
  )},
  {component: "Stack", Story: () => (
    <>
      {sizes.map((gap) => <Stack key={gap} direction="row" gap={gap} align="center" justify="start"><Box>{gap}</Box><Box>gap</Box></Stack>)}
      {["start", "center", "end", "stretch"].map((align) => <Stack key={align} direction="column" gap="small" align={align}><Box>align {align}</Box></Stack>)}
      {["start", "center", "end", "space-between"].map((justify) => <Stack key={justify} direction="row" gap="small" justify={justify}><Box>justify</Box><Box>{justify}</Box></Stack>)}
    </>
  )},
  {component: "AttioLink", Story: () => (
    <Stack gap="small">
      <AttioLink to={to.record({recordId: "ada", object: "people"}, {tab: "notes"})}>A record</AttioLink>
      <AttioLink to={to.appPage("dashboard")}>A page of the app</AttioLink>
      <AttioLink to={to.appSettings()}>Its settings</AttioLink>
    </Stack>
  )},
  {component: "Row and Column", Story: () => <Row><Column><Box>One</Box></Column><Column><Box>Two</Box></Column><Column><Box>Three</Box></Column><Column><Box>Wraps</Box></Column></Row>},
]

import {Badge, DescriptionList, DialogList, Link, Table, Typography} from "attio/client"

const nothing = () => {}

export const lists = [
  {component: "DescriptionList", Story: () => (
    <>
      <DescriptionList title="Contact">
        <DescriptionList.Item label="Name" icon="User">Ada Lovelace</DescriptionList.Item>
        <DescriptionList.Item label="Site" icon="Globe"><Link href="https://example.com">example.com</Link></DescriptionList.Item>
        <DescriptionList.Item label="Roles" icon="Tag">
          <DescriptionList.Item.Tag label="Founder" color="blue" />
          <DescriptionList.Item.Tag color="green">Sales</DescriptionList.Item.Tag>
          {["amber", "cyan", "grey", "lavender", "lime", "orange", "pink", "purple", "red", "yellow"].map((color) => <DescriptionList.Item.Tag key={color} color={color}>{color}</DescriptionList.Item.Tag>)}
        </DescriptionList.Item>
        <DescriptionList.Menu>
          <DescriptionList.Menu.Item label="Edit" icon="Edit" variant="primary" onSelect={nothing} />
          <DescriptionList.Menu.Item label="Delete" icon="Trash" variant="danger" onTrigger={nothing} />
        </DescriptionList.Menu>
      </DescriptionList>
      <DescriptionList label="With the older label"><DescriptionList.Item label="Id">42</DescriptionList.Item></DescriptionList>
    </>
  )},
  {component: "DialogList", Story: () => (
    <>
      <DialogList emptyState="No issues">
        <DialogList.Item icon="Issue" actionLabel="Link" onTrigger={nothing} suffix={<Badge color="green">Open</Badge>}>Login is slow</DialogList.Item>
        <DialogList.Item icon="Bolt" actionLabel="Link" onTrigger={nothing}>Export fails at night</DialogList.Item>
      </DialogList>
      <DialogList emptyState={{text: "No issues yet", actions: [{text: "Create one", icon: "Plus", onTrigger: nothing}]}} children={[]} />
    </>
  )},
  {component: "Table", Story: () => (
    <Table label="Deals of this quarter">
      <Table.Header>
        <Table.HeaderCell icon="User">Owner</Table.HeaderCell>
        <Table.HeaderCell>Stage</Table.HeaderCell>
        <Table.HeaderCell>Site</Table.HeaderCell>
      </Table.Header>
      <Table.Body>
        {["amber", "blue", "cyan", "green", "grey", "lavender", "lime", "orange", "pink", "purple", "red", "yellow"].map((color, i) => (
          <Table.Row key={color}>
            <Table.Cell><Table.Cell.Avatar name={`Owner ${i + 1}`} src={null} /></Table.Cell>
            <Table.Cell><Table.Cell.Badge color={color}>{color}</Table.Cell.Badge></Table.Cell>
            <Table.Cell>{i % 2 === 0 ? <Link href="https://example.com">example.com</Link> : "none"}</Table.Cell>
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
  )},
]

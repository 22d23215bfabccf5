import {Widget} from "attio/client"

const nothing = () => {}

export const widgets = [
  {component: "Widget.TextWidget", kind: "record-widget", color: "#5e6ad2", Story: () => (
    <Widget.TextWidget onTrigger={nothing}>
      <Widget.Title>Open issues</Widget.Title>
      <Widget.Text.Primary>12 issues</Widget.Text.Primary>
      <Widget.Text.Secondary>3 of them urgent</Widget.Text.Secondary>
      <Widget.Decoration>↗ 4</Widget.Decoration>
    </Widget.TextWidget>
  )},
  {component: "Widget.TextWidget", about: "without a title: the app's name", kind: "record-widget", Story: () => (
    <Widget.TextWidget><Widget.Text.Primary>Nothing to do</Widget.Text.Primary></Widget.TextWidget>
  )},
  {component: "Widget", kind: "record-widget", color: "#1f9d55", Story: () => (
    <Widget><Widget.Title>Older form</Widget.Title><Widget.Badge text="New" color="green" /><Widget.Badge>plain</Widget.Badge></Widget>
  )},
  {component: "Widget.Loading", kind: "record-widget", Story: () => <Widget.Loading />},
]

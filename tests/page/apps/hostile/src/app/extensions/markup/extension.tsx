import {alert, Avatar, Badge, Banner, Button, DescriptionList, Extensions, Link, Section, showDialog, showToast, TextBlock, Typography} from "attio/client"
import {address, all, image, quoted, script} from "../words"

function Everything() {
  return (
    <>
      <Banner variant="neutral">{all}</Banner>
      <Section title={all}>
        <Typography.Body>{all}</Typography.Body>
        <Typography.Body><Link href={address}>{image}</Link></Typography.Body>
        <TextBlock>{script}</TextBlock>
        <Badge color="blue">{all}</Badge>
        <Avatar src={address} name={quoted} />
        <Avatar src={quoted} name={image} />
        <DescriptionList>
          <DescriptionList.Item label={image}>{quoted}</DescriptionList.Item>
        </DescriptionList>
      </Section>
      <Button label={all} keyboardHint={'"]' as never} onClick={() => {}} />
    </>
  )
}

export default Extensions.defineExtension({
  type: "record-action",
  id: "markup",
  label: "Markup <b>",
  objects: "people",
  onTrigger: async () => {
    console.log(all)
    await showToast({title: all, text: image, variant: "neutral", durationMs: Infinity, action: {label: quoted, onClick: async () => {}}})
    await alert({title: script, text: all, okLabel: image})
    await showDialog({title: all, Dialog: Everything})
    throw new Error(all)
  },
})

import slugify from "slugify"

slugify.extend({"☢": "radioactive"})

export default () => [slugify("Ünïcode ♥ ☢ Straße", {lower: true}), slugify("a  b", "_")]

import {parse, stringify, v4, v5, validate, version} from "uuid"

const id = v5("attio.com", v5.DNS)

export default () => [id, stringify(parse(id)), version(v4()), validate("no")]

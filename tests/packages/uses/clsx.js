import clsx from "clsx"
import {clsx as lite} from "clsx/lite"

export default () => [clsx("a", {b: true, c: false}, ["d", null]), lite("x", false, "y")]

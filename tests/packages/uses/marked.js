import {Marked, marked} from "marked"

export default () => [
  marked.parse("# Title\n\n- one\n- **two** `code`\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"),
  new Marked({renderer: {strong: ({text}) => `[${text}]`}}).parseInline("a **b** c"),
]

import Handlebars from "handlebars"

Handlebars.registerHelper("loud", (text) => text.toUpperCase())

export default () => [
  Handlebars.compile("{{#each people}}{{loud name}}{{#unless @last}}, {{/unless}}{{/each}} {{html}}")({
    people: [{name: "Ada"}, {name: "Bob"}],
    html: "<b>",
  }),
  Handlebars.escapeExpression("'&'"),
]

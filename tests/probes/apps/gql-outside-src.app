-- about where .graphql files are looked for
-- app standard
-- file .hidden/y.graphql
query y {
  currentUser {
    id
  }
}
-- file dist/z.graphql
query z {
  currentUser {
    id
  }
}
-- file other/x.graphql
query x {
  currentUser {
    id
  }
}
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}
-- official builds
files .attio/env.d.ts .hidden/y.graphql.d.ts dist/index.js dist/server.js dist/z.graphql.d.ts other/x.graphql.d.ts src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}

-- about only a comment
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
# nothing here
-- official refuses

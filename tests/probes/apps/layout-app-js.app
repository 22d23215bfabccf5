-- about only src/app.js: not recognised as an entry
-- app standard
-- file src/app.js
export const app = {}
-- official refuses

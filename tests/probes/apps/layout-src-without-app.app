-- about src exists, neither src/app.ts(x) nor src/app/
-- app standard
-- file src/index.ts
export {}
-- official refuses

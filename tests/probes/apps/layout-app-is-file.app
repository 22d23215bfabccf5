-- about src/app is a plain file
-- app standard
-- file src/app
x
-- official refuses

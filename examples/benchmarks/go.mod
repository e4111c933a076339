module github.com/qooqie/qooqie/examples/benchmarks

go 1.26.0

toolchain go1.26.9

replace github.com/qooqie/qooqie => ../..

require (
	github.com/alexedwards/scs/v2 v2.9.0
	github.com/gorilla/securecookie v1.1.2
	github.com/gorilla/sessions v1.4.0
	github.com/qooqie/qooqie v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/net v0.62.0 // indirect
)

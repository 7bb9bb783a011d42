package config

import (
	"strings"

	"editorial/pkg/problem"
)

// Source is a layer of the configuration.
type Source string

const (
	FromDefault     Source = "default"
	FromFile        Source = "file"
	FromEnvironment Source = "environment"
	FromFlag        Source = "flag"
)

// Origin is where a value came from.
type Origin struct {
	Source Source
	// Position is the place in config.toml; zero for other sources.
	problem.Position
	// Variable is the name of the environment variable, or "".
	Variable string
}

// String returns "config.toml:3:9", the variable's name, "--set" or "default".
func (o Origin) String() string {
	switch o.Source {
	case FromFile:
		return o.Position.String()
	case FromEnvironment:
		return o.Variable
	case FromFlag:
		return "--set"
	}
	return string(FromDefault)
}

// Origins says of each key where its value came from. A key that nobody set is
// not in it.
type Origins map[string]Origin

// Of returns the origin of a key: its own, or that of the nearest table or list
// above it that was set as a whole, else the default.
func (o Origins) Of(key string) Origin {
	for k := key; k != ""; {
		if at, ok := o[k]; ok {
			return at
		}
		i := strings.LastIndexByte(k, '.')
		if i < 0 {
			break
		}
		k = k[:i]
	}
	return Origin{Source: FromDefault}
}

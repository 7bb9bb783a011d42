package cli

import (
	"errors"

	"github.com/spf13/pflag"
)

// errTwice is the value of a flag that has one already.
var errTwice = errors.New("given twice")

// onceValue is the value of a flag that may be given once: where somebody gives
// it twice, neither value is what they mean.
type onceValue struct {
	value *string
	given bool
}

// Set takes a value, but no second one.
func (v *onceValue) Set(s string) error {
	if v.given {
		return errTwice
	}
	*v.value, v.given = s, true
	return nil
}

// String returns the value.
func (v *onceValue) String() string {
	if v.value == nil {
		return "" // what pflag asks of an empty one
	}
	return *v.value
}

// Type is what the help calls the value.
func (v *onceValue) Type() string { return "string" }

// onceVar defines a flag with a text that may be given once.
func onceVar(flags *pflag.FlagSet, value *string, name, usual, usage string) {
	*value = usual
	flags.Var(&onceValue{value: value}, name, usage)
}

package conformance

import (
	"testing"

	yamltestsuite "github.com/goccy/go-yaml/testdata/yaml-test-suite"
)

// yamlTestSuite is the suite of YAML's own organisation, as goccy/go-yaml
// brings it.
func yamlTestSuite() suite {
	return suite{name: "YAML test suite", version: "as of goccy/go-yaml 1.19.2", exceptions: yamlExceptions(), cases: func(t *testing.T) []verdict {
		tests, err := yamltestsuite.TestSuites()
		if err != nil || len(tests) < 400 {
			t.Fatalf("%d cases, %v", len(tests), err)
		}
		var all []verdict
		for _, c := range tests {
			v := verdict{name: c.Name}
			table, isTable := onlyTable(c)
			switch {
			case c.Error:
				v.fault = refused("yaml", c.InYAML)
			case isTable:
				if v.fault = readAs("yaml", c.InYAML, table); v.fault == "" {
					v.fault, v.fixed = roundTrips("yaml", c.InYAML)
					if v.fault == "" {
						v.fault = asPost("yaml", c.InYAML)
					}
				}
			case len(c.InJSON) == 0: // JSON cannot say it: nothing, or keys that are no texts
				if v.apart = true; refused("yaml", c.InYAML) != "" {
					v.fault, v.fixed = roundTrips("yaml", c.InYAML)
					if v.fault == "" {
						v.fault = asPost("yaml", c.InYAML)
					}
				}
			default:
				v.apart, v.fault = true, refused("yaml", c.InYAML)
			}
			all = append(all, v)
		}
		return all
	}}
}

// onlyTable returns what a case says, if that is what front matter can be: one
// document that is a table, or says nothing.
func onlyTable(c *yamltestsuite.TestSuite) (any, bool) {
	if len(c.InJSON) != 1 {
		return nil, false
	}
	if c.InJSON[0] == nil {
		return map[string]any{}, true
	}
	table, ok := c.InJSON[0].(map[string]any)
	return whole(table), ok
}

// whole makes integers of the numbers that have no fraction.
func whole(v any) any {
	switch v := v.(type) {
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = whole(v[i])
		}
		return list
	case map[string]any:
		table := make(map[string]any, len(v))
		for k, m := range v {
			table[k] = whole(m)
		}
		return table
	}
	return v
}

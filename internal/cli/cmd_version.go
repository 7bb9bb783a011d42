package cli

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"editorial/pkg/civil"
)

// jsonVersion is "version --json".
type jsonVersion struct {
	Version   int    `json:"version"`
	Editorial string `json:"editorial"`
	Go        string `json:"go"`
	Zones     string `json:"zones"`
	Commit    string `json:"commit,omitempty"`
}

// build says what was built, from what the compiler wrote into the program.
func build() jsonVersion {
	v := jsonVersion{Version: 1, Editorial: "devel", Zones: civil.ZoneData}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if main := info.Main.Version; main != "" && main != "(devel)" {
		v.Editorial = main
	}
	v.Go = info.GoVersion
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Commit = s.Value
		}
	}
	return v
}

func (a *app) newVersion() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version",
		Short:   a.say("cli.version-short"),
		Example: "  editorial version\n  editorial version --json",
		Args:    a.args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			v := build()
			if a.json {
				return a.printJSON(v)
			}
			a.printf("editorial %s %s\n", v.Editorial, v.Go)
			return nil
		},
	}
	a.jsonFlag(cmd)
	return cmd
}

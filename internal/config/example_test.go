package config_test

import (
	"fmt"
	"testing/fstest"

	"editorial/internal/config"
)

func ExampleRead() {
	office := fstest.MapFS{config.FileName: {Data: []byte(`
[site]
title = "Le Vélo dans la ville"
zone = "Europe/Pariss"

[platforms.blog]
rhythm.times = ["Tue 09:00", "Thu 12:30"]
lvie = true
`)}}
	_, _, problems, err := config.Read(office, config.Options{Set: []string{"plan.weeks=26"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range problems {
		fmt.Println(p)
	}

	office[config.FileName].Data = []byte("site.title = 'Le Vélo dans la ville'\nplan.lock = '3 jours'\n")
	c, origins, _, _ := config.Read(office, config.Options{Set: []string{"plan.weeks=26"}})
	for _, e := range config.Entries(c, origins, "plan") {
		fmt.Printf("%s = %s (%s)\n", e.Key, e.Literal, e.Origin)
	}
	// Output:
	// config.toml:4:8: config-misspelt-zone key="site.zone" near="Europe/Paris" value="Europe/Pariss"
	// config.toml:8:1: config-misspelt-key key="platforms.blog.lvie" near="live"
	// plan.weeks = 26 (--set)
	// plan.lock = "3d" (config.toml:2:13)
	// plan.reserve = 0.2 (default)
	// plan.priority = 3 (default)
}

// Package config reads config.toml, the strategy of the office.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/BurntSushi/toml"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// FileName is the name of the file in the office's folder.
const FileName = "config.toml"

// Codes of the problems that reading finds.
const (
	CodeConfig     problem.Code = "config"
	CodeUnknownKey problem.Code = "unknown-key"
	CodeBadZone    problem.Code = "bad-zone"
)

// Config is the strategy.
type Config struct {
	Site      Site
	Plan      Plan
	Platforms map[string]Platform
}

// Site is the publication as a whole.
type Site struct {
	Title, Description, URL, Lang, Zone string
}

// Plan is how the planner works.
type Plan struct{ Weeks int }

// Platform is one place where posts go.
type Platform struct {
	Days  []string
	Times []string
}

// Default returns the configuration of an office that says nothing.
func Default() Config {
	return Config{
		Site: Site{Lang: "en", Zone: "UTC", URL: "http://localhost:8080/"},
		Plan: Plan{Weeks: 13},
	}
}

// Read reads the file from the office's folder. The problems are all that
// were found; with an error among them the configuration must not be used.
func Read(fsys fs.FS) (Config, []problem.Problem, error) {
	c := Default()
	src, err := fs.ReadFile(fsys, FileName)
	if err != nil {
		return c, nil, fmt.Errorf("read configuration: %w", err)
	}
	var ps []problem.Problem
	find := func(code problem.Code, line, col int, params problem.Params, cause error) {
		ps = append(ps, problem.Problem{
			Position: problem.Position{File: FileName, Line: line, Col: col}, Code: code, Params: params, Cause: cause,
		})
	}
	md, err := toml.Decode(string(src), &c)
	if err != nil {
		var pe toml.ParseError
		line, col := 0, 0
		if errors.As(err, &pe) {
			line, col = pe.Position.Line, pe.Position.Col
		}
		find(CodeConfig, line, col, problem.Params{"detail": err.Error()}, err)
		return c, ps, nil
	}
	for _, k := range md.Undecoded() {
		find(CodeUnknownKey, 0, 0, problem.Params{"key": k.String()}, nil)
	}
	if _, err := civil.LoadZone(c.Site.Zone); err != nil {
		find(CodeBadZone, 0, 0, problem.Params{"value": c.Site.Zone}, err)
	}
	problem.Sort(ps)
	return c, ps, nil
}

// weekdays are the names of days in configuration files.
func weekdays() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		m[d.String()[:3]] = d
	}
	return m
}

// Rhythm returns the days and times of a platform.
func (p Platform) Rhythm() (days []time.Weekday, times []civil.Clock) {
	for _, name := range p.Days {
		if d, ok := weekdays()[name]; ok {
			days = append(days, d)
		}
	}
	for _, s := range p.Times {
		if c, err := civil.ParseClock(s); err == nil {
			times = append(times, c)
		}
	}
	return days, times
}

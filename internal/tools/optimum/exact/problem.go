// Package exact finds the best of all plans of an exported calendar with a
// solver of mixed-integer programs (CBC), and proves that no plan is better.
//
// It knows the problem from docs/planning.md and the file from its JSON alone:
// it imports neither the planner nor the checker, so that a mistake of one is
// not made by all.
package exact

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// Problem is an exported calendar, version 1.
type Problem struct {
	Version  int        `json:"version"`
	Now      int        `json:"now"`
	Start    string     `json:"start"`
	End      string     `json:"end"`
	Zone     string     `json:"zone"`
	Horizon  int        `json:"horizon"`
	Slots    []slot     `json:"slots"`
	Items    []item     `json:"items"`
	Posts    []post     `json:"posts"`
	Fixed    []fixed    `json:"fixed"`
	Agreed   []Placed   `json:"agreed"`
	Pairs    []pair     `json:"pairs"`
	After    []after    `json:"after"`
	Caps     []most     `json:"caps"`
	Gaps     []distance `json:"gaps"`
	Spreads  []distance `json:"spreads"`
	Mix      []share    `json:"mix"`
	Capacity []hours    `json:"capacity"`
	Plan     []Placed   `json:"plan"`
	Value    int        `json:"value"`
}

// Placed is an item in a slot.
type Placed struct {
	Item string `json:"item"`
	Slot int    `json:"slot"`
}

type slot struct {
	ID       int    `json:"id"`
	Platform string `json:"platform"`
	At       int    `json:"at"`
	Day      int    `json:"day"`
	Week     int    `json:"week"`
	Block    int    `json:"block"`
	Min      int    `json:"min"`
	Max      int    `json:"max"`
	Fixed    int    `json:"fixed"`
}

type item struct {
	ID       string         `json:"id"`
	Post     string         `json:"post"`
	Platform string         `json:"platform"`
	Priority int            `json:"priority"`
	Pillar   string         `json:"pillar"`
	Intent   string         `json:"intent"`
	Need     map[string]int `json:"need"`
}

type post struct {
	ID   string         `json:"id"`
	Need map[string]int `json:"need"`
}

type fixed struct {
	Item     string `json:"item"`
	Post     string `json:"post"`
	Platform string `json:"platform"`
	At       int    `json:"at"`
	Slot     *int   `json:"slot"`
	Pillar   string `json:"pillar"`
	DueWeek  int    `json:"due_week"`
	Why      string `json:"why"`
}

type pair struct {
	Item    string `json:"item"`
	Slot    int    `json:"slot"`
	Value   int    `json:"value"`
	DueWeek int    `json:"due_week"`
}

type after struct {
	Item    string      `json:"item"`
	Leader  string      `json:"leader"`
	Fixed   *int        `json:"fixed"`
	Release map[int]int `json:"release"`
}

type most struct {
	Platform string `json:"platform"`
	Day      *int   `json:"day"`
	Week     *int   `json:"week"`
	Limit    int    `json:"limit"`
	Used     int    `json:"used"`
}

type distance struct {
	Platform string `json:"platform"`
	Minutes  int    `json:"minutes"`
}

type share struct {
	Platform string  `json:"platform"`
	Block    int     `json:"block"`
	Intent   *string `json:"intent"`
	Pillar   *string `json:"pillar"`
	Min      int     `json:"min"`
	Max      int     `json:"max"`
	N        int     `json:"n"`
	C        int     `json:"c"`
}

type hours struct {
	Person string `json:"person"`
	Week   int    `json:"week"`
	Avail  int    `json:"avail"`
	Taken  int    `json:"taken"`
}

// Read reads an exported calendar.
func Read(r io.Reader) (*Problem, error) {
	var p Problem
	if err := json.NewDecoder(r).Decode(&p); err != nil {
		return nil, fmt.Errorf("read calendar: %w", err)
	}
	if p.Version != 1 {
		return nil, fmt.Errorf("calendar of version %d, want 1", p.Version)
	}
	return &p, nil
}

// Of reads a calendar from any value that is one as JSON.
func Of(export any) (*Problem, error) {
	text, err := json.Marshal(export)
	if err != nil {
		return nil, err
	}
	return Read(bytes.NewReader(text))
}

// Hash names the problem, whatever its plan.
func (p *Problem) Hash() (string, error) {
	bare := *p
	bare.Plan, bare.Value = nil, 0
	text, err := json.Marshal(bare)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append(text, modelVersion...))
	return hex.EncodeToString(sum[:16]), nil
}

package exact

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Solver runs CBC.
type Solver struct {
	// Program is the path of cbc.
	Program string
	// Limit is how long it may take for one problem.
	Limit time.Duration
	// Cache is the folder in which results are kept; "": nowhere.
	Cache string
}

// Result is what the solver found.
type Result struct {
	// Proven says that no plan is worth more than Value.
	Proven bool `json:"proven"`
	// Value is that of Plan, the best one found; Bound is what no plan exceeds.
	Value int      `json:"value"`
	Bound int      `json:"bound"`
	Plan  []Placed `json:"plan"`
	// Seconds is how long it took, Limit how long it might have.
	Seconds float64 `json:"seconds"`
	Limit   float64 `json:"limit"`
}

// ErrInfeasible is returned where no plan at all keeps the rules of a model.
var ErrInfeasible = errors.New("no plan keeps the rules")

// Known returns the result that the cache has; ok is false where it has none,
// or one that is not proven and might be with the time that there is now.
func (s Solver) Known(p *Problem) (r Result, ok bool, err error) {
	path, err := s.path(p)
	if err != nil || path == "" {
		return Result{}, false, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return Result{}, false, nil
	}
	if err != nil {
		return Result{}, false, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return Result{}, false, fmt.Errorf("%s: %w", path, err)
	}
	return r, r.Proven || s.Limit.Seconds() <= r.Limit, nil
}

// Solve finds the best plan of a problem, or takes it from the cache.
func (s Solver) Solve(ctx context.Context, p *Problem) (Result, error) {
	if r, ok, err := s.Known(p); ok || err != nil {
		return r, err
	}
	r, err := s.Run(ctx, p.Model(), nil)
	if err != nil {
		return Result{}, err
	}
	return r, s.keep(p, r)
}

func (s Solver) path(p *Problem) (string, error) {
	if s.Cache == "" {
		return "", nil
	}
	hash, err := p.Hash()
	if err != nil {
		return "", err
	}
	return filepath.Join(s.Cache, hash[:2], hash+".json"), nil
}

// keep writes a result to the cache, at once or not at all.
func (s Solver) keep(p *Problem, r Result) error {
	path, err := s.path(p)
	if err != nil || path == "" {
		return err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(text); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Run solves a model without the cache; plan, if it is not nil, is the only
// one allowed.
func (s Solver) Run(ctx context.Context, m *Model, plan []Placed) (Result, error) {
	dir, err := os.MkdirTemp("", "optimum")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "plan.mps"), filepath.Join(dir, "plan.txt")
	f, err := os.Create(in)
	if err != nil {
		return Result{}, err
	}
	if err := errors.Join(m.WriteMPS(f, plan), f.Close()); err != nil {
		return Result{}, err
	}
	// Worths are whole: a bound that is nearer than one proves the best plan.
	args := []string{in, "-sec", strconv.Itoa(int(math.Ceil(s.Limit.Seconds()))), "-ratio", "0", "-allow", "0.9", "-solve", "-solution", out}
	begun := time.Now()
	said, err := exec.CommandContext(ctx, s.Program, args...).CombinedOutput()
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if err != nil {
		return Result{}, fmt.Errorf("cbc: %w: %s", err, said)
	}
	r := Result{Seconds: time.Since(begun).Seconds(), Limit: s.Limit.Seconds()}
	return r, r.read(m, out, said)
}

// read takes the plan from the file that CBC wrote, the bound from what it
// said.
func (r *Result) read(m *Model, path string, said []byte) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("cbc: %w: %s", err, said)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Scan()
	status := lines.Text()
	pairs := make([]Placed, len(m.Columns))
	for p, c := range m.pairs {
		pairs[c] = p
	}
	for lines.Scan() {
		var index int
		var name string
		var value float64
		if _, err := fmt.Sscan(strings.TrimPrefix(strings.TrimSpace(lines.Text()), "**"), &index, &name, &value); err != nil {
			return fmt.Errorf("cbc: %q: %w", lines.Text(), err)
		}
		c, err := strconv.Atoi(strings.TrimPrefix(name, "C"))
		if err != nil || c < 0 || c >= len(m.Columns) {
			return fmt.Errorf("cbc: %q is no column", name)
		}
		if c < len(m.pairs) && value > 0.5 {
			r.Plan = append(r.Plan, pairs[c])
			r.Value += m.Columns[c].Worth
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	switch {
	case strings.HasPrefix(status, "Optimal"):
		r.Proven, r.Bound = true, r.Value
	case strings.HasPrefix(status, "Infeasible"), strings.HasPrefix(status, "Integer infeasible"):
		return ErrInfeasible
	case strings.HasPrefix(status, "Stopped"):
		r.Bound = m.most()
		for line := range strings.Lines(string(said)) {
			if rest, ok := strings.CutPrefix(line, "Lower bound:"); ok {
				if bound, err := strconv.ParseFloat(strings.TrimSpace(rest), 64); err == nil {
					r.Bound = min(r.Bound, int(math.Floor(-bound+1e-6)))
				}
			}
		}
	default:
		return fmt.Errorf("cbc: %s", status)
	}
	return nil
}

// most is what no plan exceeds: each item where it is worth most.
func (m *Model) most() int {
	best := map[string]int{}
	for p, c := range m.pairs {
		best[p.Item] = max(best[p.Item], m.Columns[c].Worth)
	}
	sum := 0
	for _, worth := range best {
		sum += worth
	}
	return sum
}

package forecast

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Worker is somebody who works on posts.
type Worker struct {
	Name string
	// Minutes are those for each day to come, today first.
	Minutes []int
}

// Task is the work that is left on a post.
type Task struct {
	ID string
	// Due is the day, counted from today, by whose end it must be done.
	Due int
	// Need is the minutes that are left, by the name of a worker; "" is anybody.
	Need map[string]int
}

// Reckon says on which day, counted from today, each task is done if everybody
// works on what is due first. -1 means: not within the days that are known, or
// by somebody of whom no hours are known.
func Reckon(workers []Worker, tasks []Task) map[string]int {
	free := map[string][]int{}
	for _, w := range workers {
		free[w.Name] = slices.Clone(w.Minutes)
	}
	names := slices.Sorted(maps.Keys(free))
	tasks = slices.Clone(tasks)
	slices.SortFunc(tasks, func(a, b Task) int { return cmp.Or(a.Due-b.Due, strings.Compare(a.ID, b.ID)) })
	done := map[string]int{}
	for _, t := range tasks {
		day := 0
		for _, who := range slices.Backward(slices.Sorted(maps.Keys(t.Need))) { // what is anybody's last
			of := []string{who}
			if who == "" {
				of = names
			}
			day = later(day, spend(free, of, t.Need[who]))
		}
		done[t.ID] = day
	}
	return done
}

// later is the later of two days, of which -1 is never.
func later(a, b int) int {
	if a < 0 || b < 0 {
		return -1
	}
	return max(a, b)
}

// spend takes minutes from the first free ones of these people, and returns the
// day of the last.
func spend(free map[string][]int, names []string, minutes int) int {
	if minutes <= 0 {
		return 0
	}
	days := 0
	for _, name := range names {
		days = max(days, len(free[name]))
	}
	for day := range days {
		for _, name := range names {
			if day >= len(free[name]) {
				continue
			}
			take := min(minutes, free[name][day])
			free[name][day] -= take
			if minutes -= take; minutes == 0 {
				return day
			}
		}
	}
	return -1
}

// Latest is the last day, counted from today, on which work may begin that must
// be done by the end of a day, if nobody does anything else. Ok is false where
// even today is too late, or where no hours are known.
func Latest(workers []Worker, t Task) (day int, ok bool) {
	day = t.Due
	for who, minutes := range t.Need {
		if minutes <= 0 {
			continue
		}
		begin, enough := t.Due, false
		for ; begin >= 0 && !enough; begin-- {
			for _, w := range workers {
				if (who == "" || who == w.Name) && begin < len(w.Minutes) {
					minutes -= w.Minutes[begin]
				}
			}
			enough = minutes <= 0
		}
		if !enough {
			return 0, false
		}
		day = min(day, begin+1)
	}
	return day, true
}

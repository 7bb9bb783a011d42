package exact

import "fmt"

// team is the person of the rows that bind everybody together.
const team = "*"

// of is the part of some work that a row counts.
func (r hours) of(need map[string]int) int {
	if r.Person != team {
		return need[r.Person]
	}
	sum := 0
	for _, minutes := range need {
		sum += minutes
	}
	return sum
}

// capacity: rule 7. Work on the post itself counts from the first week in
// which one of its placements is due: a column says whether that has come.
func (b *builder) capacity() {
	posts, begun := map[string]post{}, map[string]int{}
	for _, p := range b.Posts {
		posts[p.ID] = p
	}
	for _, f := range b.Problem.Fixed {
		if first, ok := begun[f.Post]; f.Why != "published" && (!ok || f.DueWeek < first) {
			begun[f.Post] = f.DueWeek
		}
	}
	done := map[string]int{} // the column of a post and a week
	for k, r := range b.Capacity {
		row := Row{Name: fmt.Sprintf("hours %d", k), Max: max(r.Avail, r.Taken) - r.Taken}
		seen := map[string]bool{}
		var owing []string // posts with work of their own, in order of their items
		for _, it := range b.Items {
			own := r.of(it.Need)
			for _, c := range b.byItem[it.ID] {
				if own > 0 && b.due[c] <= r.Week {
					row.Terms = append(row.Terms, Term{c, own})
				}
			}
			if !seen[it.Post] && r.of(posts[it.Post].Need) > 0 {
				owing = append(owing, it.Post)
			}
			seen[it.Post] = true
		}
		most := 0
		for _, it := range b.Items {
			most += r.of(it.Need)
		}
		for _, id := range owing {
			most += r.of(posts[id].Need)
		}
		if most <= row.Max {
			continue // there is time for all of it
		}
		for _, id := range owing {
			if first, ok := begun[id]; ok && first <= r.Week {
				continue // it counts already
			}
			key := fmt.Sprintf("%s by week %d", id, r.Week)
			if _, ok := done[key]; !ok {
				done[key] = b.worked(key, id, r.Week)
			}
			if done[key] >= 0 {
				row.Terms = append(row.Terms, Term{done[key], r.of(posts[id].Need)})
			}
		}
		b.row(row)
	}
}

// worked makes the column that says whether anything of a post is due by the
// end of a week; -1 if nothing can be.
func (b *builder) worked(name, id string, week int) int {
	var over [][]int
	for _, it := range b.Items {
		if it.Post != id {
			continue
		}
		var sum []int
		for _, c := range b.byItem[it.ID] {
			if b.due[c] <= week {
				sum = append(sum, c)
			}
		}
		if len(sum) > 0 {
			over = append(over, sum)
		}
	}
	if len(over) == 0 {
		return -1
	}
	if len(over) == 1 && len(over[0]) == 1 {
		return over[0][0]
	}
	return b.column(name, over)
}

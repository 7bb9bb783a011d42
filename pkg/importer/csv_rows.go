package importer

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/civil"
)

func errNotText(name string) error { return fmt.Errorf("%s: no text: %w", name, ErrUnknown) }

// tableReader makes posts of rows.
type tableReader struct {
	*builder
	order dateOrder
}

// rows makes posts. Rows with the same title in the same language are one post
// that goes to several places.
func (t *tableReader) rows(rows []row) error {
	groups := map[string][]row{}
	var keys []string
	for _, r := range rows {
		title := folded(r.cells[colTitle])
		if line(r.cells[colTitle]) == "" {
			t.note(r.at, CodeEmptyRow, "")
			continue
		}
		key := title + "\x00" + t.lang(r)
		if title == "" {
			key = r.cells[colTitle] + "\x00" + t.lang(r)
		}
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], r)
	}
	for _, key := range keys {
		if err := t.post(key, groups[key]); err == errFull {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (t *tableReader) lang(r row) string {
	lang := knownLang(strings.ReplaceAll(r.cells[colLang], "_", "-"))
	if lang == "" {
		switch folded(r.cells[colLang]) {
		case "french", "francais":
			lang = "fr"
		case "english", "anglais":
			lang = "en"
		}
	}
	if lang == t.Lang {
		return ""
	}
	return lang
}

// post makes the post of the rows of one title.
func (t *tableReader) post(key string, rows []row) error {
	r := rows[0]
	first := func(c column) string {
		for _, r := range rows {
			if s := r.cells[c]; s != "" {
				return s
			}
		}
		return ""
	}
	e := entry{
		Title: line(r.cells[colTitle]), Slug: slugOf(first(colSlug)), Lang: t.lang(r), Summary: line(first(colSummary)),
		Format: line(first(colFormat)), Pillar: line(first(colPillar)), Campaign: line(first(colCampaign)), Audience: line(first(colAudience)),
		Objective: line(first(colObjective)), Question: line(first(colQuestion)),
	}
	for _, r := range rows {
		e.Tags = append(e.Tags, names(strings.ReplaceAll(r.cells[colTags], "#", ",")+","+r.cells[colCategory])...)
		for _, name := range names(r.cells[colAuthor]) {
			e.Authors = append(e.Authors, t.person(name))
		}
	}
	e.Tags, e.Authors = lines(e.Tags), lines(e.Authors)
	if who := line(first(colAssignee)); who != "" {
		e.Assignee = t.person(who)
	}
	if text := first(colBody); text != "" {
		e.body = strings.TrimSpace(text) + "\n"
	}
	p := Post{At: r.at, Key: "csv:" + key}
	if id := line(first(colID)); id != "" {
		p.Key = "csv-id:" + id
	}
	t.image(rows, &e)
	t.numbers(rows, &e)
	t.stage(rows, &e)
	t.when(rows, &e)
	if u, err := url.Parse(first(colURL)); err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") && e.Stage == "published" {
		p.Address = u.String()
	}
	e.shrink()
	p.Path = pathFor("", "", fileName(e.Slug, e.Title, "post-"+strconv.Itoa(r.at.Line)))
	var err error
	if p.Source, err = e.file(); err != nil {
		return err
	}
	return t.add(p)
}

// image takes an address; a file name leads nowhere.
func (t *tableReader) image(rows []row, e *entry) {
	for _, r := range rows {
		src := r.cells[colImage]
		u, err := url.Parse(src)
		switch {
		case src == "" || e.Image != nil:
		case err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http"):
			e.Image = &picture{Src: u.String()}
			t.keep(u.String())
		default:
			t.note(r.at, CodeMissing, line(src))
		}
	}
}

// numbers reads priority and effort.
func (t *tableReader) numbers(rows []row, e *entry) {
	for _, r := range rows {
		if s := r.cells[colPriority]; s != "" && e.Priority == 0 {
			switch n, err := strconv.Atoi(s); {
			case err == nil && n >= 1 && n <= 5:
				e.Priority = n
			case slices.Contains([]string{"high", "haute", "elevee", "urgent", "urgente", "forte"}, folded(s)):
				e.Priority = 5
			case slices.Contains([]string{"medium", "moyenne", "normal", "normale"}, folded(s)):
				e.Priority = 3
			case slices.Contains([]string{"low", "basse", "faible"}, folded(s)):
				e.Priority = 1
			default:
				t.note(r.at, CodeField, line(s))
			}
		}
		if s := strings.ReplaceAll(r.cells[colEffort], ",", "."); s != "" && e.Effort == "" {
			if n, err := strconv.ParseFloat(s, 64); err == nil && n > 0 && n < 1000 {
				s = civil.FormatWork(int(n * 60))
			}
			if _, err := civil.ParseWork(s); err != nil {
				t.note(r.at, CodeField, line(r.cells[colEffort]))
				continue
			}
			e.Effort = s
		}
	}
}

// stage is the earliest of the rows' that is said; else a row with a text is a
// draft, and one without an idea.
func (t *tableReader) stage(rows []row, e *entry) {
	order := []string{"idea", "draft", "review", "ready", "published", "archived"}
	for _, r := range rows {
		s := r.cells[colStatus]
		if s == "" {
			continue
		}
		stage := stageOf(s)
		if stage == "" {
			t.note(r.at, CodeStatus, line(s))
			continue
		}
		if e.Stage == "" || slices.Index(order, stage) < slices.Index(order, e.Stage) {
			e.Stage = stage
		}
	}
	if e.Stage == "" {
		e.Stage = "idea"
		if e.body != "" {
			e.Stage = "draft"
		}
	}
}

// stageOf is the stage that a word of a spreadsheet means, or "".
func stageOf(s string) string {
	for stage, words := range map[string][]string{
		"idea":      {"idea", "idee", "a faire", "todo", "to do", "backlog", "not started", "pas commence", "propose"},
		"draft":     {"draft", "brouillon", "en cours", "in progress", "wip", "redaction", "en redaction", "writing", "started", "commence"},
		"review":    {"review", "in review", "a relire", "relecture", "en relecture", "to review", "validation", "a valider", "en validation"},
		"ready":     {"ready", "pret", "prete", "valide", "validee", "approved", "scheduled", "programme", "programmee", "planifie", "planifiee", "a publier", "ok"},
		"published": {"published", "publie", "publiee", "posted", "poste", "done", "sent", "envoye", "envoyee", "en ligne", "live", "fait", "termine"},
		"archived":  {"archived", "archive", "archivee", "cancelled", "canceled", "annule", "annulee", "abandonne"},
	} {
		if slices.Contains(words, folded(s)) {
			return stage
		}
	}
	return ""
}

// when reads dates and platforms. One row pins the post; several rows pin it on
// the platforms of each. Only what is to come is pinned, and what is published
// keeps its day.
func (t *tableReader) when(rows []row, e *entry) {
	asked, several := false, len(rows) > 1
	var all []string
	for _, r := range rows {
		names := t.platforms(r)
		asked = asked || r.cells[colPlatform] != ""
		date := t.date(r, colDate, r.cells[colTime])
		if e.Deadline == "" {
			e.Deadline = t.date(r, colDeadline, "")
		}
		if date != "" && e.Stage != "published" && t.past(date) {
			t.note(r.at, CodePast, "")
			date = ""
		}
		for _, name := range names {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
			text := r.cells[colBody]
			if strings.TrimSpace(text) == strings.TrimSpace(e.body) {
				text = ""
			}
			if several && (date != "" || text != "") {
				if e.Variants == nil {
					e.Variants = map[string]variant{}
				}
				e.Variants[name] = variant{Date: date, Text: strings.TrimSpace(text)}
			}
		}
		if date != "" && (!several || len(names) == 0 || e.Stage == "published") && e.Date == "" {
			e.Date = date
		}
	}
	if e.Deadline != "" && t.past(e.Deadline) {
		e.Deadline = ""
		t.note(rows[0].at, CodePast, "")
	}
	if e.Deadline != "" && t.beforePins(*e) {
		// In a table it is when the work is due; here, the last day of use.
		e.Deadline = ""
		t.note(rows[0].at, CodeDue, "")
	}
	if asked {
		if all == nil {
			all = []string{}
		}
		e.Platforms = &all
	}
}

// beforePins reports whether a post is to go out somewhere after its deadline.
func (t *tableReader) beforePins(e entry) bool {
	pins := []string{e.Date}
	for _, v := range e.Variants {
		pins = append(pins, v.Date)
	}
	limit, err := t.Zone.ParseMoment(e.Deadline)
	return err == nil && slices.ContainsFunc(pins, func(pin string) bool {
		m, err := t.Zone.ParseMoment(pin)
		return pin != "" && err == nil && (m.Local.Date.Compare(limit.Local.Date) > 0 || limit.HasClock && m.Instant.After(limit.Instant))
	})
}

// platforms are the office's that a row names.
func (t *tableReader) platforms(r row) []string {
	var found []string
	for _, word := range names(strings.NewReplacer("/", ",", "+", ",", "&", ",", "|", ",", " et ", ",", " and ", ",").Replace(r.cells[colPlatform])) {
		name := t.Platforms[strings.ToLower(word)]
		for _, other := range synonyms(folded(word)) {
			if name == "" {
				name = t.Platforms[other]
			}
		}
		if name == "" {
			t.note(r.at, CodePlatform, line(word))
			continue
		}
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// synonyms are other words for a platform.
func synonyms(word string) []string {
	for _, group := range [][]string{
		{"x", "twitter", "x twitter"},
		{"facebook", "fb", "page facebook", "facebook page"},
		{"instagram", "insta", "ig"},
		{"linkedin", "li"},
		{"youtube", "yt"},
		{"mastodon", "masto"},
		{"blog", "site", "site web", "website", "web", "site internet"},
		{"newsletter", "lettre", "infolettre", "lettre d information", "email", "e mail", "mail", "mailing"},
	} {
		if slices.Contains(group, word) {
			return group
		}
	}
	return []string{word}
}

// names parts a cell at commas, semicolons and line ends.
func names(cell string) []string {
	return lines(strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }))
}

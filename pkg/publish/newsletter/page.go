package newsletter

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"

	"editorial/pkg/civil"
	"editorial/pkg/publish"
)

// page is what the frame of every page needs.
type page struct {
	*letter
	Style        template.CSS
	Canonical    string // absolute, or ""
	NoIndex      bool
	Home         string // addresses from the page
	All          string
	Newer, Older *turn
	// Note says that the page is not public, or "".
	Note string
	// Unready says what is not ready to be sent, one a line.
	Unready []string
	// Years are the editions, on the list of them.
	Years []year
}

type turn struct{ Href, Title string }

type row struct {
	Href, Title, Lang string
	Date              date
}

type year struct {
	Year int
	Rows []row
}

func (p *press) write(kind, name string, data *page) (publish.File, error) {
	data.Style = template.CSS(p.pageStyle)
	made, err := p.kinds[kind].Execute("page", data)
	if err != nil {
		return publish.File{}, fmt.Errorf("render %s: %w", name, err)
	}
	return publish.File{Path: name, Data: made}, nil
}

// archive makes a page of every edition, newest first, the list of them, and
// copies of the files that they lead to; without an archive the copies of pictures
// alone.
func (p *press) archive(s publish.Site, bodies publish.Bodies, editions []Edition) ([]publish.File, error) {
	links, used := publish.NewLinks(s), map[string]string{}
	letters := make([]*letter, len(editions))
	for i, e := range editions {
		dir := p.opts.Folder + e.ID + "/"
		t := &setter{p, s, bodies, links, medium{
			page: func(e publish.Entry) string { return publish.Relative(dir, e.Path) },
			asset: func(x publish.Target) string {
				used[x.Source] = x.Asset.Path
				return publish.Relative(dir, x.Asset.Path) + x.Suffix
			},
			inner: true,
			shows: func(string) bool { return true },
		}}
		var err error
		if letters[i], err = t.set(e); err != nil {
			return nil, err
		}
	}
	var files []publish.File
	for _, source := range slices.Sorted(maps.Keys(used)) {
		if p.opts.Archive || isPicture(s.Assets[source]) {
			files = append(files, publish.File{Path: used[source], Source: source})
		}
	}
	if !p.opts.Archive {
		return files, publish.CheckPaths(files)
	}
	for i, l := range letters {
		dir := p.opts.Folder + editions[i].ID + "/"
		data := &page{letter: l, Canonical: l.Online, NoIndex: p.opts.NoIndex, Home: publish.Relative(dir, ""), All: publish.Relative(dir, p.opts.Folder)}
		to := func(j int) *turn {
			return &turn{publish.Relative(dir, p.opts.Folder+editions[j].ID+"/"), letters[j].Title}
		}
		if i > 0 {
			data.Newer = to(i - 1)
		}
		if i+1 < len(letters) {
			data.Older = to(i + 1)
		}
		f, err := p.write("edition", dir+"index.html", data)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	list, err := p.list(s, links, editions, letters)
	if err != nil {
		return nil, err
	}
	files = append(files, list)
	return files, publish.CheckPaths(files)
}

// list makes the list of editions by year.
func (p *press) list(s publish.Site, links *publish.Links, editions []Edition, letters []*letter) (publish.File, error) {
	t := &setter{press: p, site: s, links: links}
	lang := t.languages()[0]
	line := func(text string) string { return publish.Spaces(s.Lang, publish.Line(text)) }
	data := &page{
		letter: &letter{
			Lang: lang, Dir: direction(lang), say: p.say(s, lang),
			Name: line(cmp.Or(p.opts.Title, s.Title, s.URL)), Site: line(cmp.Or(s.Title, s.URL)),
		},
		Canonical: links.URL(p.opts.Folder), NoIndex: p.opts.NoIndex, Home: publish.Relative(p.opts.Folder, ""),
	}
	data.Title = data.Name
	for i, e := range editions {
		r := row{Href: publish.Relative(p.opts.Folder, p.opts.Folder+e.ID+"/"), Title: letters[i].Title, Date: t.date(lang, e.At)}
		if letters[i].Lang != lang {
			r.Lang = letters[i].Lang
		}
		n := s.Zone.Date(e.At).Year
		if len(data.Years) == 0 || data.Years[len(data.Years)-1].Year != n {
			data.Years = append(data.Years, year{Year: n})
		}
		last := &data.Years[len(data.Years)-1]
		last.Rows = append(last.Rows, r)
	}
	return p.write("archive", p.opts.Folder+"index.html", data)
}

// preview makes the page of an edition that is not out, to be opened from a
// disk: its pictures lie beside it.
func (p *press) preview(s publish.Site, bodies publish.Bodies, e Edition, dir string) ([]publish.File, error) {
	links, used := publish.NewLinks(s), map[string]string{}
	t := &setter{p, s, bodies, links, medium{
		page: func(e publish.Entry) string { return e.URL },
		asset: func(x publish.Target) string {
			used[x.Source] = x.Asset.Path
			return publish.Relative("", x.Asset.Path) + x.Suffix
		},
		inner: true,
		shows: func(string) bool { return true },
	}}
	l, err := t.set(e)
	if err != nil {
		return nil, err
	}
	at := s.Zone.DateTime(e.At)
	data := &page{letter: l, NoIndex: true, Home: links.URL(""), Note: l.say("preview", "date", l.Date.Text, "time", clock(at))}
	for _, x := range e.Unready() {
		why := x.Field
		if why == "stage" {
			why += "-" + string(x.Post.Stage)
		}
		title := publish.Spaces(x.Post.Lang, publish.Headline(x.Post, ""))
		data.Unready = append(data.Unready, l.say("unready-post", "title", title, "why", l.say(why)))
	}
	f, err := p.write("edition", dir+"index.html", data)
	if err != nil {
		return nil, err
	}
	f.Private = true
	files := []publish.File{f}
	for _, source := range slices.Sorted(maps.Keys(used)) {
		files = append(files, publish.File{Path: dir + used[source], Private: true, Source: source})
	}
	return files, nil
}

func clock(at civil.DateTime) string { return fmt.Sprintf("%02d:%02d", at.Hour, at.Minute) }

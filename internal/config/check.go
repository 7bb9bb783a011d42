package config

import (
	"cmp"
	"maps"
	"net"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
)

// checker finds what no single value shows to be wrong.
type checker struct {
	*decoder
	c *Config
}

func (c *checker) all() {
	c.site()
	c.goals()
	for _, name := range slices.Sorted(maps.Keys(c.c.Platforms)) {
		c.platform("platforms."+name, name, c.c.Platforms[name])
	}
	c.cycles()
	c.slots()
	for _, p := range c.c.People {
		c.ranges("people."+p.ID+".absences", p.Absences)
	}
	c.closed("plan", c.c.Plan.Blackout, c.c.Plan.Quiet)
	for _, about := range slices.Sorted(maps.Keys(c.c.Policy.Share)) {
		c.share("policy.share."+string(about), c.c.Policy.Share[about])
	}
	c.letters()
	c.mailServer()
	c.names()
}

// letters: each list is of a newsletter, and no two have one identifier or one
// folder.
func (c *checker) letters() {
	names := c.c.newsletters()
	for _, l := range c.c.Newsletter.Lists {
		key := "newsletter.lists." + l.ID
		switch {
		case !slices.Contains(names, l.Platform) && !c.wrong[key+".platform"]:
			c.find(c.at(key+".platform"), CodeListPlatform, problem.Params{"value": l.Platform, "known": strings.Join(names, ", ")})
		case l.Platform == string(KindNewsletter) && l.ID != l.Platform && slices.Contains(names, l.ID):
			c.find(c.at(key+".id"), CodeListName, problem.Params{"value": l.ID})
		}
	}
	first := map[string]Letter{}
	for _, l := range c.c.Letters() {
		other, taken := first[l.ListID]
		if l.ListID == "" || !taken {
			first[l.ListID] = l
			continue
		}
		key := "newsletter.list_id"
		if l.List != "" {
			key = "newsletter.lists." + l.List + ".list_id"
		}
		c.add(c.at(key), problem.Warning, CodeOneListID, problem.Params{"platforms": other.name() + ", " + l.name()})
	}
}

// name is how a letter is called in messages.
func (l Letter) name() string { return cmp.Or(l.List, l.Platform) }

func (c *checker) site() {
	s := c.c.Site
	if s.URL == "" && !c.wrong["site.url"] {
		c.find(c.at("site.url"), CodeNotURL, problem.Params{"value": ""})
	}
	if strings.TrimSpace(s.Title) == "" && !c.wrong["site.title"] {
		c.add(c.at("site.title"), problem.Warning, CodeNoTitle, nil)
	}
}

// goals: an objective without a measure is none.
func (c *checker) goals() {
	for i, o := range c.c.Objectives {
		key := "objectives." + o.ID
		if _, ok := c.places[key]; !ok {
			key = "objectives." + strconv.Itoa(i+1)
		}
		var lacks []string
		if strings.TrimSpace(o.Metric) == "" && !c.wrong[key+".metric"] {
			lacks = append(lacks, "metric")
		}
		if o.Target == 0 && !c.wrong[key+".target"] {
			lacks = append(lacks, "target")
		}
		if len(lacks) > 0 {
			c.find(c.at(key), CodeNoMeasure, problem.Params{"value": o.ID, "lacks": strings.Join(lacks, ", ")})
		} else if o.By.IsZero() && !c.wrong[key+".by"] {
			c.add(c.at(key), problem.Warning, CodeNoDate, problem.Params{"value": o.ID})
		}
	}
}

func (c *checker) platform(key, name string, p Platform) {
	if p.Kind == "" && !c.wrong[key+".kind"] {
		c.find(c.at(key+".kind"), CodeMissingKey, nil)
	}
	c.rhythm(key, p.Rhythm)
	if e := p.Edition; e.Min > e.Max {
		c.find(c.at(key+".edition"), CodeMinAboveMax, problem.Params{"min": strconv.Itoa(e.Min), "max": strconv.Itoa(e.Max)})
	}
	sum := PerMille(0)
	for _, intent := range slices.Sorted(maps.Keys(p.Mix)) {
		c.share(key+".mix."+string(intent), p.Mix[intent])
		sum += p.Mix[intent].Min
	}
	if sum > 1000 {
		c.find(c.at(key+".mix"), CodeMixTooMuch, problem.Params{"sum": sum.String()})
	}
	sum = 0
	for _, pillar := range slices.Sorted(maps.Keys(p.PillarMix)) {
		c.share(key+".pillar_mix."+pillar, p.PillarMix[pillar])
		sum += p.PillarMix[pillar].Min
	}
	if sum > 1000 {
		c.find(c.at(key+".pillar_mix"), CodeMixTooMuch, problem.Params{"sum": sum.String()})
	}
	c.closed(key, p.Blackout, p.Quiet)
	if p.Live && p.Kind == KindNewsletter {
		c.mailing(key, name)
	}
}

// maxSlots is how many slots all platforms may have until the horizon.
const maxSlots = 200_000

// slots: a slot a minute on every platform for two years would be some millions.
func (c *checker) slots() {
	sum := 0
	for _, name := range slices.Sorted(maps.Keys(c.c.Platforms)) {
		r := c.c.Platforms[name].Rhythm
		week := len(r.Times)/max(1, r.Every) + r.PerWeek.N
		if r.RRule != "" {
			week += 7 * (1 + strings.Count(r.RRule, ",")) // each day, at each of its times
		}
		if sum += week * c.c.Plan.Weeks; sum > maxSlots {
			c.find(c.at("platforms."+name+".rhythm"), CodeTooManySlots, problem.Params{"max": strconv.Itoa(maxSlots)})
			return
		}
	}
}

// mailing: nothing is mailed without what the law and the mail providers want,
// and to nobody.
func (c *checker) mailing(key, name string) {
	lacks := c.c.Lacks(name)
	for _, l := range c.c.Letters() {
		if l.Platform == name && c.c.Newsletter.SMTP.Host != "" && len(l.To) == 0 {
			lacks = append(lacks, l.keyOf("to"))
		}
	}
	for _, need := range lacks {
		c.find(c.at(key+".live"), CodeLiveLacking, problem.Params{"platform": name, "lacks": need})
	}
}

// mailServer: passwords and mails are shown to nobody, and there are not more
// readers than may be given by hand.
func (c *checker) mailServer() {
	n := c.c.Newsletter
	few := func(key string, to []string) {
		if count := len(to); count > MaxRecipients {
			c.find(c.at(key), CodeTooManyRecipients, problem.Params{"count": strconv.Itoa(count), "max": strconv.Itoa(MaxRecipients)})
		}
	}
	few("newsletter.to", n.To)
	for _, l := range n.Lists {
		few("newsletter.lists."+l.ID+".to", l.To)
	}
	if s := n.SMTP; s.Security == SecurityNone && s.Host != "" && (!isLoopback(s.Host) || s.User != "" || !s.Password.IsZero()) {
		c.find(c.at("newsletter.smtp.security"), CodeSMTPOpen, nil)
	}
	for _, key := range n.DKIM.lacks() {
		c.find(c.at("newsletter.dkim"), CodeDKIM, problem.Params{"lacks": key, "variable": variable("newsletter.dkim.key") + "_FILE"})
	}
	if d := n.DKIM.Domain; d != "" {
		c.signs(d)
	}
}

// signs: mail providers count a signature of the sender's domain, or of one above
// it, and of no other (RFC 7489, section 3.1.1).
func (c *checker) signs(domain string) {
	told := map[string]bool{}
	for _, l := range c.c.Letters() {
		from, err := mail.ParseAddress(l.From)
		if err != nil || told[l.From] {
			continue
		}
		told[l.From] = true
		_, host, _ := strings.Cut(from.Address, "@")
		if !strings.HasSuffix("."+strings.ToLower(host), "."+strings.ToLower(domain)) {
			c.add(c.at("newsletter.dkim.domain"), problem.Warning, CodeDKIMDomain, problem.Params{"value": domain, "from": l.From})
		}
	}
}

// keyOf is the key of a letter that a name has in the file.
func (l Letter) keyOf(name string) string {
	if l.List == "" {
		return "newsletter." + name
	}
	return "newsletter.lists." + l.List + "." + name
}

// isLoopback reports whether a host is this machine by its name.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func (c *checker) share(key string, s Share) {
	if s.Min > s.Max {
		c.find(c.at(key), CodeMinAboveMax, problem.Params{"min": s.Min.String(), "max": s.Max.String()})
	}
}

func (c *checker) closed(key string, blackout []Range, quiet []Quiet) {
	c.ranges(key+".blackout", blackout)
	for i, q := range quiet {
		if q.From == q.To {
			at := c.at(key + ".quiet." + strconv.Itoa(i+1))
			c.find(at, CodeBackwards, problem.Params{"from": q.From.String(), "to": q.To.String()})
		}
	}
}

func (c *checker) ranges(key string, rs []Range) {
	for i, r := range rs {
		if r.To.Before(r.From) {
			at := c.at(key + "." + strconv.Itoa(i+1))
			c.find(at, CodeBackwards, problem.Params{"from": r.From.String(), "to": r.To.String()})
		}
	}
}

// cycles reports each circle of platforms that derive from each other, once,
// at its first platform.
func (c *checker) cycles() {
	told := map[string]bool{}
	for _, first := range slices.Sorted(maps.Keys(c.c.Platforms)) {
		var way []string
		for name := first; name != "" && !told[name] && !slices.Contains(way, name); name = c.c.Platforms[name].DerivesFrom {
			way = append(way, name)
		}
		if len(way) > 0 {
			if back := c.c.Platforms[way[len(way)-1]].DerivesFrom; back != "" && slices.Contains(way, back) {
				circle := append(way[slices.Index(way, back):], back)
				c.find(c.at("platforms."+circle[0]+".derives_from"), CodeCycle, problem.Params{"cycle": strings.Join(circle, " → ")})
			}
		}
		for _, name := range way {
			told[name] = true
		}
	}
}

// names looks up every name that must lead somewhere.
func (c *checker) names() {
	var people, pillars, audiences []string
	for _, p := range c.c.People {
		people = append(people, p.ID)
	}
	for _, p := range c.c.Pillars {
		pillars = append(pillars, p.ID)
	}
	for _, a := range c.c.Audiences {
		audiences = append(audiences, a.ID)
	}
	lists := map[string][]string{
		"platform": slices.Sorted(maps.Keys(c.c.Platforms)), "format": slices.Sorted(maps.Keys(c.c.Formats)),
		"person": people, "pillar": pillars, "audience": audiences, "site-lang": c.c.Site.Langs,
	}
	for _, r := range c.refs {
		c.among(spot{key: r.key, at: r.at}, r.name, lists[r.what])
	}
}

// finish fills in what follows from other values.
func (c *checker) finish() {
	s := &c.c.Site
	if s.URL != "" && !strings.HasSuffix(s.URL, "/") {
		s.URL += "/"
	}
	langs := []string{s.Lang}
	for _, l := range s.Langs {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	s.Langs = langs
	oneDay(c.c.Plan.Blackout)
	for i := range c.c.People {
		oneDay(c.c.People[i].Absences)
	}
	for name, p := range c.c.Platforms {
		if p.Kind == "" && slices.Contains(p.Kind.Known(), name) {
			p.Kind = Kind(name)
		}
		if e := &p.Edition; *e != (Bounds{}) || p.Kind == KindNewsletter {
			e.Min = max(e.Min, 1)
			if e.Max == 0 {
				e.Max = max(e.Min, 10)
			}
		}
		oneDay(p.Blackout)
		c.c.Platforms[name] = p
	}
	letters := c.c.newsletters()
	for _, name := range letters {
		p := c.c.Platforms[name]
		if _, said := c.origins["platforms."+name+".archive"]; !said {
			p.Archive = c.c.Newsletter.Archive && (name == string(KindNewsletter) || len(letters) == 1)
		}
		c.c.Platforms[name] = p
	}
	c.lists()
}

// oneDay lets a range without an end be the one day that it names.
func oneDay(rs []Range) {
	for i := range rs {
		if rs[i].To.IsZero() {
			rs[i].To = rs[i].From
		}
	}
}

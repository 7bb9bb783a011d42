package config_test

import (
	"strings"
	"testing"

	"editorial/internal/config"
)

// bad are documents with everything that reading finds in them, in order.
func bad() []struct{ name, src string } {
	return []struct{ name, src string }{
		{"unknown keys, with the nearest name", "[site]\ntitle = 'T'\ntittle = 'U'\ncolour = 1\n[plans]\nweeks = 3\n"},
		{"a key of a table inside", "site.title = 'T'\n[platforms.blog]\ntimes = []\n"},
		{"wrong types", "[site]\ntitle = 3\nlangs = 'fr'\nplatforms = [1]\n[plan]\nweeks = '13'\nreserve = 'a lot'\nlock = 48\n[feeds]\nfull = 'yes'\nwindow = 20\n[people]\nid = 'awa'\n"},
		{"out of range", "site.title = 'T'\n[plan]\nweeks = 0\nreserve = 1.2\npriority = 6\n[platforms.x]\nedition = { min = 0 }\nmix.inform = { max = 20 }\nrhythm.weight = 11\n"},
		{"zones", "site.title = 'T'\nsite.zone = 'Europe/Pariss'\n"},
		{"zone of the host", "site.title = 'T'\nsite.zone = 'Local'\n"},
		{"spans, clocks, days, dates", "site.title = 'T'\n[platforms.x]\ngap = 'soon'\nlead = '36h'\nrhythm.times = ['Tuesday', 'Tue 25:00', 'Tue 09:00', { weight = 2 }]\nrhythm.per_week = { n = 2, between = 'dawn', on = ['Someday'] }\nrhythm.anchor = 2026-02-30\n"},
		{"dates", "site.title = 'T'\n[plan]\nblackout = ['2026-02-30', { to = 2026-01-01 }, { from = 2026-01-03, to = 2026-01-01 }]\nquiet = [{ from = '07:00', to = '07:00' }]\n[[people]]\nid = 'awa'\nhours = '2 days'\nabsences = [{ from = 2026-05-02, to = 2026-05-01 }]\n"},
		{"addresses", "[site]\ntitle = 'T'\nurl = 'velo.example'\nemail = 'Us <us@velo.example>'\nhub = 'https://user:pw@hub.example/'\nindexnow = '../robots'\nlang = 'french'\nlangs = ['en', 'fr_CA']\npermalink = '/posts/'\n[newsletter]\nfrom = 'nobody'\nreply_to = 'élan@velo.example'\nunsubscribe_url = 'http://velo.example/bye'\nlist_id = 'lettre'\nsubject = ':titel'\n[utm]\nsource = ':platfrom'\n[strategy]\ncurrency = 'euro'\n"},
		{"senders with a comma", "site.title = 'T'\n[newsletter]\nfrom = 'Été, \"la\" lettre <a@b.example>'\nreply_to = '\"Été, la lettre\" <a@b.example>'\n"},
		{"two newsletters, one list", "site.title = 'T'\n[platforms.newsletter]\n[newsletter]\nlist_id = 'letter.velo.example'\n[[newsletter.lists]]\nid = 'fr'\n[[newsletter.lists]]\nid = 'en'\nlist_id = 'fr.letter.velo.example'\n"},
		{"lists", "site.title = 'T'\n[platforms.newsletter]\n[platforms.members]\nkind = 'newsletter'\n[platforms.blog]\n[[newsletter.lists]]\nid = 'members'\n[[newsletter.lists]]\nid = 'a'\nplatform = 'blog'\nlanguages = ['de']\naudiences = ['all']\nfrom = 'x'\n"},
		{"names that lead nowhere", "[site]\ntitle = 'T'\nplatforms = ['blgo', 'mastodon']\n[platforms.blog]\nderives_from = 'bolg'\nlanguages = ['fr']\nformat = 'video'\npillar_mix.vie = { max = 0.5 }\n[crisis]\npeople = ['awa']\n"},
		{"words that are one of a few", "site.title = 'T'\n[platforms.page]\n[platforms.site]\nkind = 'blogg'\nmix.conversation = { min = 0.9 }\nlate = { then = 'burn' }\n[plan]\nholidays = ['fr', 'xx']\n"},
		{"names of the office", "site.title = 'T'\n[platforms.'My Blog']\nkind = 'blog'\n[[people]]\nid = 'Awa'\n[[people]]\nname = 'Nobody'\n"},
		{"the same person twice", "site.title = 'T'\n[[people]]\nid = 'awa'\n[[people]]\nid = 'leo'\n[[people]]\nid = 'awa'\n"},
		{"circles", "site.title = 'T'\n[platforms.blog]\nderives_from = 'x'\n[platforms.x]\nderives_from = 'facebook'\n[platforms.facebook]\nderives_from = 'blog'\n[platforms.rss]\nderives_from = 'blog'\n[platforms.flickr]\nderives_from = 'flickr'\n"},
		{"minimum above maximum", "site.title = 'T'\n[platforms.x]\nedition = { min = 5, max = 2 }\nmix.inform = { min = 0.8, max = 0.2 }\nmix.engage.min = 0.5\n"},
		{"objectives", "site.title = 'T'\n[[objectives]]\nid = 'fame'\n[[objectives]]\nid = 'money'\nmetric = 'euros'\n[[objectives]]\nid = 'members'\nmetric = 'members'\ntarget = 10\n"},
		{"two weeks without an anchor", "site.title = 'T'\n[platforms.blog]\nrhythm.times = ['Tue 09:00']\nrhythm.every = 2\n[platforms.x.rhythm]\nrrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=9'\n"},
		{"weeks without times", "site.title = 'T'\n[platforms.blog.rhythm]\nper_week = { n = 2 }\nevery = 2\nanchor = 2026-09-01\n"},
		{"rules", "site.title = 'T'\n[platforms]\na = { kind = 'blog', rhythm.rrule = 'every Tuesday' }\nb = { kind = 'blog', rhythm.rrule = 'FREQ=WEEKLY;BYDAY=TU;COUNT=3' }\nc = { kind = 'blog', rhythm.rrule = 'FREQ=HOURLY;BYHOUR=9' }\nd = { kind = 'blog', rhythm.rrule = 'FREQ=WEEKLY;BYDAY=TU' }\ne = { kind = 'blog', rhythm.rrule = 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=9' }\nf = { kind = 'blog', rhythm.rrule = 'FREQ=WEEKLY;BYDAY=XX;BYHOUR=9' }\ng = { kind = 'blog', rhythm.rrule = 'FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5' }\nh = { kind = 'blog', rhythm.rrule = 'FREQ=MONTHLY;BYHOUR=9' }\ni = { kind = 'blog', rhythm.rrule = 'FREQ=DAILY;BYHOUR=25' }\nj = { kind = 'blog', rhythm.rrule = 'FREQ=DAILY;BYHOUR=9;UNTIL=20261231T000000Z' }\n"},
		{"rules that the library does not survive", "site.title = 'T'\n[platforms]\na = { kind = 'blog', rhythm.rrule = 'FREQ=MONTHLY;BYDAY=9MO;BYHOUR=9' }\nb = { kind = 'blog', rhythm.rrule = 'FREQ=YEARLY;BYMONTH=1;BYDAY=-9MO;BYHOUR=9' }\nc = { kind = 'blog', rhythm.rrule = 'FREQ=WEEKLY;BYDAY=1MO;BYHOUR=9' }\nd = { kind = 'blog', rhythm.rrule = 'FREQ=DAILY;INTERVAL=9223372036854775807;BYHOUR=9' }\ne = { kind = 'blog', rhythm.rrule = 'FREQ=DAILY;INTERVAL=0;BYHOUR=9' }\n"},
		{"a mailing without what the law wants", "site.title = 'T'\n[platforms.newsletter]\nlive = true\n[newsletter]\nfrom = 'us@velo.example'\n"},
		{"secrets in the open", "site.title = 'T'\n[newsletter.smtp]\nhost = 'smtp.velo.example'\npassword = 'hunter2'\n[platforms.mastodon.connection]\ntoken = 17\n"},
		{"what posts call things", "site.title = 'T'\n[content]\ndate_keys = ['paru_le', 'draft']\ntags = 'semicolons'\nfolders = [{ name = 'x' }, { name = 'y', lang = 'de' }]\n"},
		{"slots beyond number", "site.title = 'T'\nplan.weeks = 104\n[platforms.x.rhythm]\ntimes = [" + strings.Repeat("'Tue 09:00',", 2000) + "]\n"},
		{"no title", "[site]\n"},
		{"no TOML at all", "site = {\n[plan]\nweeks = 'x'\n"},
		{"the same key twice", "site.title = 'T'\n[plan]\nweeks = 3\nweeks = 4\n"},
	}
}

func TestParse_findsEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range bad() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, problems := config.Parse([]byte(tt.src), config.Options{})
			got := ""
			for _, p := range problems {
				got += p.Error() + "\n"
			}
			golden(t, "bad/"+tt.name+".txt", got)
		})
	}
}

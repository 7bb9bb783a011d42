package office

import (
	"testing"

	"editorial/internal/config"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

func TestPermalink_fillsInWhatThePostHas(t *testing.T) {
	t.Parallel()
	o := &Office{Config: config.Config{Site: config.Site{Lang: "fr", Langs: []string{"fr", "en", "zh-cn"}}}, Zone: civil.UTC()}
	day := civil.Date{Year: 2026, Month: 7, Day: 4}
	for _, tt := range []struct{ pattern, file, keys, want string }{
		{"/:lang/:slug/", "velo.md", "", "fr/velo/"},
		{"/:otherlang/:slug/", "velo.md", "", "velo/"},
		{"/:otherlang/:path/", "en/posts/velo.md", "", "en/posts/velo/"},
		{"/:otherlang/:path/", "posts/velo/index.zh-cn.md", "", "zh-cn/posts/velo/"},
		{"/:path/", "articles/2024/2024-02-06_mise_en_place.md", "", "articles/2024/2024-02-06_mise_en_place/"},
		{"/:path/", "Mes Articles/Été.md", "", "mes-articles/Été/"},
		{"/:path/", "a/con/nul.md", "", "a/post-con/post-nul/"},
		{"/:section/:title/", "posts/2024/x.md", "", "posts/le-titre/"},
		{"/:sections/:slug/", "posts/2024/x.md", "slug: y", "posts/2024/y/"},
		{"/:title/", "_posts/2024-05-01-Sass-3.0.md", "", "Sass-3.0/"},
		{"/:title/", "_posts/2024-05-01-Sass-3.0.md", "slug: sass", "sass/"},
		{"/:slugorfilename/", "2024-05-01-x.md", "", "2024-05-01-x/"},
		{"/:slugorcontentbasename/", "2024-05-01-x.md", "slug: y", "y/"},
		{"/:slugortitle/", "2024-05-01-x.md", "", "le-titre/"},
		{"/:slugortitle/", "2024-05-01-x.md", "slug: y", "y/"},
		{"/:filename.html", "2024-05-01-x.md", "", "2024-05-01-x.html"},
		{"/:categories/:slug:output_ext", "x.md", "categories: [Le Vélo, Ville]", "le-velo/ville/x.html"},
		{"/:category/:slug/", "x.md", "categories: [Le Vélo, Ville]", "le-velo/x/"},
		{"/:categories/:pillar/:slug/", "x.md", "", "x/"},
		{"/:year/:short_year/:month/:i_month/:day/:i_day/:y_day/:id/", "x.md", "id: A", "2026/26/07/7/04/4/185/a/"},
		{"/:slug/", "x.md", "permalink: /:year/own.html", "2026/own.html"},
		{"/:slug/", "x.md", "permalink: own/:slug_:lang", "own/x_fr/"},
	} {
		o.Config.Site.Permalink = tt.pattern
		p := content.Read(tt.file, []byte("---\ntitle: Le titre\n"+tt.keys+"\n---\n"), o.defaults())
		if got := o.permalink(p, day); got != tt.want || p.HasErrors() {
			t.Errorf("%s of %s %s: %q, want %q %v", tt.pattern, tt.file, tt.keys, got, tt.want, p.Problems)
		}
	}
}

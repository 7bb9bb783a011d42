package newsletter_test

import (
	"fmt"

	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/newsletter"
)

func ExampleMailing() {
	s := sample.Site()
	e := newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published, Number: 3, Posts: s.Entries[:2]}
	m, err := newsletter.NewMailing(newsletter.Options{
		Name: "newsletter", Folder: "newsletter/", Title: "La lettre", From: "L’Atelier <lettre@velo.example>",
	}, e)
	if err != nil {
		fmt.Println(err)
		return
	}
	files, err := m.Files(s, sample.Bodies(s))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		fmt.Println(f.Path)
	}
	// Output:
	// img/atelier.jpg
	// editions/2026-11-12/index.html
	// editions/2026-11-12/img/atelier.jpg
	// editions/2026-11-12/mail.html
	// editions/2026-11-12/mail.txt
	// editions/2026-11-12/mail.eml
}

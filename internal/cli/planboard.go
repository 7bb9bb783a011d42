package cli

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// boardWidth is the least width at which the stages stand side by side; below
// it they stand one under the other.
const boardWidth = 100

// cards are those of a stage that the view holds.
func (v *planView) cards(o *office.Office) map[content.Stage][]office.Card {
	all := map[content.Stage][]office.Card{}
	for stage, cards := range o.Board(v.proposal, v.month) {
		for _, c := range cards {
			if (v.platform == "" || contains(o.GoesTo(c.Post), v.platform)) && (v.person == "" || contains(c.People, v.person)) {
				all[stage] = append(all[stage], c)
			}
		}
	}
	return all
}

// stageTitle heads a column: its name, how many there are, and the work left.
func (a *app) stageTitle(v *planView, stage content.Stage, cards []office.Card) string {
	title := a.stageCount(stage, a.words.Month(v.month.Month), cards)
	if left := a.stageHours(cards); left != "" {
		title += " · " + left
	}
	return title
}

// stageCount names a stage, and how many posts there are.
func (a *app) stageCount(stage content.Stage, month string, cards []office.Card) string {
	name := a.say("stage." + string(stage))
	if stage == content.Published {
		name = a.words.Say("views.out-in", problem.Params{"month": month})
	}
	return capital(name) + " · " + strconv.Itoa(len(cards))
}

// stageHours says how much work is left in a stage; "" if there is none.
func (a *app) stageHours(cards []office.Card) string {
	minutes := 0
	for _, c := range cards {
		minutes += c.Minutes
	}
	if minutes == 0 {
		return ""
	}
	return a.words.Hours(minutes)
}

// whenWord says when the work on a card is due, or when it goes or went out.
func (a *app) whenWord(o *office.Office, c office.Card) (string, term.Style) {
	switch {
	case c.Stage == content.Published && c.Out.IsZero():
		return "", ""
	case c.Stage == content.Published:
		return "✓ " + a.words.ShortDate(o.Zone.Date(c.Out)), term.Good
	case c.Stage == content.Ready && c.Next != nil:
		mark, style := markOf(*c.Next)
		return mark + " " + a.words.ShortDate(o.Zone.Date(c.Next.At)) + " " + c.Next.Platform, style
	case !c.Due.IsZero():
		style := term.Style("")
		if o.Zone.Date(c.Due).Before(o.Zone.Date(o.Now)) {
			style = term.Bad
		}
		return a.words.Say("views.by", problem.Params{"date": a.words.ShortDate(o.Zone.Date(c.Due))}), style
	case c.Left:
		return a.say("views.no-place"), term.Caution
	}
	return a.say("views.no-date"), term.Quiet
}

// cardWho says how urgent a card is, whose it is, and how much is left.
func (a *app) cardWho(o *office.Office, c office.Card) string {
	parts := []string{a.words.Say("views.priority", problem.Params{"n": strconv.Itoa(c.Post.Priority)})}
	if len(c.People) > 0 {
		name, _, _ := strings.Cut(o.PersonName(c.People[0]), " ")
		if len(c.People) > 1 {
			name += " +" + strconv.Itoa(len(c.People)-1)
		}
		parts = append(parts, words.Inert(name))
	}
	if c.Minutes > 0 {
		parts = append(parts, a.words.Hours(c.Minutes))
	}
	return strings.Join(parts, " · ")
}

// cardTitle is a card's title, with a sign in front of one that has errors.
func cardTitle(c office.Card) (string, term.Style) {
	title := titleOf(office.Placement{Post: c.Post})
	if title == "" {
		title = words.Inert(c.Post.Path)
	}
	if c.Post.HasErrors() {
		return "! " + title, term.Bad
	}
	return title, ""
}

// printBoard draws the stages of production side by side.
func (a *app) printBoard(o *office.Office, v *planView) {
	cards := v.cards(o)
	if a.screen.Width < boardWidth {
		a.printBoardList(o, v, cards)
		return
	}
	stages := office.BoardStages()
	width := a.screen.Width / len(stages)
	columns := make([][]monthLine, len(stages))
	height := 0
	for i, stage := range stages {
		columns[i] = []monthLine{
			{style: term.Title, text: a.stageCount(stage, a.words.ShortMonth(v.month.Month), cards[stage])},
			{text: a.stageHours(cards[stage])},
			{style: term.Quiet, text: strings.Repeat("─", width-2)},
		}
		for _, c := range cards[stage] {
			columns[i] = append(columns[i], a.cardLines(o, c, width-2)...)
		}
		height = max(height, len(columns[i])-1) // no empty line below the last card
	}
	a.printf("\n")
	for i := range height {
		line := ""
		for _, lines := range columns {
			if i < len(lines) {
				line += a.paintStart(lines[i], term.Fit(term.Cut(lines[i].text, width-2), width))
			} else {
				line += strings.Repeat(" ", width)
			}
		}
		a.printf("%s\n", strings.TrimRight(line, " "))
	}
}

// cardLines draws a card in a column.
func (a *app) cardLines(o *office.Office, c office.Card, width int) []monthLine {
	title, style := cardTitle(c)
	var all []monthLine
	for _, text := range term.Wrap(title, width, 2) {
		all = append(all, monthLine{style: style, text: text})
	}
	all = append(all, monthLine{style: term.Quiet, text: a.cardWho(o, c)})
	if when, style := a.whenWord(o, c); when != "" {
		all = append(all, monthLine{style: style, text: when})
	}
	return append(all, monthLine{})
}

// printBoardList draws the stages one under the other, a card on a line or,
// where there is no room, on two.
func (a *app) printBoardList(o *office.Office, v *planView, cards map[content.Stage][]office.Card) {
	for _, stage := range office.BoardStages() {
		a.printf("\n")
		a.printWrapped(term.Title, a.stageTitle(v, stage, cards[stage]))
		who, when := 0, 0
		for _, c := range cards[stage] {
			word, _ := a.whenWord(o, c)
			who, when = max(who, term.Width(a.cardWho(o, c))), max(when, term.Width(word))
		}
		for _, c := range cards[stage] {
			title, style := cardTitle(c)
			word, whenStyle := a.whenWord(o, c)
			word = term.Cut(word, a.screen.Width-4)
			if a.screen.Width < narrow {
				a.printf("  %s\n", a.screen.Paint(style, term.Cut(title, a.screen.Width-2)))
				a.printItems("    ", "  ", [][]piece{{{term.Quiet, a.cardWho(o, c)}}, {{whenStyle, word}}})
				continue
			}
			a.printf("  %s  %s  %s\n", a.screen.Paint(term.Quiet, term.Fit(a.cardWho(o, c), who)), a.screen.Paint(whenStyle, term.Fit(word, when)),
				a.screen.Paint(style, term.Cut(title, max(8, a.screen.Width-who-when-6))))
		}
	}
}

// capital begins a heading with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

package verify

// file is version 1 of an exported calendar.
type file struct {
	Version  int     `json:"version"`
	Now      int     `json:"now"`
	Start    string  `json:"start"`
	End      string  `json:"end"`
	Zone     string  `json:"zone"`
	Horizon  int     `json:"horizon"`
	Slots    []slot  `json:"slots"`
	Items    []item  `json:"items"`
	Posts    []post  `json:"posts"`
	Fixed    []held  `json:"fixed"`
	Agreed   []at    `json:"agreed"`
	Pairs    []pair  `json:"pairs"`
	After    []link  `json:"after"`
	Caps     []most  `json:"caps"`
	Gaps     []gap   `json:"gaps"`
	Spreads  []gap   `json:"spreads"`
	Mix      []mix   `json:"mix"`
	Capacity []hours `json:"capacity"`
	Plan     []at    `json:"plan"`
	Value    int     `json:"value"`
	Bound    int     `json:"bound"`
}

type slot struct {
	ID       int    `json:"id"`
	Platform string `json:"platform"`
	At       int    `json:"at"`
	Day      int    `json:"day"`
	Week     int    `json:"week"`
	Block    int    `json:"block"`
	Weight   int    `json:"weight"`
	Min      int    `json:"min"`
	Max      int    `json:"max"`
	Fixed    int    `json:"fixed"`
	Due      int    `json:"due"`
	DueWeek  int    `json:"due_week"`
}

type item struct {
	ID       string         `json:"id"`
	Post     string         `json:"post"`
	Platform string         `json:"platform"`
	Priority int            `json:"priority"`
	From     int            `json:"from"`
	First    int            `json:"first"`
	Until    int            `json:"until"`
	Pillar   string         `json:"pillar"`
	Intent   string         `json:"intent"`
	Need     map[string]int `json:"need"`
}

type post struct {
	ID   string         `json:"id"`
	Need map[string]int `json:"need"`
}

// held is a fixed placement.
type held struct {
	Item     string         `json:"item"`
	Post     string         `json:"post"`
	Platform string         `json:"platform"`
	At       int            `json:"at"`
	Slot     *int           `json:"slot"`
	Pillar   string         `json:"pillar"`
	Intent   string         `json:"intent"`
	Need     map[string]int `json:"need"`
	DueWeek  int            `json:"due_week"`
	Why      string         `json:"why"`

	day int // of At
}

// at is an item in a slot.
type at struct {
	Item string `json:"item"`
	Slot int    `json:"slot"`
}

type pair struct {
	Item    string `json:"item"`
	Slot    int    `json:"slot"`
	Value   int    `json:"value"`
	Due     int    `json:"due"`
	DueWeek int    `json:"due_week"`
}

// link is a chain.
type link struct {
	Item    string      `json:"item"`
	Leader  string      `json:"leader"`
	Fixed   *int        `json:"fixed"`
	Release map[int]int `json:"release"`
}

// most is a cap.
type most struct {
	Platform string `json:"platform"`
	Day      *int   `json:"day"`
	Week     *int   `json:"week"`
	Limit    int    `json:"limit"`
	Used     int    `json:"used"`
}

type gap struct {
	Platform string `json:"platform"`
	Minutes  int    `json:"minutes"`
}

type mix struct {
	Platform string  `json:"platform"`
	Block    int     `json:"block"`
	Intent   *string `json:"intent"`
	Pillar   *string `json:"pillar"`
	Min      int     `json:"min"`
	Max      int     `json:"max"`
	N        int     `json:"n"`
	C        int     `json:"c"`
}

// matches reports whether a placement counts towards the share.
func (m mix) matches(intent, pillar string) bool {
	return (m.Intent == nil || *m.Intent == intent) && (m.Pillar == nil || *m.Pillar == pillar)
}

func (m mix) name() string {
	if m.Intent != nil {
		return *m.Intent
	}
	if m.Pillar != nil {
		return *m.Pillar
	}
	return ""
}

// hours is what a person, or the team, has until the end of a week.
type hours struct {
	Person string `json:"person"`
	Week   int    `json:"week"`
	Avail  int    `json:"avail"`
	Taken  int    `json:"taken"`
}

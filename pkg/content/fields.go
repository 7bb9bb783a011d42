package content

// FieldType is what a key of front matter holds.
type FieldType string

const (
	TypeText     FieldType = "text"
	TypeTexts    FieldType = "texts"   // a text, or a list of texts
	TypeOne      FieldType = "one"     // a text, or a list of one
	TypeNames    FieldType = "names"   // as TypeTexts, of names of platforms
	TypePeople   FieldType = "people"  // as TypeTexts, or tables with a name
	TypeImage    FieldType = "image"   // an address, or a table
	TypeDate     FieldType = "date"    // a day, with or without a time
	TypeDay      FieldType = "day"     // a day
	TypeFlag     FieldType = "flag"    // true or false
	TypeSwitch   FieldType = "switch"  // true, false or a date
	TypeStage    FieldType = "stage"   // one of [Stages], or what the team calls one
	TypeWork     FieldType = "work"    // a length of work, or one for each person
	TypeInteger  FieldType = "integer" // from Min to Max
	TypeID       FieldType = "id"
	TypeSlug     FieldType = "slug"
	TypeLang     FieldType = "lang"
	TypeAddress  FieldType = "address" // an absolute web address
	TypeRepeat   FieldType = "repeat"
	TypeVariants FieldType = "variants"
)

// Field is a key that front matter may have.
type Field struct {
	Name string
	// Also are other names of the key, as their generators spell them; any key
	// may be written in any case.
	Also []string
	Type FieldType
	// Min and Max bound an integer.
	Min, Max int
}

// Fields returns the keys that mean something, in the order of
// docs/front-matter.md.
func Fields() []Field {
	return []Field{
		{Name: "id", Type: TypeID},
		{Name: "title", Type: TypeText},
		{Name: "slug", Type: TypeSlug},
		{Name: "lang", Also: []string{"language"}, Type: TypeLang},
		{Name: "summary", Also: []string{"description"}, Type: TypeText},
		{Name: "authors", Also: []string{"author"}, Type: TypePeople},
		{Name: "tags", Type: TypeTexts},
		{Name: "categories", Also: []string{"category"}, Type: TypeTexts},
		{Name: "image", Also: []string{"images"}, Type: TypeImage},
		{Name: "translation", Also: []string{"translationKey"}, Type: TypeText},
		{Name: "canonical", Also: []string{"canonicalURL", "canonical_url"}, Type: TypeAddress},
		{Name: "question", Type: TypeText},
		{Name: "invite", Type: TypeText},
		{Name: "date", Type: TypeDate},
		{Name: "publishDate", Also: []string{"pubDate"}, Type: TypeDate},
		{Name: "published", Type: TypeSwitch},
		{Name: "updated", Also: []string{"lastmod", "modified"}, Type: TypeDate},
		{Name: "embargo", Type: TypeDate},
		{Name: "not_before", Type: TypeDate},
		{Name: "deadline", Type: TypeDate},
		{Name: "expires", Also: []string{"expiryDate", "unpublishDate"}, Type: TypeDate},
		{Name: "draft", Type: TypeFlag},
		{Name: "stage", Type: TypeStage},
		{Name: "effort", Type: TypeWork},
		{Name: "logged", Type: TypeWork},
		{Name: "assignee", Type: TypeText},
		{Name: "format", Type: TypeText},
		{Name: "approval", Type: TypeText},
		{Name: "platforms", Type: TypeNames},
		{Name: "priority", Type: TypeInteger, Min: 1, Max: 5},
		{Name: "pillar", Type: TypeText},
		{Name: "intent", Type: TypeText},
		{Name: "audience", Type: TypeText},
		{Name: "objective", Type: TypeText},
		{Name: "campaign", Type: TypeText},
		{Name: "series", Type: TypeOne},
		{Name: "part", Type: TypeInteger, Min: 1, Max: 10_000},
		{Name: "repeat", Type: TypeRepeat},
		{Name: "edition", Type: TypeDay},
		{Name: "variants", Type: TypeVariants},
	}
}

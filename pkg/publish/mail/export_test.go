package mail

// Path is an address as an envelope has it, "" where it is none.
func Path(s string) string {
	a, err := parse(s)
	if err != nil {
		return ""
	}
	return a.path()
}

package secret

// OnStep calls a function at each step of a renewal: "locked", "marked",
// "exchanged", "written", "read back", "cleared".
func (v *Vault) OnStep(do func(string)) { v.step = do }

package conformance

func commonMark() suite { return suite{} }
func gfm() suite        { return suite{} }

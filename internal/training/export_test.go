package training

// MineViews gives what the API answers, for tests of what it does not.
func MineViews(list []Mine) []MineView {
	out := make([]MineView, len(list))
	for i := range list {
		out[i] = mineView(&list[i])
	}
	return out
}

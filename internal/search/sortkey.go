package search

import (
	"strconv"
	"strings"
)

const maxSortKey = 120

// SortKey gives a key of ASCII letters and digits, 120 bytes at most, by which names sort as a Chinese reader expects: by sound, character by character, the same
// characters together, Latin names among them by their letters. Store it and order by it, then by id.
func SortKey(name string) string {
	us := units(name)
	s := spellings(us, false)[0]
	var b strings.Builder
	for i, u := range us {
		if i > 0 && u.han == 0 && us[i-1].han == 0 {
			b.WriteByte('0')
		}
		b.WriteString(s.full[i])
		if u.han != 0 {
			b.WriteString(strconv.FormatInt(int64(u.han), 16))
		}
		if b.Len() >= maxSortKey {
			return b.String()[:maxSortKey]
		}
	}
	return b.String()
}

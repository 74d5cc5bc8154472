package codes

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// legalForms are the endings that mean the same company; the first that fits is replaced.
var legalForms = []struct{ ending, as string }{
	{"股份有限责任公司", "股份公司"},
	{"股份有限公司", "股份公司"},
	{"股份公司", "股份公司"},
	{"有限责任公司", "公司"},
	{"有限公司", "公司"},
	{"公司", "公司"},
}

// latinForms are the same for names in Latin letters, already without spaces and signs.
var latinForms = []struct{ ending, as string }{
	{"companylimited", "coltd"},
	{"companyltd", "coltd"},
	{"colimited", "coltd"},
	{"coltd", "coltd"},
	{"corporation", "corp"},
	{"corp", "corp"},
	{"incorporated", "inc"},
	{"inc", "inc"},
	{"limited", "ltd"},
	{"ltd", "ltd"},
}

// NameKey gives the key by which names are compared for duplicates: width, case, spaces, signs and the words for the legal form do
// not count, what stands in brackets does. 华为技术（深圳）有限责任公司 and 华为技术(深圳) 有限公司 have one key; simplified and traditional characters stay apart. A name
// of signs only has an empty key, which is nobody's duplicate.
func NameKey(name string) string {
	key := norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) {
			return unicode.ToLower(r)
		}
		if r == '&' || r == '+' {
			return r
		}
		return -1
	}, norm.NFKC.String(width.Fold.String(name))))
	for _, f := range legalForms {
		if rest, found := strings.CutSuffix(key, f.ending); found && rest != "" {
			return rest + f.as
		}
	}
	for _, f := range latinForms {
		if rest, found := strings.CutSuffix(key, f.ending); found && rest != "" {
			return rest + f.as
		}
	}
	return key
}

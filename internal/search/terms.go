package search

import (
	"slices"
	"strings"
)

// Fields are what a customer is called and known by. All are optional.
type Fields struct {
	Names   []string // Chinese, English, short and former names, in any width and case
	Person  bool     // read the beginning of a Chinese name as a surname
	Codes   []string // customer codes and other ids people type in part; every part is findable from its beginning, all from the end
	Numbers []string // long identifiers (unified social credit code, identity card): findable from the beginning and from the end
	Phones  []string // as typed or in E.164; findable from the beginning (with and without area code) and from the end
}

const (
	nsHan     = "h"
	nsLetters = "a"
	nsTail    = "r"
)

// Terms gives the index terms of a customer, sorted, none twice: 30 to 45 for the name of a Chinese firm, 10 to 15 for a
// person with a phone number.
func Terms(f Fields) []string {
	var t termList
	for _, name := range f.Names {
		t.name(units(name), f.Person)
	}
	for _, code := range f.Codes {
		t.code(code)
	}
	for _, n := range f.Numbers {
		t.number(joined(units(n)))
	}
	for _, p := range f.Phones {
		t.phone(p)
	}
	slices.Sort(t.all)
	return slices.Compact(t.all)
}

type termList struct{ all []string }

func (t *termList) add(namespace, body string) {
	if body != "" {
		t.all = append(t.all, namespace+body)
	}
}

func (t *termList) name(us []unit, person bool) {
	hasHan := false
	for i, u := range us {
		if u.han == 0 {
			continue
		}
		hasHan = true
		t.add(nsHan, string(u.han))
		if i+1 < len(us) && us[i+1].han != 0 {
			t.add(nsHan, string([]rune{u.han, us[i+1].han}))
		}
	}
	for _, s := range spellings(us, person) {
		for i := range us {
			t.add(nsLetters, ending(s.full[i:]))
			if hasHan {
				if initials := ending(s.initial[i:]); len(initials) > 1 {
					t.add(nsLetters, initials)
				}
			}
		}
	}
}

// code indexes a code from each part on. A part begins behind a separator, and in a short code also where letters and digits meet.
func (t *termList) code(code string) {
	us := units(code)
	whole := joined(us)
	starts := map[int]bool{0: true}
	at := 0
	for _, u := range us {
		starts[at] = true
		at += len(u.latin)
	}
	const short = 14
	for i := 1; i < len(whole) && len(whole) <= short; i++ {
		if isDigit(whole[i]) != isDigit(whole[i-1]) {
			starts[i] = true
		}
	}
	for i := range starts {
		if i >= len(whole) {
			continue
		}
		t.add(nsLetters, cut(whole[i:]))
		if bare := strings.TrimLeft(whole[i:], "0"); len(bare) > 1 {
			t.add(nsLetters, cut(bare))
		}
	}
	if len(whole) >= minTail {
		t.add(nsTail, cut(reversed(whole)))
	}
	// Chinese characters in a code (a contract number such as 渝2024-15) are found as in a name.
	if len(whole) == 0 || slices.ContainsFunc(us, func(u unit) bool { return u.han != 0 }) {
		t.name(us, false)
	}
}

func (t *termList) number(n string) {
	t.add(nsLetters, cut(n))
	if len(n) >= minTail {
		t.add(nsTail, cut(reversed(n)))
	}
}

// phone indexes a number in its national form: a mobile number as it is, a fixed one with 0 and area code and without.
func (t *termList) phone(phone string) {
	n := national(phone)
	switch {
	case n == "":
		return
	case n[0] == '0' && len(n) > 9:
		area := 4
		if n[1] == '1' || n[1] == '2' {
			area = 3
		}
		t.add(nsLetters, cut(n[area:]))
	}
	t.number(n)
}

// national gives the digits of a phone number without +86; a fixed number has its leading 0. Numbers of other countries keep their country code.
func national(phone string) string {
	var b strings.Builder
	for _, u := range units(phone) {
		b.WriteString(u.latin)
	}
	n := b.String()
	foreign := false
	trimmed := strings.TrimLeft(phone, " (（")
	if strings.HasPrefix(trimmed, "+") || strings.HasPrefix(trimmed, "＋") || strings.HasPrefix(n, "00") {
		n = strings.TrimPrefix(n, "00")
		foreign = !strings.HasPrefix(n, "86")
		n = strings.TrimPrefix(n, "86")
	}
	if !foreign && len(n) >= 9 && len(n) <= 11 && n[0] != '0' && n[0] != '1' && n[0] != '4' && n[0] != '8' {
		return "0" + n
	}
	if !foreign && len(n) == 10 && n[0] == '1' && n[1] == '0' {
		return "0" + n // Beijing
	}
	return n
}

func joined(us []unit) string {
	var b strings.Builder
	for _, u := range us {
		b.WriteString(u.latin)
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

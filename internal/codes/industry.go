package codes

import (
	_ "embed" // the table
	"strings"
	"sync"
)

//go:embed data/gbt4754-2017.csv
var industriesCSV string

//go:embed data/industries-en.csv
var industriesEnglishCSV string

// Industry is one row of GB/T 4754-2017.
type Industry struct {
	Code    string // A (section), 01 (division), 011 (group), 0111 (class)
	Name    string
	English string // our own short name; a class has the one of its group and its code: Bakery products (1411)
	Section string // the letter of the section
	Level   int    // 1 section 门类, 2 division 大类, 3 group 中类, 4 class 小类
	Parent  string // code of the row above; empty for a section
}

type industryTable struct {
	all      []Industry
	byCode   map[string]int
	children map[string][]int
	english  map[string]string // by code, down to the groups
}

// mergedRows are rows of the source that hold two classes each.
var mergedRows = map[string][2]Industry{
	"27702780": {{Code: "2770", Name: "卫生材料及医药用品制造"}, {Code: "2780", Name: "药用辅料及包装材料"}},
	"80528053": {{Code: "8052", Name: "足浴服务"}, {Code: "8053", Name: "养生保健服务"}},
}

var industries = sync.OnceValue(func() *industryTable {
	var rows []Industry
	named := map[string]bool{}
	for line := range strings.Lines(industriesCSV) {
		f := strings.SplitN(strings.TrimSpace(line), ",", 4)
		if len(f) < 4 || f[0] == "section" {
			continue
		}
		pair, merged := mergedRows[f[1]]
		if !merged {
			pair[0] = Industry{Code: f[1], Name: strings.Trim(f[3], `"`)}
		}
		for _, row := range pair {
			if row.Code != "" {
				row.Section = f[0]
				rows = append(rows, row)
				named[row.Code] = true
			}
		}
	}
	t := &industryTable{byCode: map[string]int{}, children: map[string][]int{}, english: englishIndustries()}
	for _, row := range rows {
		// A group that has one class only is not listed; it is called like its class.
		if group := row.Code[:min(3, len(row.Code))]; len(row.Code) == 4 && !named[group] {
			named[group] = true
			t.add(Industry{Code: group, Name: row.Name, Section: row.Section})
		}
		t.add(row)
	}
	return t
})

// englishIndustries reads the English names of sections, divisions and groups.
func englishIndustries() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(industriesEnglishCSV) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), ",")
		names[code] = strings.Trim(name, `"`)
	}
	return names
}

func (t *industryTable) add(row Industry) {
	row.Level = len(row.Code)
	switch {
	case row.Code == row.Section:
		row.Level = 1
	case row.Level == 2:
		row.Parent = row.Section
	default:
		row.Parent = row.Code[:row.Level-1]
	}
	row.English = t.english[row.Code]
	if row.Level == 4 {
		row.English = t.english[row.Parent] + " (" + row.Code + ")"
	}
	t.byCode[row.Code] = len(t.all)
	t.children[row.Parent] = append(t.children[row.Parent], len(t.all))
	t.all = append(t.all, row)
}

// IndustryByCode finds a row by its code, with or without the letter of the section in front (C2770 is 2770).
func IndustryByCode(code string) (Industry, bool) {
	t := industries()
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) > 1 && code[0] >= 'A' && code[0] <= 'T' {
		i, ok := t.byCode[code[1:]]
		if !ok || t.all[i].Section != code[:1] {
			return Industry{}, false
		}
		return t.all[i], true
	}
	if i, ok := t.byCode[code]; ok {
		return t.all[i], true
	}
	return Industry{}, false
}

// IndustryPath gives a row and what is above it, the section first. An unknown code gives nothing.
func IndustryPath(code string) []Industry {
	var path []Industry
	for code != "" {
		row, ok := IndustryByCode(code)
		if !ok {
			return nil
		}
		path = append([]Industry{row}, path...)
		code = row.Parent
	}
	return path
}

// IndustryChildren gives the rows directly below a code in the order of the standard; an empty code gives the sections.
func IndustryChildren(code string) []Industry {
	t := industries()
	var out []Industry
	for _, i := range t.children[strings.ToUpper(strings.TrimSpace(code))] {
		out = append(out, t.all[i])
	}
	return out
}

// FindIndustry gives rows whose name, Chinese or English, is the text, then those that begin with it, then those that contain it, or the
// row of that code; at most limit of them, higher levels first among equals. Case does not matter.
func FindIndustry(text string, limit int) []Industry {
	text = strings.TrimSpace(text)
	if text == "" || limit <= 0 {
		return nil
	}
	if row, ok := IndustryByCode(text); ok {
		return []Industry{row}
	}
	t := industries()
	text = strings.ToLower(text)
	var out []Industry
	for fit := whole; fit <= within; fit++ {
		for level := 1; level <= 4; level++ {
			for _, row := range t.all {
				if row.Level == level && min(fitOf(row.Name, text), fitOf(strings.ToLower(row.English), text)) == fit {
					if out = append(out, row); len(out) == limit {
						return out
					}
				}
			}
		}
	}
	return out
}

// How a name fits a text, the best first.
const (
	whole = iota
	beginning
	within
	not
)

func fitOf(name, text string) int {
	switch {
	case name == text:
		return whole
	case strings.HasPrefix(name, text):
		return beginning
	case strings.Contains(name, text):
		return within
	}
	return not
}

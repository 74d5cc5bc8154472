package codes

import (
	_ "embed" // the tables
	"slices"
	"strings"
	"sync"
	"unicode"

	"kezhi/internal/search"
)

//go:embed data/provinces.csv
var provincesCSV string

//go:embed data/cities.csv
var citiesCSV string

//go:embed data/areas.csv
var areasCSV string

// Level says how deep a division stands.
type Level uint8

// The three levels that have codes here.
const (
	Province Level = 1 // 省, 自治区, 直辖市
	City     Level = 2 // 地级市, 自治州, 盟; also the placeholders 市辖区 and 省直辖县级行政区划
	County   Level = 3 // 区, 县, 县级市, 旗
)

// Division is one administrative division of China.
type Division struct {
	Code    string // two, four or six digits, by level
	Name    string // the official name: 内蒙古自治区
	Short   string // what people say: 内蒙古
	English string // the short name in pinyin: Shijiazhuang; Inner Mongolia
	Level   Level
	Parent  string // code of the division above; empty for a province
}

// FullCode gives the code in its six-digit form: 440000, 440300, 440305.
func (d Division) FullCode() string { return d.Code + "000000"[:6-len(d.Code)] }

// placeholder says whether this is only a drawer of the table that nobody writes in an address.
func (d Division) placeholder() bool {
	return d.Level == City && (d.Name == "市辖区" || d.Name == "县" || strings.Contains(d.Name, "直辖县级"))
}

// echo says whether this row only repeats the city above it, which has no counties (东莞市, 中山市, 儋州市).
func (d Division) echo() bool { return d.Level == County && strings.HasSuffix(d.Code, "00") }

type divisionTable struct {
	all      []Division
	byCode   map[string]int
	children map[string][]int
	byName   map[string][]int // every form of a name
}

var divisions = sync.OnceValue(func() *divisionTable {
	t := &divisionTable{byCode: map[string]int{}, children: map[string][]int{}, byName: map[string][]int{}}
	for i, text := range []string{provincesCSV, citiesCSV, areasCSV} {
		t.load(text, Level(i+1)) //nolint:gosec // 1 to 3
	}
	return t
})

func (t *divisionTable) load(text string, level Level) {
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if f[0] == "code" {
			continue
		}
		d := Division{Code: f[0], Name: strings.Trim(f[1], `"`), Level: level}
		if level > Province {
			d.Parent = f[2]
		}
		d.Short = shortName(d)
		d.English = english(d.Short)
		i := len(t.all)
		t.all = append(t.all, d)
		if d.echo() {
			continue
		}
		t.byCode[d.Code] = i
		t.children[d.Parent] = append(t.children[d.Parent], i)
		if d.placeholder() {
			continue
		}
		for _, form := range forms(d) {
			t.byName[form] = append(t.byName[form], i)
		}
	}
}

var provinceShort = map[string]string{
	"15": "内蒙古", "45": "广西", "54": "西藏", "64": "宁夏", "65": "新疆",
}

// peoples are the ethnic names in the names of autonomous divisions, the longer ones first where one contains another.
var peoples = []string{
	"维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "乌孜别克", "俄罗斯", "塔塔尔", "达斡尔", "鄂温克", "鄂伦春", "蒙古族", "蒙古", "回族", "藏族",
	"苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "傣族", "黎族", "傈僳族", "佤族",
	"畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "土族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯",
	"阿昌族", "普米族", "怒族", "德昂族", "保安族", "裕固族", "京族", "独龙族", "门巴族", "珞巴族", "基诺族", "各族", "族",
}

// shortName takes the kind of division and the names of peoples off, if at least two characters remain.
func shortName(d Division) string {
	if s, ok := provinceShort[d.Code]; ok {
		return s
	}
	name := d.Name
	for _, suffix := range []string{"自治区", "自治州", "自治县", "自治旗", "联合旗", "特别行政区", "地区", "林区", "新区", "矿区", "省", "市", "盟", "县", "区", "旗"} {
		rest, found := strings.CutSuffix(name, suffix)
		if !found {
			continue
		}
		if strings.HasPrefix(suffix, "自治") {
			rest = withoutPeoples(rest)
		}
		if len([]rune(rest)) >= 2 {
			return rest
		}
		return name
	}
	return name
}

func withoutPeoples(name string) string {
	for {
		cut := name
		for _, p := range peoples {
			if rest, found := strings.CutSuffix(name, p); found && len([]rune(rest)) >= 2 {
				cut = rest
				break
			}
		}
		if cut == name {
			return name
		}
		name = cut
	}
}

// forms gives the ways a division is written: 广西壮族自治区, 广西自治区, 广西省 (a common slip), 广西, guangxi.
func forms(d Division) []string {
	out := []string{d.Name, strings.ToLower(strings.ReplaceAll(d.English, " ", ""))}
	if d.Short != d.Name {
		out = append(out, d.Short)
	}
	switch {
	case strings.HasSuffix(d.Name, "自治区"):
		out = append(out, d.Short+"自治区", d.Short+"省", d.Short+"区")
	case strings.HasSuffix(d.Name, "自治州"):
		out = append(out, d.Short+"自治州", d.Short+"州", d.Short+"市")
	case strings.HasSuffix(d.Name, "自治县"):
		out = append(out, d.Short+"自治县", d.Short+"县")
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// english writes a Chinese name in pinyin with one capital: Shijiazhuang. Shaanxi has the spelling that tells it from Shanxi.
func english(short string) string {
	switch short {
	case "陕西":
		return "Shaanxi"
	case "内蒙古":
		return "Inner Mongolia"
	case "西藏":
		return "Tibet"
	}
	s := strings.ReplaceAll(strings.Join(search.Pinyin(short, false), ""), "v", "ü")
	if s == "" {
		return short
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// DivisionByCode finds a division by its code of two, four or six digits; a six-digit code that ends in zeros means the level above.
func DivisionByCode(code string) (Division, bool) {
	t := divisions()
	code = normalDivisionCode(code)
	if i, ok := t.byCode[code]; ok {
		return t.all[i], true
	}
	return Division{}, false
}

func normalDivisionCode(code string) string {
	if len(code) == 6 {
		code = strings.TrimSuffix(code, "00")
	}
	if len(code) == 4 {
		code = strings.TrimSuffix(code, "00")
	}
	return code
}

// DivisionPath gives a division and what is above it, the province first. An unknown code gives nothing.
func DivisionPath(code string) []Division {
	var path []Division
	for code != "" {
		d, ok := DivisionByCode(code)
		if !ok {
			return nil
		}
		path = append(path, d)
		code = d.Parent
	}
	slices.Reverse(path)
	return path
}

// DivisionLabel gives the names of a path without placeholders, joined by a space: 广东省 深圳市 南山区.
func DivisionLabel(code string) string {
	var names []string
	for _, d := range DivisionPath(code) {
		if !d.placeholder() {
			names = append(names, d.Name)
		}
	}
	return strings.Join(names, " ")
}

// DivisionEnglish does the same in English: Guangdong / Shenzhen / Nanshan.
func DivisionEnglish(code string) string {
	var names []string
	for _, d := range DivisionPath(code) {
		if !d.placeholder() {
			names = append(names, d.English)
		}
	}
	return strings.Join(names, " / ")
}

// DivisionChildren gives the divisions directly below a code in the order of their codes; an empty code gives the provinces.
func DivisionChildren(code string) []Division {
	t := divisions()
	var out []Division
	for _, i := range t.children[normalDivisionCode(code)] {
		out = append(out, t.all[i])
	}
	return out
}

// DivisionParts gives the divisions people know directly below a code, in the order of their codes: what lies in a placeholder of
// the table (市辖区) stands in its place, and a row that only repeats the city above is left out. An empty code gives the provinces.
func DivisionParts(code string) []Division {
	var out []Division
	for _, d := range DivisionChildren(code) {
		switch {
		case d.placeholder():
			out = append(out, DivisionParts(d.Code)...)
		case !d.echo():
			out = append(out, d)
		}
	}
	return out
}

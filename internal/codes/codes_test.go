package codes

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDivisionTableIsComplete(t *testing.T) {
	count := map[Level]int{}
	for _, d := range divisions().all {
		count[d.Level]++
		if d.Level > Province {
			if _, ok := DivisionByCode(d.Parent); !ok {
				t.Errorf("%s %s hangs on %q, which does not exist", d.Code, d.Name, d.Parent)
			}
		}
		if d.English == "" || strings.ContainsFunc(d.English, func(r rune) bool { return r > 0x2FF }) {
			t.Errorf("%s has the English name %q", d.Name, d.English)
		}
		if len([]rune(d.Short)) < 2 && !d.placeholder() {
			t.Errorf("%s is shortened to %q", d.Name, d.Short)
		}
	}
	if want := map[Level]int{Province: 31, City: 342, County: 2978}; !cmp.Equal(count, want) {
		t.Error(cmp.Diff(want, count))
	}
}

func TestFindDivision(t *testing.T) {
	for text, want := range map[string]string{
		"广东省深圳市南山区":        "440305",
		"广东深圳南山":           "440305",
		"广东 / 深圳 / 南山区":    "440305",
		"中国广东省深圳市南山区科技路1号": "440305",
		"深圳":                             "4403",
		"深圳市宝安区新安街道":                     "440306",
		"广东":                             "44",
		"重庆市渝中区":                         "500103",
		"北京市朝阳区":                         "110105",
		"长春市朝阳区":                         "220104",
		"内蒙古呼和浩特":                        "1501",
		"新疆乌鲁木齐":                         "6501",
		"广西省南宁市":                         "4501",
		"恩施州":                            "4228",
		"延边朝鲜族自治州延吉市":                    "222401",
		"吉林":                             "22",
		"吉林省吉林市":                         "2202",
		"湖北省仙桃市":                         "429004",
		"440305":                         "440305",
		"440300":                         "4403",
		"４４００００":                         "44",
		"Guangdong / Shenzhen / Nanshan": "440305",
		"inner mongolia, Huhehaote":      "1501",
	} {
		got := FindDivision(text)
		if len(got) != 1 || got[0].Code != want {
			t.Errorf("%s: got %v, want %s", text, got, want)
		}
	}
}

func TestFindDivisionSaysWhenItIsNotSure(t *testing.T) {
	for text, want := range map[string]int{"朝阳区": 2, "鼓楼区": 4, "火星": 0, "": 0, "99": 0} {
		if got := FindDivision(text); len(got) != want {
			t.Errorf("%q fits %d divisions, want %d: %v", text, len(got), want, got)
		}
	}
}

func TestEveryDivisionIsFoundByItsFullPath(t *testing.T) {
	for _, d := range divisions().all {
		if d.placeholder() || d.echo() {
			continue
		}
		got := FindDivision(DivisionLabel(d.Code))
		found := false
		for _, g := range got {
			found = found || g.Code == d.Code
		}
		if !found {
			t.Errorf("%s: found %v", DivisionLabel(d.Code), got)
		}
	}
}

func TestDivisionPathAndChildren(t *testing.T) {
	if got := DivisionLabel("440305"); got != "广东省 深圳市 南山区" {
		t.Error(got)
	}
	if got := DivisionLabel("500103"); got != "重庆市 渝中区" {
		t.Error(got)
	}
	if got := len(DivisionChildren("")); got != 31 {
		t.Errorf("%d provinces", got)
	}
	if got := len(DivisionChildren("440000")); got != 21 {
		t.Errorf("%d cities in Guangdong", got)
	}
	for code, want := range map[string]string{"": "北京市", "31": "黄浦区", "4419": "", "42": "武汉市"} {
		first := ""
		if parts := DivisionParts(code); len(parts) > 0 {
			first = parts[0].Name
		}
		if first != want {
			t.Errorf("below %q people know %q first", code, first)
		}
	}
	if DivisionPath("999999") != nil {
		t.Error("a code nobody has leads somewhere")
	}
	d, _ := DivisionByCode("500000")
	if d.English != "Chongqing" || d.FullCode() != "500000" {
		t.Errorf("%+v", d)
	}
}

// TestEnglishRegionsAreReadBack holds what an English export writes to what an import reads: the same place, or several that are called alike.
func TestEnglishRegionsAreReadBack(t *testing.T) {
	alike := 0
	for code := range divisions().byCode {
		d, _ := DivisionByCode(code)
		if d.placeholder() {
			continue
		}
		found := FindDivision(DivisionEnglish(code))
		switch {
		case len(found) > 1:
			alike++
		case len(found) == 0 || found[0].Code != code:
			t.Errorf("%s %s: %q is read as %v", code, d.Name, DivisionEnglish(code), found)
		}
	}
	if alike > 60 {
		t.Errorf("%d places share their English name with a neighbour", alike)
	}
}

func TestIndustryTableIsComplete(t *testing.T) {
	count := map[int]int{}
	for _, row := range industries().all {
		count[row.Level]++
		if row.Name == "" || row.Section == "" {
			t.Errorf("%+v", row)
		}
		if row.English == "" || strings.HasPrefix(row.English, " ") || strings.ContainsFunc(row.English, func(r rune) bool { return r > 0x7F }) {
			t.Errorf("%s %s has the English name %q", row.Code, row.Name, row.English)
		}
		if path := IndustryPath(row.Code); len(path) != row.Level || path[0].Level != 1 {
			t.Errorf("%s: path %v", row.Code, path)
		}
	}
	if want := map[int]int{1: 20, 2: 97, 3: 473, 4: 1381}; !cmp.Equal(count, want) {
		t.Error(cmp.Diff(want, count))
	}
}

func TestIndustryLookup(t *testing.T) {
	for code, want := range map[string]string{
		"8053": "养生保健服务", "2780": "药用辅料及包装材料", "A": "农、林、牧、渔业", "C2770": "卫生材料及医药用品制造", " 0111 ": "稻谷种植", "277": "卫生材料及医药用品制造",
	} {
		if got, _ := IndustryByCode(code); got.Name != want {
			t.Errorf("%s is called %q, want %q", code, got.Name, want)
		}
	}
	if _, ok := IndustryByCode("A2770"); ok {
		t.Error("class 2770 was found in section A")
	}
	if row, _ := IndustryByCode("1411"); row.English != "Bakery products (1411)" {
		t.Errorf("class 1411 is %q in English", row.English)
	}
	if got := FindIndustry("bakery products", 5); len(got) < 2 || got[0].Code != "141" {
		t.Errorf("%v", got)
	}
	if got := FindIndustry("稻谷种植", 5); len(got) == 0 || got[0].Code != "0111" {
		t.Errorf("%v", got)
	}
	if got := FindIndustry("制造", 7); len(got) != 7 {
		t.Errorf("%d rows, want the limit of 7", len(got))
	}
}

func TestUSCCAgainstVectors(t *testing.T) {
	f, err := os.Open("testdata/uscc_test_vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	want := map[string]Check{"valid": OK, "InvalidChecksum": BadCheck, "InvalidFormat": Malformed, "InvalidLength": Malformed}
	for _, row := range rows[1:] {
		if code, got := CheckUSCC(row[0]); got != want[row[2]] || code != row[0] {
			t.Errorf("%s: %s, want %s", row[0], got, row[2])
		}
	}
	if len(rows) != 26 {
		t.Errorf("%d vectors", len(rows)-1)
	}
}

func TestUSCCIsNormalised(t *testing.T) {
	code, got := CheckUSCC(" ９１４４0101-ma5cjq 4n59\u200b")
	if code != "91440101MA5CJQ4N59" || got != OK {
		t.Errorf("%q %s", code, got)
	}
}

func TestOneWrongCharacterOfAUSCCIsNoticed(t *testing.T) {
	const good = "91440101MA5CJQ4N59"
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(good)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "place")
		b[i] = usccAlphabet[rapid.IntRange(0, 30).Draw(t, "character")]
		if _, got := CheckUSCC(string(b)); got == OK && string(b) != good {
			t.Fatalf("%s passes", b)
		}
	})
}

func TestIdentity(t *testing.T) {
	for text, want := range map[string]Check{
		"11010519491231002X":   OK, // the example of the standard
		"440524188001010014":   OK, // the example of the standard
		"１１０１０５ 19491231 002x": OK,
		"110105194912310021":   BadCheck,
		"11010519490231002X":   Malformed,
		"991010519491231002":   Malformed,
		"1101051949123100":     Malformed,
		"110105491231002":      OK,
		"":                     Malformed,
	} {
		if _, got := CheckIdentity(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	id, _ := CheckIdentity("110105491231002")
	if id.Number != "11010519491231002X" || !id.Upgraded || !id.Female || id.Birth.String() != "1949-12-31" {
		t.Errorf("%+v", id)
	}
	if _, got := CheckIdentity("110105490231002"); got != Malformed {
		t.Error("30 February passes in the old form")
	}
}

func TestPhone(t *testing.T) {
	for text, want := range map[string]Phone{
		"13800138000":        {E164: "+8613800138000", Mobile: true, Country: "CN"},
		"１３８ 0013 ８０００":      {E164: "+8613800138000", Mobile: true, Country: "CN"},
		"+86 138-0013-8000":  {E164: "+8613800138000", Mobile: true, Country: "CN"},
		"0086 13800138000":   {E164: "+8613800138000", Mobile: true, Country: "CN"},
		"0755-26780000":      {E164: "+8675526780000", Country: "CN"},
		"（0755）26780000":     {E164: "+8675526780000", Country: "CN"},
		"0755-26780000-8001": {E164: "+8675526780000", Extension: "8001", Country: "CN"},
		"010 6552 9988转123":  {E164: "+861065529988", Extension: "123", Country: "CN"},
		"+44 20 7031 3000":   {E164: "+442070313000", Country: "GB"},
	} {
		got, err := ParsePhone(text)
		if err != nil || got != want {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "26780000", "12345", "电话", "138001380001", strings.Repeat("1", 5000)} {
		if got, err := ParsePhone(text); err == nil {
			t.Errorf("%.20s is taken for %+v", text, got)
		}
	}
	p, _ := ParsePhone("0755-26780000-8001")
	if got := p.Label(); got != "0755 2678 0000-8001" {
		t.Error(got)
	}
}

func TestEmail(t *testing.T) {
	for text, want := range map[string]string{
		" Li.Lei@Example.COM.cn ": "Li.Lei@example.com.cn", "ａ@b.cn": "a@b.cn", "info@客户.公司": "info@xn--ubt06m.xn--55qx5d",
	} {
		if got, err := ParseEmail(text); err != nil || got != want {
			t.Errorf("%s: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", "a@b", "a@@b.cn", "Li <a@b.cn>", "a b@c.cn", "a@b.cn\nbcc: x@y.cn", strings.Repeat("a", 65) + "@b.cn", "a@[127.0.0.1]"} {
		if got, err := ParseEmail(text); err == nil {
			t.Errorf("%q is taken for %q", text, got)
		}
	}
}

func TestNameKey(t *testing.T) {
	for _, same := range [][]string{
		{"华为技术（深圳）有限责任公司", "华为技术(深圳) 有限公司", "华为技术深圳有限公司", "華為" + "x"},
		{"ＡＢＣ贸易有限公司", "abc贸易有限公司", "ABC 贸易 有限公司"},
		{"Acme Trading Co., Ltd.", "ACME TRADING CO LTD", "Acme Trading Company Limited"},
		{"中兴股份有限公司", "中兴股份公司"},
	} {
		for _, name := range same[1:] {
			equal := NameKey(name) == NameKey(same[0])
			if other := strings.HasSuffix(name, "x"); equal == other {
				t.Errorf("%s → %s, %s → %s", same[0], NameKey(same[0]), name, NameKey(name))
			}
		}
	}
	if NameKey("中兴有限公司") == NameKey("中兴股份有限公司") {
		t.Error("a limited company and a joint-stock company have one key")
	}
	if NameKey("（）—") != "" {
		t.Error("signs have a key")
	}
	rapid.Check(t, func(t *rapid.T) {
		if key := NameKey(rapid.String().Draw(t, "name")); NameKey(key) != key {
			t.Fatalf("the key of %q is %q", key, NameKey(key))
		}
	})
}

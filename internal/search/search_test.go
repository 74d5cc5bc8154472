package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func found(terms []string, query string) bool {
	ms := Query(query)
	for _, m := range ms {
		if !m.Has(terms) {
			return false
		}
	}
	return len(ms) > 0
}

func TestKnownReadings(t *testing.T) {
	for name, want := range map[string]string{
		"重庆长安汽车":   "chong qing chang an qi che",
		"厦门银行":     "xia men yin hang",
		"六安市商行":    "lu an shi shang hang",
		"长城会计师事务所": "chang cheng kuai ji shi shi wu suo",
		"西藏音乐厅":    "xi zang yin yue ting",
		"绿地女装":     "lv di nv zhuang",
		"战略":       "zhan lue",
	} {
		if got := strings.Join(Pinyin(name, false), " "); got != want {
			t.Errorf("%s is read %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"单雄信": "shan xiong xin", "曾国藩": "zeng guo fan", "仇英": "qiu ying", "区志远": "ou zhi yuan", "解缙": "xie jin", "查良镛": "zha liang yong",
		"尉迟恭": "yu chi gong", "欧阳修": "ou yang xiu", "万俟卨": "mo qi xie", "朴正": "piao zheng", "长孙无忌": "zhang sun wu ji",
	} {
		if got := strings.Join(Pinyin(name, true), " "); got != want {
			t.Errorf("%s is read %s, want %s", name, got, want)
		}
	}
}

func TestWhatPeopleType(t *testing.T) {
	firm := Terms(Fields{
		Names: []string{"深圳市华为技术有限公司", "Huawei Technologies Co., Ltd."}, Codes: []string{"KH-2024-00123"},
		Numbers: []string{"914403001922038216"}, Phones: []string{"+8675528780808", "13800138000"},
	})
	for _, q := range []string{
		"华为", "华", "司", "深圳市华为", "技术有限公司", "huawei", "HuaWei", "hua wei", "hw", "HW", "hwjs", "szshw", "shenzhen", "jishu", "jsyxgs",
		"ｈｕａｗｅｉ", "华为 jishu", "深圳hw", "Technologies", "techno ltd", "KH-2024-00123", "kh2024", "00123", "123", "2024", "０0１２3", "0123",
		"9144", "8216", "13800138000", "138 0013 8000", "+86 138-0013-8000", "8000", "138001", "0755-28780808", "28780808", "2878", "0808", "075528",
		"（华为）技术",
	} {
		if !found(firm, q) {
			t.Errorf("not found by %q", q)
		}
	}
	for _, q := range []string{"为华", "联想", "lenovo", "hx", "8001", "深圳市中兴", "", "（）", "华为 lianxiang"} {
		if found(firm, q) {
			t.Errorf("found by %q", q)
		}
	}
}

func TestBothReadingsOfADoubtfulNameAreFound(t *testing.T) {
	terms := Terms(Fields{Names: []string{"单氏贸易"}})
	for _, q := range []string{"danshi", "shanshi", "dsmy", "ssmy"} {
		if !found(terms, q) {
			t.Errorf("not found by %q", q)
		}
	}
	for _, q := range []string{"lvdi", "lüdi"} {
		if !found(Terms(Fields{Names: []string{"绿地集团"}}), q) {
			t.Errorf("not found by %q", q)
		}
	}
	for _, q := range []string{"müller", "muller", "MÜLLER"} {
		if !found(Terms(Fields{Names: []string{"Müller GmbH"}}), q) {
			t.Errorf("not found by %q", q)
		}
	}
	if q := "zhanlve"; !found(Terms(Fields{Names: []string{"战略咨询"}}), q) {
		t.Errorf("not found by %q", q)
	}
}

const nameCharacters = "华为中兴联想科技有限公司深圳重庆长安厦门银行单曾乐会朝阳行业贸易工程发展集团国际信息软件电子明李王张刘陈杨赵黄周吴绿略女〇"

func TestRecallOfChineseNames(t *testing.T) {
	letters := []rune(nameCharacters)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SliceOfN(rapid.SampledFrom(letters), 1, 18).Draw(t, "name")
		person := rapid.Bool().Draw(t, "person")
		terms := Terms(Fields{Names: []string{string(name)}, Person: person})
		from := rapid.IntRange(0, len(name)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(name)).Draw(t, "to")
		if q := string(name[from:to]); !found(terms, q) {
			t.Fatalf("%s is not found by %s", string(name), q)
		}
		likely, second := theBook().read(name, person)
		for _, readings := range [][]string{likely, second} {
			if readings == nil {
				continue
			}
			full, initials := strings.Join(readings[from:], ""), ""
			for _, s := range readings[from:] {
				initials += s[:1]
			}
			for _, q := range []string{full, initials} {
				if len(q) < 2 {
					continue
				}
				if n := rapid.IntRange(2, len(q)).Draw(t, "letters"); !found(terms, q[:n]) {
					t.Fatalf("%s is not found by %s", string(name), q[:n])
				}
			}
		}
	})
}

func TestRecallOfCodesAndPhones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[A-Z]{1,4}-?[0-9]{2,10}`).Draw(t, "code")
		terms := Terms(Fields{Codes: []string{code}})
		for n := 1; n <= len(code); n++ {
			if !found(terms, code[:n]) {
				t.Fatalf("%s is not found by %s", code, code[:n])
			}
		}
		phone := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "phone")
		terms = Terms(Fields{Phones: []string{phone}})
		for n := 4; n <= len(phone); n++ {
			if !found(terms, phone[:n]) || !found(terms, phone[len(phone)-n:]) {
				t.Fatalf("%s is not found by its first or last %d digits", phone, n)
			}
		}
	})
}

func TestRangesHoldExactlyThePrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[a-z0-9]{0,5}`)
		p, other := body.Draw(t, "prefix"), body.Draw(t, "other")
		r := prefix(nsLetters, p)
		if r.Has(nsLetters+other) != strings.HasPrefix(other, p) {
			t.Fatalf("prefix %q: %q is in the range [%s, %s): %v", p, other, r.From, r.To, r.Has(nsLetters+other))
		}
	})
}

func TestNumberOfTerms(t *testing.T) {
	total, names := 0, []string{
		"深圳市华为技术有限公司", "重庆长安汽车有限公司", "杭州海康威视科技有限公司", "上海明远贸易有限公司", "广州立信电子有限公司", "北京中关村软件公司", "苏州恒通机械有限公司",
	}
	for _, name := range names {
		total += len(Terms(Fields{Names: []string{name}}))
	}
	if average := total / len(names); average < 30 || average > 45 {
		t.Errorf("%d terms for a firm", average)
	}
	if n := len(Terms(Fields{Names: []string{"李明华"}, Person: true, Phones: []string{"13800138000"}})); n < 10 || n > 15 {
		t.Errorf("%d terms for a person", n)
	}
}

func TestSortKey(t *testing.T) {
	names := []string{"阿里", "北京", "重庆", "华为", "华为技术", "花王", "IBM", "李明", "林立", "Microsoft", "厦门", "中兴"}
	keys := map[string]string{}
	for _, n := range names {
		keys[n] = SortKey(n)
		for _, c := range []byte(keys[n]) {
			if !isDigit(c) && (c < 'a' || c > 'z') {
				t.Fatalf("key %q of %s", keys[n], n)
			}
		}
	}
	sorted := slices.Clone(names)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(sorted), func(i, j int) { sorted[i], sorted[j] = sorted[j], sorted[i] })
	slices.SortFunc(sorted, func(a, b string) int { return strings.Compare(keys[a], keys[b]) })
	if !slices.Equal(sorted, names) {
		t.Errorf("sorted: %v", sorted)
	}
}

func FuzzQuery(f *testing.F) {
	f.Add("华为hw１23", "+86 138")
	f.Add("\xff\x00é〇ü", "𠮷野家")
	f.Fuzz(func(t *testing.T, name, query string) {
		terms := Terms(Fields{Names: []string{name}, Codes: []string{name}, Numbers: []string{name}, Phones: []string{name}})
		if !slices.IsSorted(terms) {
			t.Fatal("terms are not sorted")
		}
		for _, m := range Query(query) {
			for _, r := range m.Any {
				if r.To != "" && r.To <= r.From {
					t.Fatalf("range %q to %q", r.From, r.To)
				}
			}
		}
		SortKey(name)
	})
}

func BenchmarkTerms(b *testing.B) {
	f := Fields{Names: []string{"深圳市华为技术有限公司"}, Codes: []string{"KH-2024-00123"}, Phones: []string{"13800138000"}}
	b.ReportAllocs()
	for b.Loop() {
		Terms(f)
	}
}

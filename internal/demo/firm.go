package demo

import (
	"strings"

	"kezhi/internal/codes"
)

// brandFirst and brandSecond make the two characters of a company's own name. The pairs are made up; a test holds them
// against the names of makers people know.
var (
	brandFirst = strings.Fields(`沐 栩 砚 芃 珩 筠 霁 翊 澍 晟 禾 郢 峪 淼 皓 垚 昶 烁 锦 骏 钰 琅 弘 旻 岚 榕 桓 彧 茗 喆 铄 湛 昕 翀 旂 黎 邺 棣 绥 梓`)
	// Sounds of firmness and plenty, as owners like them.
	brandSecond = strings.Fields(`澜 牧 珀 禾 屿 垒 阔 昇 栋 砺 朗 筑 栎 楷 骅 泓 渝 灏 峥 烨 铖 霖 祺 亨 裕 隆 阗 宸 垣 颂 嘉 硕 迈 驰 卓 翎 沅 森 汇 岑`)
)

// kindOf describes what customers of a kind are called, what they do, and how many of a thousand are of it.
type kindOf struct {
	kind       string
	codeFirst  byte
	permille   int
	trades     []string
	tradesEN   []string
	endings    []string
	industries []string
}

// The kinds as customer_kind has them.
const (
	KindDealer     = "dealer"
	KindFranchisee = "franchisee"
	KindOEM        = "oem"
)

var kinds = []kindOf{
	{
		KindDealer, 'D', 620,
		strings.Fields(`建材 五金 装饰材料 厨卫 卫浴 家居用品 五金机电 门窗配件 橱柜配套 商贸`),
		nil,
		strings.Fields(`有限公司 有限公司 有限公司 商贸有限公司 贸易有限公司 有限责任公司 经营部`),
		strings.Fields(`5174 5135 5281 5235`),
	},
	{
		KindFranchisee, 'F', 300,
		strings.Fields(`家居 整体厨房 厨电 卫浴生活 智慧家居 橱柜 全屋定制 厨房电器`),
		nil,
		strings.Fields(`有限公司 有限公司 专营店 旗舰店 生活馆 体验馆`),
		strings.Fields(`5283 5285 5235 5281`),
	},
	{
		KindOEM, 'M', 80,
		strings.Fields(`电器 智能科技 五金制品 厨具制造 卫浴科技 金属制品 家电`),
		[]string{"Electric", "Intelligent Technology", "Hardware Products", "Kitchenware Manufacturing", "Sanitary Technology", "Metal Products", "Home Appliances"},
		strings.Fields(`有限公司 有限公司 股份有限公司 有限责任公司`),
		strings.Fields(`3854 3072 3351 3382`),
	},
}

// firmNames makes names of companies, each only once.
type firmNames struct {
	s    source
	used map[string]bool
}

// firm is a name in its parts, so that a former or an English name and those of daughters can be made from it.
type firm struct{ city, brand, trade, tradeEN, ending string }

func (f firm) zh() string { return f.city + f.brand + f.trade + f.ending }

func (f firm) group() string { return f.brand + f.trade + "集团有限公司" }

// en gives the name in English, for those who trade in it.
func (f firm) en() string {
	return capital(latin(f.city)) + " " + capital(latin(f.brand)) + " " + f.tradeEN + " Co., Ltd."
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// brand gives two characters that are not the same.
func (s source) brand() string {
	for {
		if a, b := pick(s, brandFirst), pick(s, brandSecond); a != b {
			return a + b
		}
	}
}

// next makes the name of a company of a kind in a city; a brand that is given is kept.
func (n *firmNames) next(k kindOf, city, brand string) firm {
	for {
		f := firm{city: city, brand: brand, trade: pick(n.s, k.trades), ending: pick(n.s, k.endings)}
		if f.brand == "" {
			f.brand = n.s.brand()
		}
		for i, t := range k.tradesEN {
			if k.trades[i] == f.trade {
				f.tradeEN = t
			}
		}
		// 商贸 in front of 商贸有限公司 would say it twice.
		if strings.HasPrefix(f.ending, f.trade) || (f.trade == "商贸" && strings.HasPrefix(f.ending, "贸易")) {
			continue
		}
		if n.take(f.zh()) {
			return f
		}
	}
}

// take keeps a name, unless a company already goes by it or by one that means the same.
func (n *firmNames) take(name string) bool {
	key := codes.NameKey(name)
	if n.used[key] {
		return false
	}
	n.used[key] = true
	return true
}

// uscc gives the n-th registration number of the demo for a division. Its check characters are right; the organisation part
// begins with FAKE, which no register issues.
func uscc(division string, n int) string {
	d, _ := codes.DivisionByCode(division)
	body := "FAKE" + serial(n)
	check, ok := codes.OrganisationCheckCharacter(body)
	if !ok {
		return ""
	}
	first := "91" + d.FullCode() + body + string(check)
	last, ok := codes.USCCCheckCharacter(first)
	if !ok {
		return ""
	}
	return first + string(last)
}

// serial writes a number in four of the characters that registration numbers may hold.
func serial(n int) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	b := []byte("0000")
	for i := len(b) - 1; i >= 0; i, n = i-1, n/len(alphabet) {
		b[i] = alphabet[n%len(alphabet)]
	}
	return string(b)
}

package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/customer"
)

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// digest covers all of a company: what is known of its customers and all that happened to them.
func digest(t testing.TB, c *Company) string {
	t.Helper()
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, v := range []any{c.Reference, c.From, c.Units, c.Staff, c.Relations, c.Products} {
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	for i, cu := range c.Customers {
		in := cu.Input
		known := []any{
			in.Code, in.Name, in.NameEN, in.FormerNames, in.Kind, in.Status, in.Region, in.Industry, in.Address, in.Tags, in.Note, in.Since, cu.Owner, cu.Enters,
		}
		for _, x := range in.Identifiers {
			known = append(known, x.Type, x.Value)
		}
		for _, p := range in.Contacts {
			known = append(known, p.Name, p.Title, p.Phone, p.Email, p.Birthday, p.Primary)
		}
		if err := e.Encode([]any{known, c.Facts(i)}); err != nil {
			t.Fatal(err)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestTwoGenerationsAreEqual(t *testing.T) {
	opt := Options{Reference: day(t, "2026-03-02"), Customers: 300}
	first := digest(t, Generate(opt))
	if again := digest(t, Generate(opt)); again != first {
		t.Error("the second generation differs from the first")
	}
	opt.Seed = 7
	if other := digest(t, Generate(opt)); other == first {
		t.Error("another seed gives the same company")
	}
}

// The digest is written down, so that it is held against other machines and not only against this one. Whoever
// changes the company on purpose writes the new one here.
func TestCompanyIsTheSameOnEveryMachine(t *testing.T) {
	got := digest(t, Generate(Options{Reference: day(t, "2026-03-02"), Customers: 300}))
	if want := "ea30366821330d0eaa3c2572d9173efbad23db247a42e3c5c7467e22e1b437db"; got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

// figures are what the distribution tests look at.
type figures struct {
	facts            int
	yearly           []int64         // CNY fen of shipped orders of the last 12 months, by customer
	monthly          map[int]int64   // fen by year*12+month
	kinds            map[string]int  // facts by kind
	payDays          map[int][]int64 // days to pay by habit
	documents        map[string]bool
	cancelledNet     int64
	outsideOrUnknown int
}

func survey(t *testing.T, c *Company) figures {
	t.Helper()
	f := figures{monthly: map[int]int64{}, kinds: map[string]int{}, payDays: map[int][]int64{}, documents: map[string]bool{}}
	year := c.Reference.AddMonths(-12)
	for i, cu := range c.Customers {
		sum := int64(0)
		for _, x := range c.Facts(i) {
			f.facts++
			f.kinds[x.Kind]++
			if x.On < c.From || x.On >= c.Reference || !json.Valid([]byte(x.Attrs)) {
				f.outsideOrUnknown++
			}
			if x.Kind == "order" && x.Status == cancelled {
				f.cancelledNet += x.Amount
			}
			if x.Kind == "order" && x.Status == shipped && x.Currency == "CNY" {
				y, m, _ := x.On.Civil()
				f.monthly[y*12+m-1] += x.Amount
				if x.On >= year {
					sum += x.Amount
				}
			}
			if x.Kind == "payment" {
				var a struct {
					Days string `json:"days_to_pay"`
				}
				if err := json.Unmarshal([]byte(x.Attrs), &a); err != nil {
					t.Fatal(err)
				}
				f.payDays[cu.habits.payer] = append(f.payDays[cu.habits.payer], number(a.Days))
			}
		}
		if sum > 0 {
			f.yearly = append(f.yearly, sum)
		}
	}
	slices.Sort(f.yearly)
	return f
}

func TestCompanyLooksLikeABusiness(t *testing.T) {
	c := Generate(Options{Reference: day(t, "2026-03-02")})
	f := survey(t, c)
	total := int64(0)
	for _, v := range f.yearly {
		total += v
	}
	n := len(f.yearly)
	median, top3 := f.yearly[n/2], f.yearly[n*97/100]
	t.Logf("%d facts %v; %d of %d customers bought in 12 months for %d yuan; median %d, 97%% %d, largest %d",
		f.facts, f.kinds, n, len(c.Customers), total/100, median/100, top3/100, f.yearly[n-1]/100)
	if len(c.Customers) != 2000 || f.facts < 250_000 || f.facts > 400_000 {
		t.Errorf("%d customers with %d facts", len(c.Customers), f.facts)
	}
	if f.outsideOrUnknown != 0 || f.cancelledNet != 0 {
		t.Errorf("%d facts outside the history or unreadable, cancelled orders add up to %d fen", f.outsideOrUnknown, f.cancelledNet)
	}
	if median < 200_000_00 || median > 420_000_00 || top3 < 4_000_000_00 || top3 > 8_000_000_00 {
		t.Errorf("median %d fen, 97th percentile %d fen", median, top3)
	}
	if share := f.yearly[n-1] * 1000 / total; share < 50 || share > 90 {
		t.Errorf("the largest customer has %d thousandths of the sales", share)
	}
	upper := int64(0)
	for _, v := range f.yearly[n*8/10:] {
		upper += v
	}
	if share := upper * 100 / total; share < 65 || share > 90 {
		t.Errorf("a fifth of the customers has %d %% of the sales", share)
	}
	for kind, atLeast := range map[string]int{"order": 100_000, "payment": 30_000, "delivery": 30_000, "visit": 2000, "call": 5000, "complaint": 200} {
		if f.kinds[kind] < atLeast {
			t.Errorf("%d facts of kind %s", f.kinds[kind], kind)
		}
	}
}

func TestTradeHasSeasonsAndGrows(t *testing.T) {
	c := Generate(Options{Reference: day(t, "2026-01-01")})
	f := survey(t, c)
	month := func(y, m int) int64 { return f.monthly[y*12+m-1] }
	for _, y := range []int{2024, 2025} {
		// The Spring Festival fell into February 2024 and ended January 2025.
		if quiet := min(month(y, 1), month(y, 2)); quiet*10 > month(y, 4)*7 || quiet*10 > month(y, 9)*7 {
			t.Errorf("%d: the Spring Festival does not show: %d against %d in April and %d in September", y, quiet, month(y, 4), month(y, 9))
		}
		if month(y, 7) > month(y, 4) || month(y, 7) > month(y, 10) {
			t.Errorf("%d: July is busier than spring or autumn", y)
		}
	}
	before, after := int64(0), int64(0)
	for m := 1; m <= 12; m++ {
		before, after = before+month(2024, m), after+month(2025, m)
	}
	if growth := (after - before) * 100 / before; growth < 2 || growth > 25 {
		t.Errorf("the second year brings %d %% more", growth)
	}
}

func TestSomePayLate(t *testing.T) {
	c := Generate(Options{Reference: day(t, "2026-03-02")})
	f := survey(t, c)
	late := 0
	for _, cu := range c.Customers {
		if cu.habits.payer >= firstLate {
			late++
		}
	}
	if share := late * 100 / len(c.Customers); share < 15 || share > 30 {
		t.Errorf("%d %% of the customers pay late", share)
	}
	average := func(habit int) int64 {
		sum := int64(0)
		for _, d := range f.payDays[habit] {
			sum += d
		}
		return sum / int64(len(f.payDays[habit]))
	}
	if a, b := average(0), average(firstLate); a > 30 || b < 60 {
		t.Errorf("good payers take %d days, late ones %d", a, b)
	}
}

func TestCustomersAreEverywhereAndOfAllSorts(t *testing.T) {
	c := Generate(Options{Reference: day(t, "2026-03-02")})
	byProvince, byKind, byStatus, byUnit := map[string]int{}, map[string]int{}, map[string]int{}, map[int]int{}
	nobody, birthdays, former, english := 0, 0, 0, 0
	for _, cu := range c.Customers {
		in := cu.Input
		byProvince[in.Region[:2]]++
		byKind[in.Kind]++
		byStatus[in.Status]++
		if cu.Owner < 0 {
			nobody++
		} else {
			byUnit[c.Staff[cu.Owner].Unit]++
			if home := regions[c.Staff[cu.Owner].Unit-1]; c.Staff[cu.Owner].Role != "customer_manager" || home.sales == 0 {
				t.Errorf("%s is looked after by %+v", in.Name, c.Staff[cu.Owner])
			}
		}
		former += len(in.FormerNames)
		if in.NameEN != "" {
			english++
		}
		for _, p := range in.Contacts {
			if p.Birthday != nil && withinWeek(*p.Birthday, c.Reference) {
				birthdays++
			}
		}
	}
	if len(byProvince) != 31 || byProvince["44"] < 150 || byProvince["54"] < 1 {
		t.Errorf("provinces: %v", byProvince)
	}
	if len(byUnit) != 6 || len(c.Units) != 7 {
		t.Errorf("units: %v", byUnit)
	}
	for kind, want := range map[string]int{KindDealer: 1240, KindFranchisee: 600, KindOEM: 160} {
		if n := byKind[kind]; n < want*8/10 || n > want*12/10 {
			t.Errorf("%d customers of kind %s", n, kind)
		}
	}
	for _, status := range []string{customer.StatusActive, customer.StatusDormant, customer.StatusLost, customer.StatusProspect} {
		if byStatus[status] < 20 {
			t.Errorf("%d customers are %s", byStatus[status], status)
		}
	}
	if nobody == 0 || nobody > 40 || birthdays < 10 || former < 10 || english < 100 || len(c.Relations) < 50 {
		t.Errorf("%d without owner, %d birthdays, %d former names, %d English names, %d relations", nobody, birthdays, former, english, len(c.Relations))
	}
}

// withinWeek says whether a birthday is at most six days ahead of a day.
func withinWeek(birth, today calendar.Date) bool {
	_, m, d := birth.Civil()
	for n := range 7 {
		if _, tm, td := today.AddDays(n).Civil(); tm == m && td == d {
			return true
		}
	}
	return false
}

// makers are names of makers and shops people know; none of the demo's companies may carry one.
var makers = strings.Fields(`华为 小米 美的 海尔 格力 方太 老板 苏泊尔 九牧 恒洁 箭牌 惠达 科勒 东鹏 欧派 索菲亚 志邦 金牌 顾家 坚朗 顶固 雅洁 汇泰龙 万和 万家乐
华帝 帅康 樱花 林内 能率 海信 长虹 康佳 创维 奥克斯 德施曼 凯迪仕 鹿客 立邦 多乐士 三棵树 东易日盛 红星 居然 宜家 富森 百安居 安华 法恩莎 浪鲸 马可波罗 诺贝尔 蒙娜丽莎 好莱客 尚品宅配 皮阿诺
金螳螂 海底捞 恒隆 恒大 万科 碧桂园 保利 龙湖 融创 招商 华润 绿地 世茂 雅居乐 锦江 桓腾 凯迪 祥源 乾隆 润邦 鸿星 弘阳 旭辉 金地 祥通 凯驰 启迪 启辰 亨通 亿嘉和 拓邦 拓斯达 润禾 弘亚`)

func TestNoBrandCanBeThatOfAMaker(t *testing.T) {
	for _, a := range brandFirst {
		for _, b := range brandSecond {
			if slices.Contains(makers, a+b) {
				t.Errorf("%s can come up", a+b)
			}
		}
	}
}

func TestNothingBelongsToAnybody(t *testing.T) {
	c := Generate(Options{Reference: day(t, "2026-03-02")})
	names, codesSeen, numbers, phones := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, cu := range c.Customers {
		in := cu.Input
		for _, m := range makers {
			if strings.Contains(in.Name, m) || slices.ContainsFunc(in.FormerNames, func(f string) bool { return strings.Contains(f, m) }) {
				t.Errorf("%s carries the name of %s", in.Name, m)
			}
		}
		if key := codes.NameKey(in.Name); names[key] || codesSeen[in.Code] {
			t.Errorf("%s %s exists twice", in.Code, in.Name)
		} else {
			names[key], codesSeen[in.Code] = true, true
		}
		for _, x := range in.Identifiers {
			checkIdentifier(t, x, numbers)
		}
		for _, p := range in.Contacts {
			if phones[p.Phone] || p.Phone[3:7] != "0000" {
				t.Errorf("%s has the phone number %s", p.Name, p.Phone)
			}
			phones[p.Phone] = true
			if p.Email != "" && !strings.HasSuffix(p.Email, ".example.com") {
				t.Errorf("%s has the address %s", p.Name, p.Email)
			}
		}
		if _, ok := codes.DivisionByCode(in.Region); !ok {
			t.Errorf("%s sits in %s", in.Name, in.Region)
		}
		if _, ok := codes.IndustryByCode(in.Industry); !ok {
			t.Errorf("%s is in industry %s", in.Name, in.Industry)
		}
	}
}

func checkIdentifier(t *testing.T, x customer.Identifier, numbers map[string]bool) {
	t.Helper()
	if numbers[x.Value] {
		t.Errorf("%s exists twice", x.Value)
	}
	numbers[x.Value] = true
	switch x.Type {
	case customer.TypeUSCC:
		if _, got := codes.CheckUSCC(x.Value); got != codes.OK || !strings.Contains(x.Value, "FAKE") {
			t.Errorf("registration number %s: %s", x.Value, got)
		}
	case customer.TypePhone:
		if _, err := codes.ParsePhone(x.Value); err != nil {
			t.Errorf("phone number %s: %v", x.Value, err)
		}
	case customer.TypeEmail:
		if _, err := codes.ParseEmail(x.Value); err != nil {
			t.Errorf("address %s: %v", x.Value, err)
		}
	}
}

func TestEveryPhoneNumberExistsInThePlan(t *testing.T) {
	for i := range mobilePrefixes {
		if p, err := codes.ParsePhone(mobile(i)); err != nil || !p.Mobile {
			t.Errorf("%s: %+v %v", mobile(i), p, err)
		}
	}
	if mobile(0) == mobile(len(mobilePrefixes)) {
		t.Error("two numbers are the same")
	}
}

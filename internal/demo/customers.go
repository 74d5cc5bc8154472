package demo

import (
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
)

var tags = strings.Fields(`展会结识 老客户介绍 旗舰店 工程渠道 线上渠道 重点培育 新品首发 月结 样板客户 下沉市场`)

var notes = []string{
	"", "", "", "", "", "发货前需电话确认收货人。", "只在周二、周四上午收货。", "年底前希望谈新一年的返利。", "门店正在装修，预计下季度扩面积。", "老板重视样品质量，先寄样再下单。",
}

// maker holds what the making of customers shares.
type maker struct {
	c       *Company
	s       source
	names   *firmNames
	opt     Options
	phones  int // how many numbers have been given out
	counts  [len3]int
	region  []int   // the province of each customer, index into provinces
	sales   [][]int // sales people by region
	parents []int   // customers that may have daughters
	habits  []habits
}

const len3 = 3 // kinds of customers

// addCustomers makes the customers, each in its province, with its people and its numbers.
func (c *Company) addCustomers(opt Options) {
	s := streamOf(c.seed, customerStream)
	m := &maker{c: c, s: s, names: &firmNames{s: s, used: map[string]bool{}}, opt: opt}
	weights := make([]int, len(provinces))
	for i, p := range provinces {
		weights[i] = p.weight
	}
	for i, n := range portions(opt.Customers, 1, weights) {
		for range n {
			m.region = append(m.region, i)
		}
	}
	for i := range regions {
		m.sales = append(m.sales, c.salesOf(i))
	}
	m.habits = newHabits(c, opt.Customers)
	made := make([]Customer, 0, opt.Customers)
	for n, at := range s.shuffled(opt.Customers) {
		made = append(made, m.customer(n, m.region[at], made))
	}
	sortByCode(made)
	c.Customers = made
}

// sortByCode orders customers by code and lets the parents of daughters follow.
func sortByCode(made []Customer) {
	order := make([]int, len(made))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(made[a].Input.Code, made[b].Input.Code) })
	at := make([]int, len(made))
	for to, from := range order {
		at[from] = to
	}
	old := slices.Clone(made)
	for to, from := range order {
		made[to] = old[from]
		if p := made[to].habits.parent; p >= 0 {
			made[to].habits.parent = at[p]
		}
	}
}

func (m *maker) customer(n, provinceAt int, before []Customer) Customer {
	h := m.habits[n]
	kindAt := h.kind
	k := kinds[kindAt]
	p := provinces[provinceAt]
	where := m.s.placeIn(p.code)
	m.counts[kindAt]++
	h.parent = m.parentOf(before)
	brand := ""
	if h.parent >= 0 {
		brand = before[h.parent].habits.firm.brand
	}
	h.firm = m.names.next(k, where.city, brand)
	in := customer.Input{
		Code: string(k.codeFirst) + digits(10_000*(kindAt+1)+m.counts[kindAt], 5), Party: customer.PartyOrg,
		Name: h.firm.zh(), Kind: k.kind, Status: h.status(m.c.Reference), Region: where.code, Industry: pick(m.s, k.industries),
		Address: m.s.address(where), Note: pick(m.s, notes), Since: &h.since, ConfirmDuplicate: true,
	}
	if h.parent < 0 && h.group {
		if name := h.firm.group(); m.names.take(name) {
			in.Name = name
			m.parents = append(m.parents, n)
		}
	}
	m.describe(&in, h, n, where)
	in.Contacts = m.contacts(h.firm.brand)
	return Customer{Input: in, Owner: m.owner(p.region), Enters: h.enters, habits: h}
}

// parentOf gives one in forty a parent among the groups there are already, and -1 to the others.
func (m *maker) parentOf(before []Customer) int {
	if len(m.parents) == 0 || !m.s.happens(25) {
		return -1
	}
	p := pick(m.s, m.parents)
	if p >= len(before) {
		return -1
	}
	return p
}

// describe adds identifiers, tags, former and English names.
func (m *maker) describe(in *customer.Input, h habits, n int, where place) {
	in.Identifiers = []customer.Identifier{{Type: customer.TypeUSCC, Value: uscc(where.code, n)}}
	m.phones++
	in.Identifiers = append(in.Identifiers, customer.Identifier{Type: customer.TypePhone, Value: mobile(m.phones)})
	if m.s.happens(400) {
		in.Identifiers = append(in.Identifiers, customer.Identifier{Type: customer.TypeEmail, Value: "info@" + latin(h.firm.brand) + digits(n, 0) + ".example.com"})
	}
	if kinds[h.kind].tradesEN != nil {
		in.NameEN = h.firm.en()
	}
	if m.s.happens(20) {
		old := h.firm
		old.brand = m.s.brand()
		if m.names.take(old.zh()) {
			in.FormerNames = []string{old.zh()}
		}
	}
	for range m.s.weighted([]int{50, 35, 15}) {
		if t := pick(m.s, tags); !slices.Contains(in.Tags, t) {
			in.Tags = append(in.Tags, t)
		}
	}
}

// owner gives a customer to one of the region's sales people; a few have nobody yet.
func (m *maker) owner(region int) int {
	if m.s.happens(8) {
		return -1
	}
	return pick(m.s, m.sales[region])
}

// contacts makes the people of a customer. The birthdays of some of them fall into the week of the reference date.
func (m *maker) contacts(brand string) []customer.ContactInput {
	n := 1 + m.s.weighted([]int{30, 40, 20, 10})
	if m.opt.Contacts > 0 {
		n = m.opt.Contacts
	}
	out := make([]customer.ContactInput, n)
	seen := map[string]bool{}
	for i := range out {
		name := m.s.person()
		for seen[name] {
			name = m.s.person()
		}
		seen[name] = true
		m.phones++
		out[i] = customer.ContactInput{
			Name: name, Title: titles[min(m.s.below(len(titles)), i+m.s.below(4))], Phone: mobile(m.phones), Primary: i == 0,
		}
		if m.s.happens(550) {
			out[i].Email = latinPerson(name) + "@" + latin(brand) + ".example.com"
		}
		if m.s.happens(300) {
			out[i].Birthday = m.birthday()
		}
	}
	return out
}

// birthday gives a day of birth between 28 and 60 years ago, one in forty within a week of the reference date.
func (m *maker) birthday() *calendar.Date {
	years := m.s.between(28, 60)
	day := m.c.Reference.AddMonths(-12 * years).AddDays(m.s.below(365))
	if m.s.happens(25) {
		day = m.c.Reference.AddDays(m.s.between(-3, 6)).AddMonths(-12 * years)
	}
	return &day
}

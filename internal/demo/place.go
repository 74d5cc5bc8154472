package demo

import (
	"strings"

	"kezhi/internal/codes"
)

// province is a province with how many of a thousand customers it has, roughly as its economy weighs, and the sales region it
// belongs to (an index into regions).
type province struct {
	code   string
	weight int
	region int
}

// The sales regions, in the order of regions.
const (
	east = iota
	north
	south
	central
	southwest
	northwest
)

var provinces = []province{
	{"11", 35, north},
	{"12", 14, north},
	{"13", 36, north},
	{"14", 19, north},
	{"15", 18, north},
	{"21", 25, northwest},
	{"22", 11, northwest},
	{"23", 13, northwest},
	{"31", 38, east},
	{"32", 105, east},
	{"33", 85, east},
	{"34", 38, east},
	{"35", 44, east},
	{"36", 26, east},
	{"37", 78, east},
	{"41", 48, central},
	{"42", 45, central},
	{"43", 41, central},
	{"44", 125, south},
	{"45", 22, south},
	{"46", 7, south},
	{"50", 25, southwest},
	{"51", 50, southwest},
	{"52", 18, southwest},
	{"53", 24, southwest},
	{"54", 3, southwest},
	{"61", 27, northwest},
	{"62", 10, northwest},
	{"63", 4, northwest},
	{"64", 5, northwest},
	{"65", 16, northwest},
}

// region is a sales region: its unit, the logins of its manager, and how many sales people it has.
type region struct {
	code, zh, en, manager string
	sales                 int
}

var regions = []region{
	{"EAST", "华东大区", "East China", "east.manager", 7},
	{"NORTH", "华北大区", "North China", "north.manager", 4},
	{"SOUTH", "华南大区", "South China", "south.manager", 5},
	{"CENTRAL", "华中大区", "Central China", "central.manager", 3},
	{"SOUTHWEST", "西南大区", "Southwest China", "southwest.manager", 3},
	{"NORTHWEST", "西北东北大区", "Northwest and Northeast China", "northwest.manager", 2},
}

// place is where a customer sits.
type place struct {
	code  string // of the county, or of the city where that has no counties
	city  string // the short name of the city, as companies carry it: 佛山
	label string // as an address begins: 广东省佛山市顺德区
}

var roads = strings.Fields(`建材大道 五金路 工业一路 工业二路 兴业路 迎宾大道 滨河路 创新路 和平路 人民路 解放路 长虹路 园区东路 园区西路 站前路 环城南路 环城北路 青年路 物流大道 市场路`)

// placeIn chooses a place in a province: the capital and the cities near the head of the list more often.
func (s source) placeIn(code string) place {
	var cities []codes.Division
	for _, c := range codes.DivisionChildren(code) {
		if !strings.Contains(c.Name, "直辖县级") && c.Name != "县" {
			cities = append(cities, c)
		}
	}
	city := cities[min(s.below(len(cities)), s.below(len(cities)))]
	p := place{code: city.Code, city: city.Short, label: label(city.Code)}
	if city.Name == "市辖区" { // a municipality: its name stands for the city
		if d, ok := codes.DivisionByCode(code); ok {
			p.city = d.Short
		}
	}
	if counties := codes.DivisionChildren(city.Code); len(counties) > 0 {
		p.code = pick(s, counties).Code
		p.label = label(p.code)
	}
	return p
}

func label(code string) string { return strings.ReplaceAll(codes.DivisionLabel(code), " ", "") }

// address gives a street address in a place.
func (s source) address(p place) string {
	a := p.label + pick(s, roads) + digits(s.between(1, 988), 0) + "号"
	if s.happens(450) {
		a += digits(s.between(1, 28), 0) + "栋" + digits(s.between(1, 6)*100+s.between(1, 28), 0) + "室"
	}
	return a
}

// digits writes a number with at least so many digits.
func digits(n, width int) string {
	b := []byte{}
	for ; n > 0 || len(b) == 0 || len(b) < width; n /= 10 {
		b = append(b, byte('0'+n%10)) //nolint:gosec // a digit
	}
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
